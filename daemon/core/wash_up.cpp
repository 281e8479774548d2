#include "daemon/core/wash_up.hpp"

#include <algorithm>

namespace washup::core {
namespace {

constexpr int fortnight = 14;

// Of one London day, in order, cancelled ones included.
std::vector<Instant> planned_on(State const& state, TeamConfig const& team, Date date) {
    auto const& holidays = state.config.bank_holidays;
    if (!team.on_bank_holidays &&
        std::find(holidays.begin(), holidays.end(), date) != holidays.end()) {
        return {};
    }
    std::vector<Instant> times;
    auto const add = [&](std::uint32_t days, std::int32_t minute) {
        if ((days >> (weekday(date) - 1) & 1u) == 0) return;
        times.push_back(london_time(date, minute / 60, minute % 60));
    };
    add(team.wash_up_days, team.wash_up_minute);
    for (auto const& further : team.further_wash_ups) add(further.days, further.minute);
    std::sort(times.begin(), times.end());
    return times;
}

bool is_cancelled(State const& state, TeamConfig const& team, Instant at) {
    return state.cancelled_wash_ups.contains({team.code, at});
}

}  // namespace

Instant next_wash_up(State const& state, TeamConfig const& team, Instant after) {
    auto date = london_date(after);
    for (int day = 0; day <= fortnight; ++day, date = date + 1) {
        for (auto const at : planned_on(state, team, date)) {
            if (at > after && !is_cancelled(state, team, at)) return at;
        }
    }
    return {};
}

Instant last_wash_up(State const& state, TeamConfig const& team, Instant at) {
    auto date = london_date(at);
    for (int day = 0; day <= fortnight; ++day, date = date - 1) {
        auto const times = planned_on(state, team, date);
        for (auto it = times.rbegin(); it != times.rend(); ++it) {
            if (*it <= at && !is_cancelled(state, team, *it)) return *it;
        }
    }
    return {};
}

bool is_planned(State const& state, TeamConfig const& team, Instant at) {
    auto const times = planned_on(state, team, london_date(at));
    return std::find(times.begin(), times.end(), at) != times.end();
}

}  // namespace washup::core
