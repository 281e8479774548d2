#pragma once
// What the staff list and hand-overs of actions leave in the state. A part of apply() alone.

#include "daemon/core/apply.hpp"

namespace washup::core {

void apply_event(State& state, Record const& record, Changes& changes, StaffAdded const& e);
void apply_event(State& state, Record const& record, Changes& changes, StaffPinSet const& e);
void apply_event(State& state, Record const& record, Changes& changes, ActionHandedOver const& e);
void apply_event(State& state, Record const& record, Changes& changes, StaffAwaySet const& e);

}  // namespace washup::core
