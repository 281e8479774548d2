#include "board/app/watcher.hpp"

#include <algorithm>
#include <chrono>

#include "proto/base/clock.hpp"

namespace washup::board {
namespace {

FollowerOptions follower_options(link::Address const& daemon, int tier) {
    FollowerOptions options;
    options.host = daemon.host;
    options.keys = daemon.keys;
    options.base_port = daemon.port;
    options.tier = tier;
    return options;
}

}  // namespace

Watcher::Watcher(link::Address const& daemon, int tier, std::function<void()> woken)
    : tier_(tier), woken_(std::move(woken)), follower_(follower_options(daemon, tier), [this] {
          {
              std::lock_guard const lock(mutex_);
              ++changes_;
          }
          changed_.notify_all();
          if (woken_) woken_();
      }) {}

Look Watcher::look() const {
    Look look;
    look.model = follower_.model();
    look.steady_ms = steady_now().ms;
    look.now = daemon_now(look.model->link, look.steady_ms, system_now());
    look.link = link_state(look.model->link, look.steady_ms);
    return look;
}

void Watcher::wait(Duration most) {
    std::unique_lock lock(mutex_);
    changed_.wait_for(lock, std::chrono::milliseconds(std::max<std::int64_t>(most.ms, 0)),
                      [this] { return changes_ > seen_; });
    seen_ = changes_;
}

bool Watcher::wait_for_picture(Duration most, bool (*stop)()) {
    SteadyInstant const end = steady_now() + most;
    while (true) {
        auto const model = follower_.model();
        if (is_settled(*model, tier_)) return true;
        Duration const left = end - steady_now();
        auto const phase = model->link.phase;
        auto const refused = phase == LinkPhase::refused || !model->person.refused.empty();
        if (left.ms <= 0 || stop() || refused) return false;
        wait(std::min(left, milliseconds(200)));
    }
}

}  // namespace washup::board
