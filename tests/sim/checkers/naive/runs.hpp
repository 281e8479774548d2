#pragma once
// The runs of a stay's clocks, worked out from what was said by product.md, section 3 ("Clocks"):
// the hours that count are walked span by span, a leave is cut out of them.

#include <string>
#include <vector>

#include "tests/sim/checkers/naive/told.hpp"

namespace washup::sim::naive {

struct Run {
    Instant started, warn_at, due;  // 0 = never
    Instant ended;                  // 0 = it runs
    std::string state;
    bool by_event = false;
};
std::vector<Run> runs_of(Said const& said, Stay const& stay, core::ClockConfig const& clock,
                         Instant now);

// The words of the first breach that should have been told by now and was not, or was told, or
// taken back, without cause; "" = all is told.
std::string breaches_differ(Said const& said, Stay const& stay, Instant now);
// The same of one event of a record, before it is added.
std::string event_differs(Said const& said, core::Event const& event, Instant now);

}  // namespace washup::sim::naive
