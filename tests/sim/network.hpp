#pragma once
// The simulated network and the one time line of the simulated house. A message is a call that
// happens later; chance decides how much later, and whether it happens at all where ZeroMQ can
// lose: on a feed, and whatever is under way when an end goes down.

#include <cstdint>
#include <functional>
#include <map>

#include "proto/base/clock.hpp"
#include "proto/base/prng.hpp"

namespace washup::sim {

// Drawn from the seed: some runs are calm, some are wild.
struct Weather {
    std::int64_t delay_ms_max = 50;
    std::uint64_t feed_loss_permille = 0;
    std::uint64_t crash_permille = 0;    // of the daemon, each simulated second
    std::uint64_t restart_permille = 0;  // of each source's link, each second
    std::int64_t commit_ms_max = 20;     // how slow the disk is
    bool faults = true;                  // the second phase heals everything
};
Weather draw_weather(Prng& chance);

class Network {
  public:
    explicit Network(Prng chance) : chance_(chance) {}

    SteadyInstant now() const { return now_; }
    void at(SteadyInstant when, std::function<void()> what);
    void after(Duration span, std::function<void()> what) { at(now_ + span, std::move(what)); }
    // In order per link, as TCP keeps it: a message never overtakes one sent before it.
    void send(int link, Weather const& weather, std::function<void()> deliver);
    void send_lossy(int link, Weather const& weather, std::function<void()> deliver);
    // Runs everything due up to `until`.
    void run(SteadyInstant until);

  private:
    Prng chance_;
    SteadyInstant now_{1'000};
    std::multimap<SteadyInstant, std::function<void()>> due_;
    std::map<int, SteadyInstant> last_on_link_;
};

}  // namespace washup::sim
