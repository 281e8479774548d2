#pragma once
// Trends by day and by week without replay: what each day was counted as when it ended is in the
// state; flows of the last 91 days are counted anew, because outcomes are told late. The chart over
// a series is xmr.hpp's.

#include <optional>
#include <vector>

#include "daemon/derive/figures.hpp"

namespace washup::derive {

struct SeriesPoint {
    Date date;  // of a week: its Monday
    std::int64_t value = 0, of = 0;
};

// The figures of the day before `today`, for everybody and each site, team and area of the
// configuration, and of each service's demand; and of the day 28 before that, its flows once more,
// when most of what is told late has been told. For the writer, once a day.
std::vector<core::DayCounted> count_day(core::State const& state, Date today);
// After so many days a day's flows are counted for the last time.
inline constexpr int settled_days = 28;
// Flows of so many days can be counted from the state itself.
inline constexpr int flows_known_days = 91;

// A point a day of a measure of an instant, a point a complete week (Monday to Sunday) of a flow.
// Days that were not counted, and weeks with such a day, are left out.
std::vector<SeriesPoint> series(core::State const& state, Definition const& measure,
                                Scope const& scope);
// What is drawn; nothing where a share is of nothing.
std::optional<double> value_of(Definition const& measure, SeriesPoint const& point);

}  // namespace washup::derive
