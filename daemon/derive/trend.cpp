#include "daemon/derive/trend.hpp"

#include <algorithm>

#include "daemon/derive/capacity.hpp"
#include "proto/base/time.hpp"

namespace washup::derive {
namespace {

constexpr int week_days = 7;
constexpr std::int64_t imported_unit = 1000;  // they are kept in thousandths

std::vector<Scope> scopes_counted(core::Config const& config) {
    std::vector<Scope> scopes{Scope{}};
    for (auto const& area : config.areas) scopes.push_back({ScopeKind::area, area.code, {}});
    for (auto const& site : config.sites) scopes.push_back({ScopeKind::site, site.code, {}});
    for (auto const& team : config.teams) scopes.push_back({ScopeKind::team, team.code, {}});
    return scopes;
}

// Two years of every measure would be most of what a state holds: of the others trends reach back
// as far as they can be counted from the stays themselves.
constexpr std::string_view kept_for_trends[] = {
    "ready_still_here", "bed_days_now",  "los_7", "los_21",  "on_track",   "bed_days",
    "discharges",       "ideal_outcome", "home",  "delay_0", "mean_delay", "new_permanent"};

void add(std::string const& scope, Figures const& figures, core::DayCounted& day) {
    for (auto const& [measure, figure] : figures) {
        auto const& kept = kept_for_trends;
        if (std::find(std::begin(kept), std::end(kept), measure) == std::end(kept)) continue;
        auto const* const kind = definition_of(measure);
        auto const of = kind != nullptr && kind->shape != Shape::count ? figure.of : 0;
        day.points.push_back({scope, measure, figure.value, of});
    }
}

Date monday_of(Date date) {
    return date - (weekday(date) - 1);
}

std::map<Date, core::TrendPoint> const& counted(core::State const& state, Definition const& measure,
                                                Scope const& scope) {
    static std::map<Date, core::TrendPoint> const none;
    auto const measures = state.trends.find(name_of(scope));
    if (measures == state.trends.end()) return none;
    auto const days = measures->second.find(core::Code(measure.code));
    return days == measures->second.end() ? none : days->second;
}

// Weeks that were counted day by day, up to the one before `until`.
void add_old_weeks(std::map<Date, core::TrendPoint> const& days, Date until,
                   std::vector<SeriesPoint>& out) {
    for (auto it = days.begin(); it != days.end();) {
        auto const monday = monday_of(it->first);
        if (monday >= until) return;
        SeriesPoint week{monday};
        int seen = 0;
        for (; it != days.end() && it->first < monday + week_days; ++it, ++seen) {
            week.value += it->second.value;
            week.of += it->second.of;
        }
        if (seen == week_days) out.push_back(week);
    }
}

std::vector<SeriesPoint> weeks(core::State const& state, Definition const& measure,
                               Scope const& scope) {
    std::vector<SeriesPoint> out;
    auto const code = core::Code(measure.code);
    auto const& days = counted(state, measure, scope);
    auto const this_week = monday_of(state.today);
    auto first = monday_of(state.today - flows_known_days + week_days - 1);
    FigureSource const source{state};
    auto const live = source.over(scope, {first, first});
    if (!live.contains(code)) first = this_week;  // only what was counted tells it
    add_old_weeks(days, first, out);
    // A week that this house did not hear from its beginning is not told, which is not 0.
    auto const began = source.first_day();
    for (auto week = first; week < this_week; week = week + week_days) {
        if (!began || week < *began) continue;
        auto const figure = source.over(scope, {week, week + (week_days - 1)}).at(code);
        out.push_back({week, figure.value, measure.shape == Shape::count ? 0 : figure.of});
    }
    return out;
}

// Readmissions are of the day of discharge, once the cohort of that day is complete.
core::DayCounted cohort(FigureSource const& source, std::vector<Scope> const& scopes, Date date,
                        int within) {
    auto const days = std::to_string(within);
    core::DayCounted day{date, {}};
    for (auto const& scope : scopes) {
        std::int64_t died = 0;
        auto const figure = source.readmitted(scope, {date, date}, within, died);
        if (figure.of == 0) continue;
        day.points.push_back({name_of(scope), "readmitted_" + days, figure.value, figure.of});
        day.points.push_back({name_of(scope), "died_" + days, died, 0});
    }
    return day;
}

bool was_counted(core::State const& state, Date date) {
    auto const all = state.trends.find("all");
    return all != state.trends.end() &&
           std::any_of(all->second.begin(), all->second.end(),
                       [&](auto const& measure) { return measure.second.contains(date); });
}

}  // namespace

std::vector<core::DayCounted> count_day(core::State const& state, Date today) {
    FigureSource const source{state, today};
    core::DayCounted day{today - 1, {}};
    core::DayCounted settled{today - 1 - settled_days, {}};
    auto const scopes = scopes_counted(state.config);
    for (auto const& scope : scopes) {
        auto const name = name_of(scope);
        add(name, source.now(scope), day);
        add(name, source.over(scope, {day.date, day.date}), day);
        add(name, source.over(scope, {settled.date, settled.date}), settled);
    }
    for (auto const& [key, position] : positions(state)) {
        if (position.accepting)
            day.points.push_back(
                {trend_scope(key), demand_measure, position.open, *position.accepting});
    }
    std::vector<core::DayCounted> counted{std::move(day)};
    // A day that nobody counted when it ended was before this house began.
    if (was_counted(state, settled.date)) counted.push_back(std::move(settled));
    for (auto const within : {30, 90}) {
        auto done = cohort(source, scopes, today - within - 1, within);
        if (!done.points.empty()) counted.push_back(std::move(done));
    }
    return counted;
}

std::vector<SeriesPoint> series(core::State const& state, Definition const& measure,
                                Scope const& scope) {
    if (measure.flow && !measure.imported) return weeks(state, measure, scope);
    std::vector<SeriesPoint> out;
    if (measure.imported) {
        for (auto const& [key, figure] : state.figures) {
            auto const& [code, where, from, until] = key;
            if (code == measure.code && where == name_of(scope))
                out.push_back({from, figure.value, imported_unit});
        }
        return out;
    }
    for (auto const& [date, point] : counted(state, measure, scope))
        out.push_back({date, point.value, point.of});
    return out;
}

std::optional<double> value_of(Definition const& measure, SeriesPoint const& point) {
    if (measure.shape == Shape::count && !measure.imported) return static_cast<double>(point.value);
    if (point.of <= 0) return {};
    auto const share = static_cast<double>(point.value) / static_cast<double>(point.of);
    return measure.shape == Shape::percent && !measure.imported ? 100 * share : share;
}

}  // namespace washup::derive
