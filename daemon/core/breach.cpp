#include <algorithm>

#include "daemon/core/clock.hpp"
#include "daemon/core/holding.hpp"
#include "daemon/core/reading.hpp"

// Breaches: which runs of a stay's clocks ran out, which of them were told, and when to look again.

namespace washup::core {
namespace {

// A breach is an instant after the last one that is in time.
constexpr Duration just_late = milliseconds(1);

// A breach with the stay it was told of, which may have been joined into another since.
struct Told {
    StayId stay;
    Breach const* breach;
};

std::vector<Told> standing_breaches(State const& state, Stay const& stay,
                                    ClockConfig const& clock) {
    std::vector<Told> all;
    for (auto const* part : parts_of(state, stay)) {
        for (auto const& breach : part->breaches) {
            if (!breach.withdrawn && breach.clock == clock.code) all.push_back({part->id, &breach});
        }
    }
    return all;
}

// One clock's runs beside what was told of it. What is said of a clock that this site does not run
// any more stays said.
struct Compared {
    std::vector<ClockRun> runs;
    std::vector<Told> told;
    bool holds_up(Breach const& breach) const {
        return std::any_of(runs.begin(), runs.end(), [&](ClockRun const& run) {
            return run.started == breach.started && run.state == ClockState::breached;
        });
    }
    bool knows(ClockRun const& run) const {
        return std::any_of(told.begin(), told.end(),
                           [&](Told const& each) { return each.breach->started == run.started; });
    }
};

Compared compare(State const& state, Stay const& stay, ClockConfig const& clock, Instant now) {
    return {runs_of(state, stay, clock, now), standing_breaches(state, stay, clock)};
}

ClockBreached breached(Stay const& stay, ClockRun const& run, Holding const& held) {
    ClockBreached event{stay.id, run.clock, run.started, run.due, {}, {}, {}};
    if (auto const* blocker = held.at(run.due)) {
        event.blocker = blocker->id;
        event.reason = blocker->local_reason.empty() ? blocker->reason : blocker->local_reason;
        event.holder = blocker->holder;
    }
    return event;
}

}  // namespace

// A run that had stopped before anybody could see it run out is late, and no breach is told.
std::vector<Event> breach_changes(State const& state, Stay const& stay, Instant now) {
    std::vector<Event> events;
    for (auto const& clock : state.config.clocks) {
        auto const compared = compare(state, stay, clock, now);
        for (auto const& [of, breach] : compared.told) {
            if (!compared.holds_up(*breach))
                events.emplace_back(BreachWithdrawn{of, breach->clock, breach->started});
        }
        for (auto const& run : compared.runs) {
            if (run.ended.ms != 0 || run.state != ClockState::breached) continue;
            if (!compared.knows(run))
                events.emplace_back(breached(stay, run, Holding{state, stay}));
        }
    }
    return events;
}

std::optional<Instant> breach_due(State const& state, Stay const& stay) {
    std::optional<Instant> first;
    auto const look_at = [&](Instant at) { first = first ? std::min(*first, at) : at; };
    for (auto const& clock : state.config.clocks) {
        auto const compared = compare(state, stay, clock, state.last_at);
        for (auto const& [of, breach] : compared.told) {
            if (!compared.holds_up(*breach)) look_at(state.last_at);
        }
        for (auto const& run : compared.runs) {
            if (run.ended.ms == 0 && run.due.ms != 0 && !compared.knows(run))
                look_at(run.due + just_late);
        }
    }
    return first;
}

void note_breach_due(State& state, StayId id) {
    auto const was = state.breach_due_of.find(id);
    auto const it = state.stays.find(id);
    auto const here = it != state.stays.end() && !it->second.joined_into;
    auto const due = here ? breach_due(state, it->second) : std::nullopt;
    if (was != state.breach_due_of.end()) {
        if (due == was->second) return;
        state.breach_dues.erase({was->second, id});
        state.breach_due_of.erase(was);
    }
    if (!due) return;
    state.breach_dues.insert({*due, id});
    state.breach_due_of.emplace(id, *due);
}

}  // namespace washup::core
