#pragma once
// What wash-ups, weekly cycles and their answers leave in the state. A part of apply()
// alone.

#include "daemon/core/apply.hpp"

namespace washup::core {

void apply_event(State& state, Record const& record, Changes& changes, WashUpOpened const& e);
void apply_event(State& state, Record const& record, Changes& changes, WashUpClosed const& e);
void apply_event(State& state, Record const& record, Changes& changes, WashUpCancelled const& e);
void apply_event(State& state, Record const& record, Changes& changes, WashUpRestored const& e);
void apply_event(State& state, Record const& record, Changes& changes, StayDiscussed const& e);
void apply_event(State& state, Record const& record, Changes& changes, StayParked const& e);
void apply_event(State& state, Record const& record, Changes& changes, PromptAsked const& e);
void apply_event(State& state, Record const& record, Changes& changes, CycleOpened const& e);
void apply_event(State& state, Record const& record, Changes& changes, CycleClosed const& e);
void apply_event(State& state, Record const& record, Changes& changes, CauseSent const& e);
void apply_event(State& state, Record const& record, Changes& changes, CycleDecided const& e);
void apply_event(State& state, Record const& record, Changes& changes, DecisionFinished const& e);
void apply_event(State& state, Record const& record, Changes& changes, CauseAnswered const& e);
void apply_event(State& state, Record const& record, Changes& changes, ParetoFrozen const& e);

// Looked at as a day turns: closed meetings of 100 days ago, cycles of 400. An open decision keeps
// its cycle.
void forget_old_meetings(State& state, Instant now);

}  // namespace washup::core
