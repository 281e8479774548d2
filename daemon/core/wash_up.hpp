#pragma once
// When a team washes up by its schedule: days and times, several a day, bank holidays left out,
// cancelled ones too (product.md section 7). Not what happened there (meeting.hpp).

#include "daemon/core/state.hpp"

namespace washup::core {

// The next after an instant; 0 = the team has no day for one within a fortnight.
Instant next_wash_up(State const& state, TeamConfig const& team, Instant after);
// The last at or before an instant; 0 = none within a fortnight.
Instant last_wash_up(State const& state, TeamConfig const& team, Instant at);
// Is this a time of the team's schedule, cancelled or not?
bool is_planned(State const& state, TeamConfig const& team, Instant at);

}  // namespace washup::core
