#include <fmt/format.h>

#include <algorithm>

#include "daemon/core/clock.hpp"
#include "daemon/core/cycle.hpp"
#include "daemon/core/decide.hpp"
#include "daemon/core/erase.hpp"

// What the passing of time brings. Asked with the daemon's time; replay never comes here.

namespace washup::core {
namespace {

// True when a day turned.
bool turn_days(State const& state, Instant now, std::vector<Event>& events) {
    auto const today = london_date(now);
    if (state.today.days == 0) {
        events.emplace_back(DayTurned{today});
        return true;
    }
    auto const last = std::min(today, state.today + days_at_once_max);
    for (auto date = state.today + 1; date <= last; date = date + 1) {
        events.emplace_back(DayTurned{date});
    }
    return last > state.today;
}

void turn_overdue(State const& state, Instant now, std::vector<Event>& events) {
    std::size_t count = 0;
    for (auto const& [deadline, stay, action] : state.deadlines) {
        if (deadline > now || ++count > due_at_once_max) break;
        events.emplace_back(ActionBecameOverdue{stay, action});
    }
}

void ask_about_announced(State const& state, Instant now, std::vector<Event>& events) {
    InboxKept question;
    question.item = state.last_inbox;
    question.why = "unmatched_announcement";
    question.field = "visit number";
    std::size_t count = 0;
    for (auto const& [opened_at, id] : state.announced) {
        if (opened_at + unmatched_max > now || ++count > due_at_once_max) break;
        question.item = InboxId{question.item.value() + 1};
        question.source = state.stays.at(id).opened_by;
        question.stay = id;
        question.words = fmt::format(
            "stay #{} was announced 48 hours ago and no ward has it: find out where the person "
            "is, then settle this item",
            id.value());
        events.emplace_back(question);
    }
}

// Looked at once a day: a hundred days need no minute.
void let_go(State const& state, Instant now, std::vector<Event>& events) {
    for (auto const& [id, stay] : state.stays) {
        // A provisional stay goes with the one it is read through.
        if (stay.joined_into || stay.end_recorded_at.ms == 0) continue;
        if (stay.end_recorded_at + ended_kept >= now) continue;
        for (auto const joined : stay.joined) events.emplace_back(StayLetGo{joined});
        events.emplace_back(StayLetGo{id});
    }
}

void erase_due(State const& state, Instant now, std::vector<Event>& events) {
    auto due = due_for_erasure(state, now);
    if (due.empty()) return;
    if (due.size() > due_at_once_max) due.resize(due_at_once_max);
    events.emplace_back(PersonErased{std::move(due), {}, {}, "retention", {}});
}

// Which clocks ran out, and which breaches what is known now takes back.
void turn_clocks(State const& state, Instant now, std::vector<Event>& events) {
    std::size_t count = 0;
    for (auto const& [due, id] : state.breach_dues) {
        if (due > now || ++count > due_at_once_max) break;
        auto changes = breach_changes(state, state.stays.at(id), now);
        std::move(changes.begin(), changes.end(), std::back_inserter(events));
    }
}

}  // namespace

std::vector<Event> decide_due(State const& state, Instant now) {
    std::vector<Event> events;
    auto const day_turns = turn_days(state, now, events);
    turn_overdue(state, now, events);
    turn_clocks(state, now, events);
    ask_about_announced(state, now, events);
    turn_cycles(state, now, events);
    if (day_turns) {
        for (auto& event : decide_mapped(state, state.config)) events.push_back(std::move(event));
        let_go(state, now, events);
        erase_due(state, now, events);
    }
    return events;
}

Instant next_due(State const& state) {
    if (state.today.days == 0) return state.last_at;
    auto due = london_midnight(state.today + 1);
    if (!state.deadlines.empty()) due = std::min(due, std::get<0>(*state.deadlines.begin()));
    if (!state.breach_dues.empty()) due = std::min(due, state.breach_dues.begin()->first);
    if (!state.announced.empty()) {
        due = std::min(due, state.announced.begin()->first + unmatched_max);
    }
    if (auto const cycle = next_cycle_turn(state, state.last_at); cycle.ms != 0)
        due = std::min(due, cycle);
    return due;
}

}  // namespace washup::core
