#include <algorithm>

#include "daemon/core/decide.hpp"

// What the passing of time brings. Asked with the daemon's time; replay never comes here.

namespace washup::core {
namespace {

// A daemon that slept writes one DayTurned for each date; more than this at once would be a clock
// fault, and the rest follows in the next record.
constexpr int days_at_once_max = 400;
// Deadlines turned overdue in one record.
constexpr std::size_t overdue_at_once_max = 1000;

}  // namespace

std::vector<Event> decide_due(State const& state, Instant now) {
    std::vector<Event> events;
    auto const today = london_date(now);
    if (state.today.days == 0) {
        events.emplace_back(DayTurned{today});
    } else {
        for (auto date = state.today + 1; date <= today && date - state.today <= days_at_once_max;
             date = date + 1) {
            events.emplace_back(DayTurned{date});
        }
    }
    for (auto const& [deadline, stay, action] : state.deadlines) {
        if (deadline > now || events.size() >= overdue_at_once_max) break;
        events.emplace_back(ActionBecameOverdue{stay, action});
    }
    // Looked at once a day: a hundred days need no minute.
    auto const day_turns = std::any_of(events.begin(), events.end(), [](auto const& event) {
        return std::holds_alternative<DayTurned>(event);
    });
    if (day_turns) {
        for (auto const& [id, stay] : state.stays) {
            // A provisional stay goes with the one it is read through.
            if (stay.joined_into || stay.end_recorded_at.ms == 0) continue;
            if (stay.end_recorded_at + ended_kept >= now) continue;
            for (auto const joined : stay.joined) events.emplace_back(StayLetGo{joined});
            events.emplace_back(StayLetGo{id});
        }
    }
    return events;
}

Instant next_due(State const& state) {
    if (state.today.days == 0) return state.last_at;
    auto due = london_midnight(state.today + 1);
    if (!state.deadlines.empty()) due = std::min(due, std::get<0>(*state.deadlines.begin()));
    return due;
}

}  // namespace washup::core
