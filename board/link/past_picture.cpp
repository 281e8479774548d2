#include "board/link/past_picture.hpp"

#include <fmt/format.h>

#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>
#include <chrono>
#include <functional>
#include <optional>

#include "board/model/project.hpp"
#include "proto/base/clock.hpp"
#include "proto/link/zmq_socket.hpp"
#include "proto/wire/envelope.hpp"
#include "washup/v1/command.pb.h"
#include "washup/v1/feed.pb.h"

namespace washup::board {
namespace {

namespace net = boost::asio;

// One question on the control port. `take` is given each frame of the answer and says when it is
// whole; a refusal ends it with the daemon's words.
class Asker {
  public:
    using Take = std::function<bool(wire::Frame const&)>;

    Asker(PastQuestion const& question, Bytes asked, Take take)
        : question_(question),
          asked_(std::move(asked)),
          take_(std::move(take)),
          control_(io_, context_, link::SocketType::dealer),
          retry_(io_),
          end_(io_) {}

    Result<void> run() {
        auto const& daemon = question_.daemon;
        auto const endpoint = link::tcp_endpoint(daemon.host, link::control_port(daemon.port));
        if (auto const connected = control_.connect(endpoint); !connected) {
            return connected.error();
        }
        control_.on_message([this](std::string, std::string bytes) { heard(bytes); });
        send();
        end_.expires_after(std::chrono::milliseconds(question_.wait.ms));
        end_.async_wait([this](auto error) {
            if (!error) finish(away());
        });
        io_.run();
        return fault_ ? Result<void>{*fault_} : Result<void>{};
    }

  private:
    Error away() const {
        return {
            ErrorCode::unavailable,
            fmt::format("no picture of that minute from {}:{} within {} s", question_.daemon.host,
                        question_.daemon.port, question_.wait.ms / 1000)};
    }

    // The connection may come up a moment later.
    void send() {
        if (control_.try_send(asked_)) return;
        retry_.expires_after(std::chrono::milliseconds(20));
        retry_.async_wait([this](auto error) {
            if (!error) send();
        });
    }

    void heard(std::string const& bytes) {
        auto const frame = wire::decode(bytes);
        if (!frame) return;
        if (frame->kind == wire::Kind::refusal) {
            v1::Refusal refusal;
            if (wire::parse(*frame, refusal)) {
                finish(Error{ErrorCode::refused, refusal.words(), refusal.code()});
            }
        } else if (take_(*frame)) {
            finish({});
        }
    }

    void finish(std::optional<Error> fault) {
        fault_ = std::move(fault);
        io_.stop();
    }

    PastQuestion const& question_;
    Bytes asked_;
    Take take_;
    net::io_context io_{1};
    link::ZmqContext context_;
    link::ZmqSocket control_;
    net::steady_timer retry_, end_;
    std::optional<Error> fault_;
};

}  // namespace

Result<std::shared_ptr<Model const>> past_picture(PastQuestion const& question) {
    v1::SnapshotRequest request;
    request.set_view(static_cast<v1::View>(question.tier));
    request.set_as_of_ms(question.at.ms);
    request.set_as_known_now(question.as_known_now);
    auto model = std::make_shared<Model>();
    model->tier = question.tier;
    std::uint32_t next = 0;
    auto const take = [&](wire::Frame const& frame) {
        v1::SnapshotChunk chunk;
        if (frame.kind != wire::Kind::snapshot_chunk || !wire::parse(frame, chunk)) return false;
        if (chunk.as_of_ms() != question.at.ms || chunk.index() != next) return false;
        ++next;
        for (auto const& row : chunk.rows()) apply_row(*model, row);
        model->head = chunk.head();
        return chunk.last();
    };
    Asker asker{question, wire::encode(wire::Kind::snapshot_request, request), take};
    if (auto const done = asker.run(); !done) return done.error();
    v1::Heartbeat beat;
    beat.set_daemon_time_ms(question.at.ms);
    beat.set_view(static_cast<v1::View>(question.tier));
    beat.set_rate(1);
    beat.set_clock_trusted(true);
    apply_heartbeat(*model, beat, steady_now().ms);
    model->complete = true;
    model->link.phase = LinkPhase::past;
    return std::shared_ptr<Model const>(std::move(model));
}

Result<std::shared_ptr<v1::History const>> past_history(PastQuestion const& question,
                                                        std::string const& stay) {
    v1::HistoryRequest request;
    request.set_stay(stay);
    request.set_as_of_ms(question.at.ms);
    request.set_as_known_now(question.as_known_now);
    auto history = std::make_shared<v1::History>();
    auto const take = [&](wire::Frame const& frame) {
        return frame.kind == wire::Kind::history && wire::parse(frame, *history).has_value();
    };
    Asker asker{question, wire::encode(wire::Kind::history_request, request), take};
    if (auto const done = asker.run(); !done) return done.error();
    return std::shared_ptr<v1::History const>(std::move(history));
}

}  // namespace washup::board
