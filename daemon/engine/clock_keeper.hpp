#pragma once
// The daemon's time against the system's: small differences are followed, a step of more than 2 s
// is adopted only after the system has stood still in its new opinion for 60 s; until then the
// clock is "not trusted" and the old time runs on (design.md law 5). A machine: both times are
// arguments.

#include <optional>

#include "proto/base/time.hpp"

namespace washup::engine {

class ClockKeeper {
  public:
    static constexpr Duration step_min = seconds(2);
    static constexpr Duration stable_for = seconds(60);

    struct Verdict {
        Duration adjust;  // to add to the daemon's time from now on
        bool trusted = true;
        bool stepped = false;  // `adjust` is a step: it is to be journaled
    };
    // Once a second: `ours` and `systems` at the same moment, `steady_ms` real milliseconds.
    Verdict check(Instant ours, Instant systems, std::int64_t steady_ms);

  private:
    std::optional<std::int64_t> since_ms_;  // the system says something else since
    Duration last_difference_;
};

}  // namespace washup::engine
