#include "proto/link/zmq_monitor.hpp"

#include <fmt/format.h>

#include <atomic>
#include <boost/asio/post.hpp>
#include <cstring>
#include <optional>
#include <utility>

#include "proto/base/check.hpp"
#include "proto/link/zmq_context_impl.hpp"

namespace washup::link {
namespace {

constexpr int watched = ZMQ_EVENT_HANDSHAKE_FAILED_NO_DETAIL | ZMQ_EVENT_HANDSHAKE_FAILED_PROTOCOL |
                        ZMQ_EVENT_HANDSHAKE_FAILED_AUTH;
// Events taken in one turn of the loop; the others wait for the next.
constexpr int burst = 256;

std::optional<HandshakeFault> fault_of(zmq::message_t const& event) {
    if (event.size() < sizeof(std::uint16_t)) return std::nullopt;
    std::uint16_t number = 0;
    std::memcpy(&number, event.data(), sizeof number);
    switch (number) {
        case ZMQ_EVENT_HANDSHAKE_FAILED_NO_DETAIL:
            return HandshakeFault::broken;
        case ZMQ_EVENT_HANDSHAKE_FAILED_PROTOCOL:
            return HandshakeFault::protocol;
        case ZMQ_EVENT_HANDSHAKE_FAILED_AUTH:
            return HandshakeFault::refused;
        default:
            return std::nullopt;
    }
}

}  // namespace

std::shared_ptr<ZmqMonitor> ZmqMonitor::watch(boost::asio::io_context& io, zmq::context_t& context,
                                              zmq::socket_t& socket,
                                              ZmqSocket::OnHandshakeFault handler) {
    static std::atomic<std::uint64_t> count{0};
    auto const endpoint = fmt::format("inproc://washup.monitor.{}", ++count);
    auto const made = zmq_socket_monitor(socket.handle(), endpoint.c_str(), watched);
    WASHUP_CHECK(made == 0, "a socket can be watched");
    auto monitor = std::make_shared<ZmqMonitor>(io, context, socket, std::move(handler));
    monitor->pair_.connect(endpoint);
    monitor->descriptor_.assign(monitor->pair_.get(zmq::sockopt::fd));
    boost::asio::post(io, [weak = std::weak_ptr(monitor)] {
        if (auto const self = weak.lock()) self->look();
    });
    return monitor;
}

ZmqMonitor::ZmqMonitor(boost::asio::io_context& io, zmq::context_t& context, zmq::socket_t& socket,
                       ZmqSocket::OnHandshakeFault handler)
    : io_(io),
      watched_(socket.handle()),
      pair_(context, zmq::socket_type::pair),
      descriptor_(io),
      handler_(std::move(handler)) {
    pair_.set(zmq::sockopt::linger, 0);
    // No limit: the library's I/O thread would wait here, and everybody's messages with it.
    pair_.set(zmq::sockopt::rcvhwm, 0);
}

ZmqMonitor::~ZmqMonitor() {
    stop();
}

void ZmqMonitor::stop() {
    if (watched_ == nullptr) return;
    zmq_socket_monitor(std::exchange(watched_, nullptr), nullptr, 0);
    descriptor_.release();
    pair_.close();
}

void ZmqMonitor::arm() {
    descriptor_.async_wait(boost::asio::posix::stream_descriptor::wait_read,
                           [weak = weak_from_this()](boost::system::error_code error) {
                               auto const self = weak.lock();
                               if (self && !error) self->look();
                           });
}

void ZmqMonitor::look() {
    if (watched_ == nullptr) return;
    auto const keep = shared_from_this();  // the handler may end the socket
    for (int n = 0; n < burst && watched_ != nullptr; ++n) {
        zmq::message_t event, address;
        auto const take = [&](zmq::message_t& part) {
            return without_interruption(
                [&] { return pair_.recv(part, zmq::recv_flags::dontwait).has_value(); });
        };
        if (!take(event)) return arm();
        if (event.more() && !take(address)) return arm();
        if (auto const fault = fault_of(event)) handler_(*fault);
    }
    if (watched_ == nullptr) return;
    boost::asio::post(io_, [weak = weak_from_this()] {
        if (auto const self = weak.lock()) self->look();
    });
}

}  // namespace washup::link
