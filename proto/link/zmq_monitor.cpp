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
                        ZMQ_EVENT_HANDSHAKE_FAILED_AUTH | ZMQ_EVENT_DISCONNECTED;
// Events taken in one turn of the loop; the others wait for the next.
constexpr int burst = 256;

// The library's event: a number, and what belongs to it.
struct Event {
    std::uint16_t number = 0;
    std::int32_t value = 0;
};

std::optional<Event> event_of(zmq::message_t const& part) {
    Event event;
    if (part.size() < sizeof event.number + sizeof event.value) return std::nullopt;
    auto const* const octets = static_cast<char const*>(part.data());
    std::memcpy(&event.number, octets, sizeof event.number);
    std::memcpy(&event.value, octets + sizeof event.number, sizeof event.value);
    return event;
}

std::optional<HandshakeFault> fault_of(Event const& event) {
    switch (event.number) {
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
                                              zmq::socket_t& socket, Handlers handlers) {
    static std::atomic<std::uint64_t> count{0};
    auto const endpoint = fmt::format("inproc://washup.monitor.{}", ++count);
    auto const made = zmq_socket_monitor(socket.handle(), endpoint.c_str(), watched);
    WASHUP_CHECK(made == 0, "a socket can be watched");
    auto monitor = std::make_shared<ZmqMonitor>(io, context, socket, std::move(handlers));
    monitor->pair_.connect(endpoint);
    monitor->descriptor_.assign(monitor->pair_.get(zmq::sockopt::fd));
    boost::asio::post(io, [weak = std::weak_ptr(monitor)] {
        if (auto const self = weak.lock()) self->look();
    });
    return monitor;
}

ZmqMonitor::ZmqMonitor(boost::asio::io_context& io, zmq::context_t& context, zmq::socket_t& socket,
                       Handlers handlers)
    : io_(io),
      watched_(socket.handle()),
      pair_(context, zmq::socket_type::pair),
      descriptor_(io),
      handlers_(std::move(handlers)) {
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
        zmq::message_t part, address;
        auto const take = [&](zmq::message_t& into) {
            return without_interruption(
                [&] { return pair_.recv(into, zmq::recv_flags::dontwait).has_value(); });
        };
        if (!take(part)) return arm();
        if (part.more() && !take(address)) return arm();
        auto const event = event_of(part);
        if (!event) continue;
        if (event->number == ZMQ_EVENT_DISCONNECTED) {
            handlers_.gone(event->value);
        } else if (auto const fault = fault_of(*event)) {
            handlers_.fault(*fault);
        }
    }
    if (watched_ == nullptr) return;
    boost::asio::post(io_, [weak = weak_from_this()] {
        if (auto const self = weak.lock()) self->look();
    });
}

}  // namespace washup::link
