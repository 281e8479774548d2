#pragma once
// What the daemon holds of clocks, wash-ups and frozen Paretos, against what was said. "" = the
// same; else the words of the first difference.

#include <string>

#include "daemon/core/state.hpp"
#include "tests/sim/checkers/naive/runs.hpp"

namespace washup::sim::naive {

// The runs of all clocks of a stay at an instant.
std::string runs_differ(Said const& said, Stay const& stay, core::State const& state, Instant now);
// What wash-ups noted of it, and what was told of its clocks.
std::string notes_differ(Said const& said, Stay const& stay, core::State const& state);
// Who was discussed and who was put off.
std::string meetings_differ(Said const& said, core::State const& state);
// A Pareto frozen by a record that is not added yet.
std::string frozen_differs(Said const& said, core::ParetoFrozen const& frozen);

}  // namespace washup::sim::naive
