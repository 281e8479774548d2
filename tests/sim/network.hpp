#pragma once
// The simulated network and the one time line of the simulated house. A way is one direction of one
// connection: it keeps order, as TCP does, it may be slow, held or cut. Held: nothing arrives, and
// all of it later. Cut: what is under way is lost, as with a connection that breaks. Single
// messages are lost only on a feed, where ZeroMQ drops them too; none is ever doubled on the way.

#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <vector>

#include "proto/base/clock.hpp"
#include "proto/base/prng.hpp"

namespace washup::sim {

// What a publisher keeps for a slow follower before it drops, as ZeroMQ's high-water mark does.
inline constexpr std::size_t feed_queue_max = 1000;

class Network {
  public:
    using Deliver = std::function<void()>;
    explicit Network(Prng chance) : chance_(chance) {}

    SteadyInstant now() const { return now_; }
    void at(SteadyInstant when, std::function<void()> what);
    void after(Duration span, std::function<void()> what) { at(now_ + span, std::move(what)); }
    // Runs everything due up to `until`.
    void run(SteadyInstant until);

    int new_way();
    void set_delay_ms_max(std::int64_t ms) { delay_ms_max_ = ms; }
    void send(int way, Deliver deliver);
    // False = dropped: the queue is at feed_queue_max, or chance says so.
    bool send_lossy(int way, std::uint64_t loss_permille, Deliver deliver);
    void hold(int way, Duration span);
    void release(int way);
    void cut(int way);
    std::size_t under_way(int way) const {
        return ways_[static_cast<std::size_t>(way)].queue.size();
    }

  private:
    struct Message {
        SteadyInstant due;
        Deliver deliver;
    };
    struct Way {
        SteadyInstant last, held_until;
        std::deque<Message> queue;
    };
    void drain(int way);

    Prng chance_;
    std::int64_t delay_ms_max_ = 50;
    SteadyInstant now_{1'000};
    std::multimap<SteadyInstant, std::function<void()>> due_;
    std::vector<Way> ways_;
};

}  // namespace washup::sim
