#pragma once
// What the configured clocks came to: how many were met in a window and how long they took, with
// those that run now beside them (product.md section 8). From the runs that the facts make; the
// breaches that were told are events of their own.

#include <optional>
#include <string>
#include <vector>

#include "daemon/core/clock.hpp"
#include "daemon/derive/scope.hpp"

namespace washup::derive {

struct ClockFigures {
    core::Code clock;
    std::int64_t met = 0, late = 0;  // of those stopped in the window by their event
    std::int64_t given_up = 0;       // in the window, by the end of the stay
    // Of met and late together, by nearest rank, of the time that counts; none when nobody stopped.
    std::optional<Duration> median, percentile_90, longest;
    std::int64_t running = 0, warned = 0, breached = 0;  // now; breached ones still run
    friend bool operator==(ClockFigures const&, ClockFigures const&) = default;
};

// Of each clock of the site, over `days` complete London days. `now` tells running from breached.
std::vector<ClockFigures> clock_figures(core::State const& state, Scope const& scope, int days,
                                        Instant now);

// A run with whose it is.
struct RunOf {
    core::StayId stay;
    core::ClockRun run;
};
// Runs that go on, the first due first; those without a due time last.
std::vector<RunOf> running_clocks(core::State const& state, Scope const& scope, Instant now);

}  // namespace washup::derive
