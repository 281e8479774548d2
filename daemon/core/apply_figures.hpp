#pragma once
// What clocks that ran out, frozen and imported figures, and requests leave in the state. A part of
// apply() alone.

#include "daemon/core/apply.hpp"

namespace washup::core {

void apply_event(State& state, Record const& record, Changes& changes, ClockBreached const& e);
void apply_event(State& state, Record const& record, Changes& changes, BreachWithdrawn const& e);
void apply_event(State& state, Record const& record, Changes& changes, DayCounted const& e);
void apply_event(State& state, Record const& record, Changes& changes, FigureImported const& e);
void apply_event(State& state, Record const& record, Changes& changes, PeriodConfirmed const& e);
void apply_event(State& state, Record const& record, Changes& changes,
                 InappropriateDischargeReported const& e);
void apply_event(State& state, Record const& record, Changes& changes, MaturityConfirmed const& e);
void apply_event(State& state, Record const& record, Changes& changes, RequestMade const& e);
void apply_event(State& state, Record const& record, Changes& changes, RequestAnswered const& e);

// Looked at as a day turns: points of trends of 800 days ago.
void forget_old_figures(State& state);

}  // namespace washup::core
