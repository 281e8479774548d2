#include "proto/link/zmq_socket.hpp"

#include <fmt/format.h>
#include <sys/socket.h>

#include <boost/asio/posix/stream_descriptor.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <charconv>
#include <chrono>

#include "proto/base/check.hpp"
#include "proto/base/log.hpp"
#include "proto/base/z85.hpp"
#include "proto/link/zmq_context_impl.hpp"
#include "proto/link/zmq_monitor.hpp"

namespace washup::link {
namespace {

// An XPUB is a PUB that tells who subscribes.
zmq::socket_type to_zmq(SocketType type, bool with_keys) {
    switch (type) {
        case SocketType::router:
            return zmq::socket_type::router;
        case SocketType::dealer:
            return zmq::socket_type::dealer;
        case SocketType::pub:
            return with_keys ? zmq::socket_type::xpub : zmq::socket_type::pub;
        case SocketType::sub:
            return zmq::socket_type::sub;
    }
    WASHUP_CHECK(false, "socket types are listed above");
    return zmq::socket_type::pair;
}

// A socket with keys takes nobody without: the gate is asked about everyone, and without a gate
// nobody comes in. The library's header calls the last option a draft; the library of Debian 12
// knows it all the same, and one that did not would refuse it here.
constexpr int zap_enforce_domain = 93;

void set_server_keys(zmq::socket_t& socket, ServerKeys const& keys) {
    WASHUP_CHECK(is_key(keys.secret_key) && !keys.door.empty(), "a door has a name and a key");
    socket.set(zmq::sockopt::curve_server, true);
    socket.set(zmq::sockopt::curve_secretkey, keys.secret_key);
    socket.set(zmq::sockopt::zap_domain, keys.door);
    int const enforced = 1;
    auto const set =
        zmq_setsockopt(socket.handle(), zap_enforce_domain, &enforced, sizeof enforced);
    WASHUP_CHECK(set == 0, "the library lets nobody past a gate that does not answer");
}

void set_client_keys(zmq::socket_t& socket, ClientKeys const& keys) {
    socket.set(zmq::sockopt::curve_serverkey, keys.daemon);
    socket.set(zmq::sockopt::curve_publickey, keys.own.public_key);
    socket.set(zmq::sockopt::curve_secretkey, keys.own.secret_key);
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
    socket.set(zmq::sockopt::handshake_ivl, options.handshake_max_ms);
    socket.set(zmq::sockopt::backlog, options.backlog_max);
    if (options.server) set_server_keys(socket, *options.server);
    if (options.keys) set_client_keys(socket, *options.keys);
    // A DEALER would otherwise queue for a connection that is not made, and a command would arrive
    // minutes later at a restarted daemon.
    if (type == SocketType::dealer) socket.set(zmq::sockopt::immediate, true);
    // Unroutable messages would otherwise vanish without a word.
    if (type == SocketType::router) socket.set(zmq::sockopt::router_mandatory, true);
    if (type == SocketType::sub) socket.set(zmq::sockopt::subscribe, "");
    // Of each subscriber, not of the first alone.
    if (type == SocketType::pub && options.server) socket.set(zmq::sockopt::xpub_verbose, true);
}

}  // namespace

struct ZmqSocket::Impl : std::enable_shared_from_this<ZmqSocket::Impl> {
    Impl(boost::asio::io_context& io, zmq::context_t& context, SocketType type, SocketOptions given)
        : options(std::move(given)),
          type_(type),
          context_(&context),
          socket(context, to_zmq(type, options.server.has_value())),
          io_(io),
          descriptor(io),
          knock_timer_(io) {
        set_options(socket, type, options);
        descriptor.assign(socket.get(zmq::sockopt::fd));
    }

    void close() {
        closed_ = true;
        handler_ = {};
        on_fault_ = {};
        on_gone_ = {};
        if (monitor_) monitor_->stop();
        monitor_.reset();
        knock_timer_.cancel();
        // ZeroMQ owns the descriptor; Asio must forget it, not close it.
        descriptor.release();
        socket.close();
    }

    // Before bind or connect: an event that comes earlier than its watch is lost.
    void watch() {
        if (monitor_) return;
        auto const weak = weak_from_this();
        monitor_ = ZmqMonitor::watch(io_, *context_, socket,
                                     {[weak](HandshakeFault fault) {
                                          if (auto const self = weak.lock()) self->failed(fault);
                                      },
                                      [weak](int line) {
                                          if (auto const self = weak.lock()) self->gone(line);
                                      }});
    }

    void gone(int line) {
        if (closed_) return;
        if (auto const handler = on_gone_) (*handler)(line);
    }

    void failed(HandshakeFault fault) {
        if (closed_) return;
        if (fault != HandshakeFault::broken && !connected_.empty()) knock_again();
        if (auto const handler = on_fault_) (*handler)(fault);
    }

    void knock_again() {
        if (knocking_) return;
        knocking_ = true;
        knock_timer_.expires_after(std::chrono::milliseconds(options.knock_again_ms));
        knock_timer_.async_wait([weak = weak_from_this()](boost::system::error_code error) {
            auto const self = weak.lock();
            if (!self || error || self->closed_) return;
            self->knocking_ = false;
            try {
                self->socket.disconnect(self->connected_);
            } catch (zmq::error_t const&) {  // it has given up: there is nothing to take away
            }
            try {
                self->socket.connect(self->connected_);
            } catch (zmq::error_t const& failure) {
                log_warn("connect_again", "words", failure.what());
            }
            self->schedule_pump();
        });
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
        for (int n = 0; n < options.burst_max && !closed_; ++n) {
            if (!hears() || !receive()) break;
        }
        if (closed_) return;
        if (readable()) {
            schedule_pump();  // fair: the loop's other work comes between
        } else {
            arm();
        }
    }

    // Without keys a feed is a PUB, which cannot even be asked.
    bool hears() const { return type_ != SocketType::pub || options.server.has_value(); }

    // False: there was nothing.
    bool receive() {
        zmq::message_t part;
        if (!take(part)) return false;
        std::string routing_id;
        bool whole = true;
        if (type_ == SocketType::router) {
            routing_id = part.to_string();
            whole = part.more();
            part.rebuild();
            if (whole && !take(part)) return true;
        }
        while (part.more()) {  // all parts of a message are there or none is
            whole = false;
            zmq::message_t rest;
            if (!take(rest)) break;
            part = std::move(rest);
        }
        auto frame = whole ? part.to_string() : std::string();
        sender_ = sender_of(part);
        line_ = zmq_msg_get(part.handle(), ZMQ_SRCFD);
        // The gate lets nobody in without a name; should it ever, this is where it ends.
        if (options.server && sender_.empty()) return true;
        if (!handler_) return true;
        auto const handler = handler_;  // stays whole while it runs, whatever it does to us
        (*handler)(std::move(routing_id), std::move(frame));
        return true;
    }

    std::string sender_of(zmq::message_t const& part) const {
        if (!options.server) return {};
        auto const* const name = zmq_msg_gets(part.handle(), "User-Id");
        return name == nullptr ? std::string() : std::string(name);
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
    zmq::context_t* context_;
    zmq::socket_t socket;  // before the descriptor, which is only a view of it
    boost::asio::io_context& io_;
    boost::asio::posix::stream_descriptor descriptor;
    std::shared_ptr<OnMessage> handler_;
    std::shared_ptr<OnHandshakeFault> on_fault_;
    std::shared_ptr<OnLineGone> on_gone_;
    std::shared_ptr<ZmqMonitor> monitor_;
    boost::asio::steady_timer knock_timer_;
    std::string connected_;  // the endpoint; one is enough
    std::string sender_;
    int line_ = -1;
    bool knocking_ = false, pump_scheduled_ = false, armed_ = false, closed_ = false;
};

std::string_view to_words(HandshakeFault fault, bool with_keys) {
    switch (fault) {
        case HandshakeFault::refused:
            return "the daemon does not take this key here: it is not on its list, or revoked, or "
                   "of a role that has no business here";
        case HandshakeFault::protocol:
            return with_keys ? "the daemon there has no keys, and this program was given one"
                             : "the daemon there wants a key; give --keys FILE";
        case HandshakeFault::broken:
            return with_keys ? "the daemon there is not the one this key file was made for"
                             : "what listens there ended the handshake; if it is a daemon that "
                               "wants a key, give --keys FILE";
    }
    return {};
}

ZmqSocket::ZmqSocket(boost::asio::io_context& io, ZmqContext& context, SocketType type,
                     SocketOptions options)
    : impl_(std::make_shared<Impl>(io, context.impl_->context, type, options)) {
    WASHUP_CHECK(!options.server || context.has_gate(), "a socket with keys has a gate");
    // Empties the mailbox before the first wait, which would else never end (libzmq#1434).
    impl_->schedule_pump();
}

ZmqSocket::~ZmqSocket() {
    impl_->close();
}

Result<void> ZmqSocket::bind(std::string const& endpoint) {
    impl_->watch();
    try {
        impl_->socket.bind(endpoint);
    } catch (zmq::error_t const& error) {
        return io_error(fmt::format("cannot listen at {}: {}", endpoint, error.what()));
    }
    impl_->schedule_pump();
    return {};
}

Result<void> ZmqSocket::connect(std::string const& endpoint) {
    impl_->watch();
    try {
        impl_->socket.connect(endpoint);
        impl_->connected_ = endpoint;
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

std::string const& ZmqSocket::sender() const {
    return impl_->sender_;
}

void ZmqSocket::on_handshake_fault(OnHandshakeFault handler) {
    impl_->on_fault_ = std::make_shared<OnHandshakeFault>(std::move(handler));
}

int ZmqSocket::line() const {
    return impl_->line_;
}

void ZmqSocket::on_line_gone(OnLineGone handler) {
    impl_->on_gone_ = std::make_shared<OnLineGone>(std::move(handler));
}

// The library has no word for this. Its own end of the connection is shut and not closed, so that
// it finds out for itself, tidies up, and tells on_line_gone. Should the line be another's by now,
// that one connects again; a file is not touched by it.
void ZmqSocket::hang_up(int line) {
    if (line >= 0) ::shutdown(line, SHUT_RDWR);
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
