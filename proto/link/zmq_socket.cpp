#include "proto/link/zmq_socket.hpp"

#include <fmt/format.h>

#include <boost/asio/posix/stream_descriptor.hpp>
#include <boost/asio/post.hpp>
#include <charconv>
#include <zmq.hpp>

#include "proto/base/check.hpp"

namespace washup::link {
namespace {

zmq::socket_type to_zmq(SocketType type) {
    switch (type) {
        case SocketType::router:
            return zmq::socket_type::router;
        case SocketType::dealer:
            return zmq::socket_type::dealer;
        case SocketType::pub:
            return zmq::socket_type::pub;
        case SocketType::sub:
            return zmq::socket_type::sub;
    }
    WASHUP_CHECK(false, "socket types are listed above");
    return zmq::socket_type::pair;
}

void set_options(zmq::socket_t& socket, SocketType type, SocketOptions const& options) {
    socket.set(zmq::sockopt::sndhwm, options.send_hwm);
    socket.set(zmq::sockopt::rcvhwm, options.receive_hwm);
    socket.set(zmq::sockopt::linger, options.linger_ms);
    socket.set(zmq::sockopt::maxmsgsize, options.message_bytes_max);
    socket.set(zmq::sockopt::heartbeat_ivl, options.heartbeat_ms);
    socket.set(zmq::sockopt::heartbeat_timeout, options.heartbeat_ms * 3);
    socket.set(zmq::sockopt::heartbeat_ttl, options.heartbeat_ms * 3);
    socket.set(zmq::sockopt::reconnect_ivl, options.reconnect_ms);
    socket.set(zmq::sockopt::reconnect_ivl_max, options.reconnect_max_ms);
    // A DEALER would otherwise queue for a connection that is not made, and a command would arrive
    // minutes later at a restarted daemon.
    if (type == SocketType::dealer) socket.set(zmq::sockopt::immediate, true);
    // Unroutable messages would otherwise vanish without a word.
    if (type == SocketType::router) socket.set(zmq::sockopt::router_mandatory, true);
    if (type == SocketType::sub) socket.set(zmq::sockopt::subscribe, "");
}

// A signal that lands inside the library is no fault of the message: ask again.
template <class Call>
auto without_interruption(Call const& call) {
    for (;;) {
        try {
            return call();
        } catch (zmq::error_t const& error) {
            if (error.num() != EINTR) throw;
        }
    }
}

}  // namespace

struct ZmqContext::Impl {
    explicit Impl(int io_threads) : context(io_threads) {}
    zmq::context_t context;
};

ZmqContext::ZmqContext(int io_threads) : impl_(std::make_unique<Impl>(io_threads)) {}
ZmqContext::~ZmqContext() = default;

struct ZmqSocket::Impl : std::enable_shared_from_this<ZmqSocket::Impl> {
    Impl(boost::asio::io_context& io, zmq::context_t& context, SocketType type, SocketOptions given)
        : options(given), type_(type), socket(context, to_zmq(type)), io_(io), descriptor(io) {
        set_options(socket, type, options);
        descriptor.assign(socket.get(zmq::sockopt::fd));
    }

    void close() {
        closed_ = true;
        handler_ = {};
        // ZeroMQ owns the descriptor; Asio must forget it, not close it.
        descriptor.release();
        socket.close();
    }

    bool readable() {
        return without_interruption(
            [this] { return (socket.get(zmq::sockopt::events) & ZMQ_POLLIN) != 0; });
    }

    bool take(zmq::message_t& part) {
        return without_interruption(
            [&] { return socket.recv(part, zmq::recv_flags::dontwait).has_value(); });
    }

    bool give(std::string_view part, zmq::send_flags flags) {
        return without_interruption([&] {
            return socket.send(zmq::buffer(part), flags | zmq::send_flags::dontwait).has_value();
        });
    }

    // The next turn of the loop looks for messages. One outstanding is enough.
    void schedule_pump() {
        if (pump_scheduled_ || closed_) return;
        pump_scheduled_ = true;
        boost::asio::post(io_, [weak = weak_from_this()] {
            auto const self = weak.lock();
            if (!self) return;
            self->pump_scheduled_ = false;
            self->pump();
        });
    }

    void arm() {
        if (armed_ || closed_) return;
        armed_ = true;
        descriptor.async_wait(boost::asio::posix::stream_descriptor::wait_read,
                              [weak = weak_from_this()](boost::system::error_code error) {
                                  auto const self = weak.lock();
                                  if (!self) return;
                                  self->armed_ = false;
                                  if (!error) self->pump();
                              });
    }

    // The only place that reads, asks again and arms.
    void pump() {
        auto const keep = shared_from_this();  // the handler may destroy the socket
        for (int n = 0; n < options.burst_max && !closed_ && readable(); ++n) receive();
        if (closed_) return;
        if (readable()) {
            schedule_pump();  // fair: the loop's other work comes between
        } else {
            arm();
        }
    }

    void receive() {
        zmq::message_t part;
        if (!take(part)) return;
        std::string routing_id;
        bool whole = true;
        if (type_ == SocketType::router) {
            routing_id = part.to_string();
            whole = part.more();
            part.rebuild();
            if (whole && !take(part)) return;
        }
        while (part.more()) {  // all parts of a message are there or none is
            whole = false;
            zmq::message_t rest;
            if (!take(rest)) break;
            part = std::move(rest);
        }
        auto frame = whole ? part.to_string() : std::string();
        if (!handler_) return;
        auto const handler = handler_;  // stays whole while it runs, whatever it does to us
        (*handler)(std::move(routing_id), std::move(frame));
    }

    bool try_send(std::string_view routing_id, std::string_view frame) {
        if (closed_) return false;
        bool sent = true;
        try {
            if (type_ == SocketType::router) sent = give(routing_id, zmq::send_flags::sndmore);
            sent = sent && give(frame, zmq::send_flags::none);
        } catch (zmq::error_t const&) {
            sent = false;  // EHOSTUNREACH: the peer has gone
        }
        // The send may have swallowed the signal of a message that arrived meanwhile.
        schedule_pump();
        return sent;
    }

    SocketOptions options;
    SocketType type_;
    zmq::socket_t socket;  // before the descriptor, which is only a view of it
    boost::asio::io_context& io_;
    boost::asio::posix::stream_descriptor descriptor;
    std::shared_ptr<OnMessage> handler_;
    bool pump_scheduled_ = false, armed_ = false, closed_ = false;
};

ZmqSocket::ZmqSocket(boost::asio::io_context& io, ZmqContext& context, SocketType type,
                     SocketOptions options)
    : impl_(std::make_shared<Impl>(io, context.impl_->context, type, options)) {
    // Empties the mailbox before the first wait, which would else never end (libzmq#1434).
    impl_->schedule_pump();
}

ZmqSocket::~ZmqSocket() {
    impl_->close();
}

Result<void> ZmqSocket::bind(std::string const& endpoint) {
    try {
        impl_->socket.bind(endpoint);
    } catch (zmq::error_t const& error) {
        return io_error(fmt::format("cannot listen at {}: {}", endpoint, error.what()));
    }
    impl_->schedule_pump();
    return {};
}

Result<void> ZmqSocket::connect(std::string const& endpoint) {
    try {
        impl_->socket.connect(endpoint);
    } catch (zmq::error_t const& error) {
        return io_error(fmt::format("cannot connect to {}: {}", endpoint, error.what()));
    }
    impl_->schedule_pump();
    return {};
}

void ZmqSocket::on_message(OnMessage handler) {
    impl_->handler_ = std::make_shared<OnMessage>(std::move(handler));
    impl_->schedule_pump();
}

bool ZmqSocket::try_send(std::string_view routing_id, std::string_view frame) {
    return impl_->try_send(routing_id, frame);
}

std::string ZmqSocket::endpoint() const {
    return impl_->socket.get(zmq::sockopt::last_endpoint);
}

std::uint16_t ZmqSocket::port() const {
    auto const text = endpoint();
    auto const colon = text.rfind(':');
    std::uint16_t number = 0;
    if (colon != std::string::npos) {
        std::from_chars(text.data() + colon + 1, text.data() + text.size(), number);
    }
    return number;
}

}  // namespace washup::link
