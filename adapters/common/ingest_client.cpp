#include "adapters/common/ingest_client.hpp"

#include <algorithm>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <chrono>
#include <utility>

#include "proto/base/check.hpp"
#include "proto/base/clock.hpp"
#include "proto/base/log.hpp"
#include "proto/link/address.hpp"
#include "proto/link/zmq_socket.hpp"
#include "proto/wire/source_session.hpp"
#include "washup/v1/ingest.pb.h"

namespace washup::adapters {
namespace {

wire::SourceSessionOptions session_options(IngestClientOptions const& options) {
    wire::SourceSessionOptions session;
    session.source = options.source;
    session.epoch = options.epoch;
    session.profile = options.profile;
    return session;
}

}  // namespace

struct IngestClient::Impl : std::enable_shared_from_this<IngestClient::Impl> {
    Impl(boost::asio::io_context& io, IngestClientOptions const& given, IngestClientHandlers h)
        : handlers(std::move(h)),
          session(session_options(given)),
          socket(std::make_unique<link::ZmqSocket>(io, context, link::SocketType::dealer,
                                                   link::SocketOptions{.keys = given.keys})),
          timer(io) {
        socket->on_handshake_fault([this, keys = given.keys.has_value()](auto fault) {
            // Each attempt fails in the same way: said once.
            if (std::exchange(told_fault, fault) == fault) return;
            log_warn("daemon_not_entered", "words", link::to_words(fault, keys));
        });
        auto const connected = socket->connect(link::tcp_endpoint(given.host, given.ingest_port));
        // An address that cannot even be written is a fault of the command line; the adapter then
        // behaves as with a daemon that is away.
        if (!connected) log_error("daemon_address", "words", connected.error().words);
    }

    void start() {
        socket->on_message([weak = weak_from_this()](std::string, std::string frame) {
            auto const self = weak.lock();
            if (!self) return;
            self->told_fault.reset();
            self->step(wire::SourceHeard{frame});
        });
        tick_after(0);
    }

    void stop() {
        stopped = true;
        timer.cancel();
        socket.reset();
    }

    void tick_after(std::int64_t ms) {
        timer.expires_after(std::chrono::milliseconds(ms));
        timer.async_wait([weak = weak_from_this()](boost::system::error_code error) {
            auto const self = weak.lock();
            if (!self || error || self->stopped) return;
            self->step(wire::SourceTick{});
            if (self->stopped) return;
            auto const wait = self->session.next_due() - steady_now();
            self->tick_after(std::clamp<std::int64_t>(wait.ms, 10, 1000));
        });
    }

    void step(wire::SourceInput const& input) {
        auto const keep = shared_from_this();  // a handler may end us
        wire::SourceActions actions;
        session.step(input, steady_now(), actions);
        // What cannot be sent now is lost like anything else on the way: the session sends again.
        for (auto const& frame : actions.send) socket->try_send(frame);
        for (auto const& trouble : actions.troubles) log_warn("ingest_trouble", "what", trouble);
        if (actions.lost && !stopped && handlers.on_lost) handlers.on_lost();
        if (actions.welcomed && !stopped && handlers.on_welcome) {
            handlers.on_welcome(*actions.welcomed);
        }
        for (auto const& answer : actions.answers) {
            if (!stopped && handlers.on_answer) handlers.on_answer(*answer);
        }
    }

    IngestClientHandlers handlers;
    wire::SourceSession session;
    link::ZmqContext context;
    std::unique_ptr<link::ZmqSocket> socket;
    boost::asio::steady_timer timer;
    std::optional<link::HandshakeFault> told_fault;
    bool stopped = false;
};

IngestClient::IngestClient(boost::asio::io_context& io, IngestClientOptions options,
                           IngestClientHandlers handlers)
    : impl_(std::make_shared<Impl>(io, options, std::move(handlers))) {
    impl_->start();
}

IngestClient::~IngestClient() {
    impl_->stop();
}

bool IngestClient::connected() const {
    return impl_->session.connected();
}

std::size_t IngestClient::window_left() const {
    return impl_->session.window_left();
}

void IngestClient::send(v1::IngestRecord const& record) {
    impl_->step(wire::SourceSubmit{&record});
}

void IngestClient::set_profile(std::string words) {
    impl_->session.set_profile(std::move(words));
    // Not here and now: a handler that this called would come in the middle of the caller's work.
    boost::asio::post(impl_->timer.get_executor(), [weak = std::weak_ptr{impl_}] {
        auto const impl = weak.lock();
        if (impl && !impl->stopped) impl->step(wire::SourceTick{});
    });
}

std::optional<Instant> IngestClient::daemon_time() const {
    return impl_->session.daemon_time(steady_now());
}

}  // namespace washup::adapters
