#include "board/ctl/session.hpp"

#include <fmt/format.h>

#include <chrono>
#include <future>

#include "board/model/freshness.hpp"
#include "proto/base/clock.hpp"
#include "washup/v1/command.pb.h"

namespace washup::board::ctl {
namespace {

FollowerOptions follower_options(link::Address const& daemon, int tier, Duration wait) {
    FollowerOptions options;
    options.host = daemon.host;
    options.base_port = daemon.port;
    options.keys = daemon.keys;
    options.tier = tier;
    options.answer_wait = wait;
    return options;
}

template <class Reply, class Ask>
Result<Reply> wait_for(Ask const& ask, Duration wait) {
    auto promise = std::make_shared<std::promise<Result<Reply>>>();
    auto future = promise->get_future();
    ask([promise](Result<Reply> reply) { promise->set_value(std::move(reply)); });
    // The follower answers by itself when nothing comes; the second is for a machine under load.
    if (future.wait_for(std::chrono::milliseconds(wait.ms + 5000)) != std::future_status::ready) {
        return Error{ErrorCode::unavailable, "the daemon did not answer", {}};
    }
    return future.get();
}

}  // namespace

Session::Session(link::Address const& daemon, int tier, Duration wait)
    : daemon_(daemon),
      tier_(tier),
      wait_(wait),
      follower_(follower_options(daemon, tier, wait), [this] {
          {
              std::lock_guard const lock(mutex_);
              ++changes_;
          }
          changed_.notify_all();
      }) {}

Result<void> Session::sign_in(std::string const& staff, std::string const& pin) {
    auto promise = std::make_shared<std::promise<Result<void>>>();
    auto future = promise->get_future();
    follower_.sign_in(staff, pin, [promise](Result<void> in) { promise->set_value(in); });
    if (future.wait_for(std::chrono::milliseconds(wait_.ms + 5000)) != std::future_status::ready) {
        return Error{ErrorCode::unavailable, "the daemon did not answer", {}};
    }
    auto in = future.get();
    // Nobody answers at a closed door; what is written on it says more.
    if (!in && in.error().code == ErrorCode::unavailable) return not_there();
    return in;
}

std::string Session::ended() const {
    auto const model = follower_.model();
    return model->person.state == PersonState::signed_out ? model->person.words : std::string();
}

std::shared_ptr<Model const> Session::wait_change(Duration most) {
    std::unique_lock lock(mutex_);
    changed_.wait_for(lock, std::chrono::milliseconds(most.ms),
                      [this] { return changes_ > seen_; });
    seen_ = changes_;
    lock.unlock();
    return follower_.model();
}

Result<std::shared_ptr<Model const>> Session::wait_model() {
    auto const end = steady_now() + wait_;
    follower_.acted();
    auto model = follower_.model();
    while (!is_settled(*model, tier_)) {
        auto const left = end - steady_now();
        auto const no = model->link.phase == LinkPhase::refused || !model->person.refused.empty();
        if (left.ms <= 0 || no) return not_there();
        model = wait_change(left);
    }
    return model;
}

Error Session::not_there() const {
    auto const model = follower_.model();
    if (!model->person.refused.empty()) {
        return Error{ErrorCode::refused, model->person.refused, "staff_role"};
    }
    if (!model->link.words.empty()) return Error{ErrorCode::refused, model->link.words, {}};
    if (!model->link.heard_steady_ms) {
        auto const words = fmt::format("the daemon is away: nothing was heard of {}:{} within {} s",
                                       daemon_.host, daemon_.port, wait_.ms / 1000);
        return Error{ErrorCode::unavailable, words, {}};
    }
    return io_error("the daemon is there, but its picture did not become whole in time");
}

Result<std::shared_ptr<v1::Answer const>> Session::send(v1::Command const& command) {
    using Reply = std::shared_ptr<v1::Answer const>;
    auto reply =
        wait_for<Reply>([&](auto done) { follower_.submit(command, std::move(done)); }, wait_);
    if (!reply && reply.error().code == ErrorCode::unavailable &&
        follower_.model()->link.heard_steady_ms) {
        return io_error(
            "no answer in time: it may have been done all the same; send the same id again");
    }
    return reply;
}

Result<std::shared_ptr<v1::History const>> Session::history(std::string const& stay) {
    using Reply = std::shared_ptr<v1::History const>;
    return wait_for<Reply>([&](auto done) { follower_.ask_history(stay, std::move(done)); }, wait_);
}

Instant now_of(Model const& model) {
    return daemon_now(model.link, steady_now().ms, system_now());
}

}  // namespace washup::board::ctl
