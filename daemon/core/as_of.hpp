#pragma once
// What is known now of an instant that has passed: the State without everything that happened after
// it, late and corrected facts included. Not the State that was held then; that is the fold of the
// journal up to then (engine/past.hpp).

#include "daemon/core/state.hpp"

namespace washup::core {

// Facts, blockers, hand-overs, actions and milestones of after `at` are taken out; stays that began
// later are gone, those that ended later are here again. Services, staff, sources and the inbox
// keep no history of their own and stay as given.
void forget_after(State& state, Instant at);

}  // namespace washup::core
