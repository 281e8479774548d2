#pragma once
// When weekly cycles open and close, by configuration (product.md section 1, "The heart"). Part of
// what the passing of time brings; what people do in a cycle: decide_cycle.cpp.

#include <vector>

#include "daemon/core/state.hpp"

namespace washup::core {

struct CycleWindow {
    Date week;  // the Monday of the week in which it opens
    Instant opens, closes;
};
// The latest window that has opened by then.
CycleWindow window_of(CycleConfig const& config, Instant at);

// Opens and closes what is due. Who slept through a week closes it late; a cycle that is new to the
// house does not begin with a week that is over.
void turn_cycles(State const& state, Instant now, std::vector<Event>& events);
// When that is asked next; 0 = no cycle is configured or open.
Instant next_cycle_turn(State const& state, Instant after);

// The open cycle of this configuration; of an empty code the only open one. Null = none, or
// several.
Cycle const* open_cycle(State const& state, Code const& code);

}  // namespace washup::core
