#pragma once
// The follower as the app sees it: the newest Model, a wait for the next change, and the instants
// that go with it. The only place of the board that asks a clock.

#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>

#include "board/link/follower.hpp"
#include "board/model/freshness.hpp"
#include "proto/link/address.hpp"

namespace washup::board {

// What is shown, and when it is.
struct Look {
    std::shared_ptr<Model const> model;
    std::int64_t steady_ms = 0;
    Instant now;  // the daemon's time, carried on from its last heartbeat
    LinkState link;
};

class Watcher {
  public:
    // `woken` is called on the follower's thread at each change; may be empty.
    Watcher(link::Address const& daemon, int tier, std::function<void()> woken);

    Look look() const;
    Follower& follower() { return follower_; }
    // Until something changed, or for so long.
    void wait(Duration most);
    // Until the first complete picture is there, of whoever signed in, else the machine's own;
    // false when it did not come in time or the view is refused.
    bool wait_for_picture(Duration most, bool (*stop)());

  private:
    std::mutex mutex_;
    std::condition_variable changed_;
    std::uint64_t changes_ = 0, seen_ = 0;
    int tier_;
    std::function<void()> woken_;
    Follower follower_;  // last: its thread calls the members above
};

}  // namespace washup::board
