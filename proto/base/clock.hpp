#pragma once
// The only place that asks the operating system for the time. Machines never hold a Clock: time
// comes to them as an argument (design.md section 2, law 5).

#include "proto/base/time.hpp"

namespace washup {

// Real UTC time, as the system believes it.
Instant system_now();

SteadyInstant steady_now();

// The daemon's time: anchor + rate x elapsed boot time. Rate is 1 except in the demo.
class DaemonClock {
  public:
    DaemonClock(Instant anchor, double rate) : anchor_(anchor), since_(steady_now()), rate_(rate) {}
    Instant now() const { return at(steady_now()); }
    Instant at(SteadyInstant steady) const {
        return anchor_ + Duration{static_cast<std::int64_t>(
                             static_cast<double>((steady - since_).ms) * rate_)};
    }
    double rate() const { return rate_; }

  private:
    Instant anchor_;
    SteadyInstant since_;
    double rate_;
};

}  // namespace washup
