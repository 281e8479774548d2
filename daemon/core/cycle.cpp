#include "daemon/core/cycle.hpp"

#include <algorithm>

namespace washup::core {
namespace {

constexpr int days_of_week = 7;

Date monday_of(Date date) {
    return date - static_cast<int>(weekday(date) - 1);
}

Instant minute_of(Date date, std::int32_t minute) {
    return london_time(date, minute / 60, minute % 60);
}

CycleWindow window_of_week(CycleConfig const& config, Date monday) {
    auto const opens_on = monday + static_cast<int>(config.opens_on - 1);
    auto closes_on = monday + static_cast<int>(config.closes_on - 1);
    CycleWindow window{monday, minute_of(opens_on, config.opens_minute), {}};
    window.closes = minute_of(closes_on, config.closes_minute);
    if (window.closes <= window.opens)
        window.closes = minute_of(closes_on + days_of_week, config.closes_minute);
    return window;
}

CycleConfig const* config_of(State const& state, Code const& code) {
    auto const& all = state.config.cycles;
    auto const it =
        std::find_if(all.begin(), all.end(), [&](auto const& each) { return each.code == code; });
    return it == all.end() ? nullptr : &*it;
}

// One whose configuration is gone closes at once.
Instant closing_of(State const& state, Cycle const& cycle) {
    auto const* const config = config_of(state, cycle.code);
    return config == nullptr ? cycle.opened : window_of_week(*config, cycle.week).closes;
}

// Has this window no cycle yet, and should it have one?
bool is_missing(State const& state, CycleConfig const& config, CycleWindow const& window,
                Instant now) {
    auto known = false;
    for (auto const& [id, cycle] : state.cycles) {
        if (cycle.code != config.code) continue;
        if (cycle.week >= window.week) return false;
        known = true;
    }
    return known || now < window.closes;
}

}  // namespace

CycleWindow window_of(CycleConfig const& config, Instant at) {
    auto const monday = monday_of(london_date(at));
    auto const window = window_of_week(config, monday);
    return window.opens <= at ? window : window_of_week(config, monday - days_of_week);
}

void turn_cycles(State const& state, Instant now, std::vector<Event>& events) {
    for (auto const& [id, cycle] : state.cycles) {
        if (cycle.closed.ms == 0 && closing_of(state, cycle) <= now)
            events.emplace_back(CycleClosed{id});
    }
    auto last = state.last_cycle;
    for (auto const& config : state.config.cycles) {
        auto const window = window_of(config, now);
        if (!is_missing(state, config, window, now)) continue;
        last = CycleId{last.value() + 1};
        events.emplace_back(CycleOpened{last, config.code, config.scope, window.week});
        if (window.closes <= now) events.emplace_back(CycleClosed{last});
    }
}

Instant next_cycle_turn(State const& state, Instant after) {
    Instant next;
    auto const sooner = [&next](Instant at) {
        if (next.ms == 0 || at < next) next = at;
    };
    for (auto const& config : state.config.cycles) {
        auto const window = window_of(config, after);
        if (is_missing(state, config, window, after)) sooner(after);
        sooner(window_of_week(config, window.week + days_of_week).opens);
    }
    for (auto const& [id, cycle] : state.cycles) {
        if (cycle.closed.ms == 0) sooner(closing_of(state, cycle));
    }
    return next;
}

Cycle const* open_cycle(State const& state, Code const& code) {
    Cycle const* found = nullptr;
    for (auto const& [id, cycle] : state.cycles) {
        if (cycle.closed.ms != 0 || (!code.empty() && cycle.code != code)) continue;
        if (found != nullptr) return nullptr;
        found = &cycle;
    }
    return found;
}

}  // namespace washup::core
