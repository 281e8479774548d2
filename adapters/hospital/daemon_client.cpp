#include "adapters/hospital/daemon_client.hpp"

#include <boost/asio/steady_timer.hpp>
#include <map>

#include "adapters/common/program.hpp"
#include "proto/base/clock.hpp"
#include "proto/base/log.hpp"
#include "proto/link/zmq_socket.hpp"
#include "proto/wire/envelope.hpp"
#include "washup/v1/command.pb.h"
#include "washup/v1/feed.pb.h"

namespace washup::hospital {
namespace {

constexpr Duration quiet_limit = seconds(3);
constexpr auto ask_again_after = std::chrono::seconds(2);

}  // namespace

struct DaemonClient::Impl : std::enable_shared_from_this<DaemonClient::Impl> {
    Impl(boost::asio::io_context& io, link::Address const& daemon)
        : feed(std::make_unique<link::ZmqSocket>(io, context, link::SocketType::sub,
                                                 link::SocketOptions{.keys = daemon.keys})),
          control(std::make_unique<link::ZmqSocket>(io, context, link::SocketType::dealer,
                                                    link::SocketOptions{.keys = daemon.keys})),
          timer(io) {
        feed->on_handshake_fault([this, keys = daemon.keys.has_value()](auto fault) {
            if (std::exchange(told_fault, fault) == fault) return;
            log_warn("daemon_not_entered", "words", link::to_words(fault, keys));
        });
        auto const heard =
            feed->connect(link::tcp_endpoint(daemon.host, link::feed_port(daemon.port, 0)));
        auto const asked =
            control->connect(link::tcp_endpoint(daemon.host, link::control_port(daemon.port)));
        if (!heard || !asked) log_error("daemon_address", "host", daemon.host);
    }

    void start() {
        auto const weak = weak_from_this();
        feed->on_message([weak](std::string const&, std::string const& frame) {
            if (auto const self = weak.lock()) self->heartbeat(frame);
        });
        control->on_message([weak](std::string const&, std::string const& frame) {
            if (auto const self = weak.lock()) self->answer(frame);
        });
    }

    void heartbeat(std::string const& bytes) {
        auto const frame = wire::decode(bytes);
        v1::Heartbeat beat;
        if (!frame || frame->kind != wire::Kind::heartbeat || !wire::parse(*frame, beat)) return;
        anchor = Instant{beat.daemon_time_ms()};
        heard_at = steady_now();
        rate = beat.rate() > 0 ? beat.rate() : 1.0;
    }

    void answer(std::string const& bytes) {
        auto const frame = wire::decode(bytes);
        v1::Answer said;
        if (!frame || frame->kind != wire::Kind::answer || !wire::parse(*frame, said)) return;
        if (waiting.erase(said.command_id()) == 0) return;
        (said.accepted() ? accepted : refused) += 1;
        if (waiting.empty() && done) {
            timer.cancel();
            std::exchange(done, {})(accepted, refused);
        }
    }

    void ask() {
        for (auto const& [id, frame] : waiting) control->try_send(frame);
        timer.expires_after(ask_again_after);
        timer.async_wait([weak = weak_from_this()](boost::system::error_code fault) {
            auto const self = weak.lock();
            if (!fault && self && !self->waiting.empty()) self->ask();
        });
    }

    link::ZmqContext context;
    std::unique_ptr<link::ZmqSocket> feed, control;
    boost::asio::steady_timer timer;
    std::optional<Instant> anchor;
    SteadyInstant heard_at;
    std::optional<link::HandshakeFault> told_fault;
    double rate = 1.0;
    std::map<std::string, Bytes> waiting;  // command id -> frame
    int accepted = 0, refused = 0;
    std::function<void(int, int)> done;
};

DaemonClient::DaemonClient(boost::asio::io_context& io, link::Address daemon)
    : impl_(std::make_shared<Impl>(io, daemon)) {
    impl_->start();
}

DaemonClient::~DaemonClient() {
    stop();
}

std::optional<Instant> DaemonClient::now() const {
    if (!impl_->anchor) return std::nullopt;
    auto const elapsed = static_cast<double>((steady_now() - impl_->heard_at).ms);
    return *impl_->anchor + Duration{static_cast<std::int64_t>(elapsed * impl_->rate)};
}

double DaemonClient::rate() const {
    return impl_->rate;
}

bool DaemonClient::heard_lately() const {
    return impl_->anchor && steady_now() - impl_->heard_at < quiet_limit;
}

void DaemonClient::add_staff(std::vector<StaffMember> const& staff,
                             std::function<void(int, int)> done) {
    for (auto const& member : staff) {
        v1::Command command;
        command.set_id(adapters::random_id());
        command.set_actor("washup-hospital");
        command.mutable_add_staff()->set_id(member.id);
        command.mutable_add_staff()->set_name(member.name);
        command.mutable_add_staff()->set_role(member.role);
        command.mutable_add_staff()->set_team(member.team);
        impl_->waiting[command.id()] = wire::encode(wire::Kind::command, command);
    }
    impl_->done = std::move(done);
    impl_->ask();
}

void DaemonClient::stop() {
    impl_->timer.cancel();
    impl_->feed.reset();
    impl_->control.reset();
    impl_->done = {};
}

}  // namespace washup::hospital
