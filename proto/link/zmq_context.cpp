#include "proto/link/zmq_context.hpp"

#include <vector>

#include "proto/base/check.hpp"
#include "proto/link/zmq_context_impl.hpp"

namespace washup::link {
namespace {

// Every socket of the context asks here (ZeroMQ RFC 27).
constexpr char const* gate_endpoint = "inproc://zeromq.zap.01";

std::vector<std::string> receive_parts(zmq::socket_t& socket) {
    std::vector<std::string> parts;
    for (bool more = true; more;) {
        zmq::message_t part;
        if (!socket.recv(part)) return {};
        more = part.more();
        // One above the bound is kept, so that the answer sees that there were too many.
        if (parts.size() <= zap_parts_max) parts.push_back(part.to_string());
    }
    return parts;
}

void send_parts(zmq::socket_t& socket, std::vector<std::string> const& parts) {
    for (std::size_t i = 0; i < parts.size(); ++i) {
        auto const last = i + 1 == parts.size();
        socket.send(zmq::buffer(parts[i]), last ? zmq::send_flags::none : zmq::send_flags::sndmore);
    }
}

// Ends when the context shuts down.
void keep_gate(zmq::socket_t socket, Admit const& admit, ZmqContext::OnRefused const& refused) {
    for (;;) {
        try {
            auto const answer =
                answer_zap(without_interruption([&] { return receive_parts(socket); }), admit);
            if (answer.parts.empty()) {  // a REP must answer; this one nobody understands
                send_parts(socket, {"1.0", "", "500", "", "", ""});
                continue;
            }
            send_parts(socket, answer.parts);
            if (!answer.admission.admitted) refused(answer.door, answer.admission);
        } catch (zmq::error_t const& error) {
            if (error.num() == ETERM) return;
        }
    }
}

}  // namespace

ZmqContext::ZmqContext(int io_threads) : impl_(std::make_unique<Impl>(io_threads)) {}

ZmqContext::~ZmqContext() {
    if (!impl_->gate.joinable()) return;
    impl_->context.shutdown();
    impl_->gate.join();
}

void ZmqContext::open_gate(Admit admit, OnRefused refused) {
    WASHUP_CHECK(!has_gate(), "a context has one gate");
    zmq::socket_t socket{impl_->context, zmq::socket_type::rep};
    socket.set(zmq::sockopt::linger, 0);
    socket.bind(gate_endpoint);  // here and not on the thread: no socket may be there before it
    impl_->gate = std::thread(
        [socket = std::move(socket), admit = std::move(admit),
         refused = std::move(refused)]() mutable { keep_gate(std::move(socket), admit, refused); });
}

bool ZmqContext::has_gate() const {
    return impl_->gate.joinable();
}

}  // namespace washup::link
