#include "daemon/report/house_figures.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "daemon/core/measure_codes.hpp"
#include "daemon/derive/decimal.hpp"

namespace washup::report {
namespace {

constexpr int look_back_days = 14;
constexpr int evidence_days = 28;

std::string window_words(Date first, Date last) {
    return first == last ? to_iso(first) : to_iso(first) + " to " + to_iso(last);
}

// The latest figure of a measure and scope that began by `today`.
std::pair<core::FigureKey const, core::Figure> const* latest(core::State const& state,
                                                             std::string_view measure,
                                                             derive::Scope const& scope) {
    std::pair<core::FigureKey const, core::Figure> const* found = nullptr;
    for (auto const& entry : state.figures) {
        auto const& [code, where, from, until] = entry.first;
        if (code == measure && where == derive::name_of(scope) && from <= state.today)
            found = &entry;  // in the order of their first days
    }
    return found;
}

// Who answers for every one of the days; nothing when nobody does for one of them.
std::optional<std::set<core::StaffId>> answered_for(core::State const& state,
                                                    std::string_view measure,
                                                    derive::Scope const& scope, derive::Days days) {
    std::set<core::StaffId> names;
    for (auto date = days.first; date <= days.last; date = date + 1) {
        auto const& all = state.confirmed_periods;
        auto const it = std::find_if(all.begin(), all.end(), [&](auto const& period) {
            return period.measure == measure &&
                   (period.scope == "all" || period.scope == derive::name_of(scope)) &&
                   period.from <= date && date <= period.until;
        });
        if (it == all.end()) return {};
        names.insert(it->actor);
    }
    return names;
}

// What the log itself can say for a team: its wash-ups were held, and begun in time.
std::string evidence_of(core::State const& state, core::Code const& team) {
    constexpr Duration in_time = minutes(15);
    int held = 0, timely = 0;
    for (auto const& [id, meeting] : state.meetings) {
        auto const age = state.today - london_date(meeting.opened);
        if (meeting.team != team || age < 1 || age > evidence_days) continue;
        ++held;
        if (meeting.planned.ms != 0 && meeting.opened <= meeting.planned + in_time) ++timely;
    }
    return fmt::format("{} wash-ups held in {} days, {} begun within 15 minutes of their plan",
                       held, evidence_days, timely);
}

}  // namespace

core::MeasureTarget target_of(core::Config const& config, std::string_view measure,
                              derive::Scope const& scope) {
    for (auto const& target : config.targets) {
        if (target.measure == measure && target.scope == derive::name_of(scope)) return target;
    }
    return {};
}

std::string thousandths(std::int64_t value) {
    auto text = derive::ratio(value, 1000, 3);
    text.erase(text.find_last_not_of('0') + 1);
    if (text.back() == '.') text.pop_back();
    return text;
}

HouseFigure extra_home(core::State const& state, derive::Scope const& scope,
                       derive::Figure const& home, std::string window) {
    HouseFigure figure{"extra_home", {}, std::move(window), {}, {}, {}};
    auto const baseline = target_of(state.config, "home", scope).baseline;
    if (!baseline) {
        figure.note = "no baseline of home for this scope";
        return figure;
    }
    constexpr std::int64_t percent_thousandths = 100'000;
    figure.value = derive::ratio(home.value * percent_thousandths - *baseline * home.of,
                                 percent_thousandths, 1);
    figure.numerator = std::to_string(home.value);
    figure.denominator = std::to_string(home.of);
    figure.note = "against a baseline of " + thousandths(*baseline) + "%";
    return figure;
}

HouseFigure per_100k(core::State const& state, derive::Scope const& scope, std::int64_t bed_days,
                     derive::Days days) {
    HouseFigure figure{"bed_days_per_100k", {}, window_words(days.first, days.last), {}, {}, {}};
    auto const* adults = latest(state, "adults", scope);
    auto const count = adults == nullptr ? 0 : adults->second.value / 1000;
    if (count == 0) {
        figure.note = "no adult population was imported for this scope";
        return figure;
    }
    auto const of = count * (days.last - days.first + 1);
    figure.value = derive::ratio(bed_days * 100'000, of, 2);
    figure.numerator = std::to_string(bed_days);
    figure.denominator = std::to_string(of);
    figure.note = "person days of adults";
    return figure;
}

HouseFigure inappropriate(core::State const& state, derive::Scope const& scope) {
    auto const days = derive::complete_days(state.today, look_back_days);
    std::map<core::Code, int> by_kind;
    int count = 0;
    for (auto const& [id, stay] : state.stays) {
        for (auto const& report : stay.reports) {
            if (!days.hold(london_date(report.at.at))) continue;
            auto const* const read_by = state.stay(id);
            if (read_by == nullptr || !scope.holds(derive::shown_place(state, *read_by))) continue;
            ++by_kind[report.kind];
            ++count;
        }
    }
    HouseFigure figure{"inappropriate_14", {}, window_words(days.first, days.last), {}, {}, {}};
    auto const answered = answered_for(state, "inappropriate_14", scope, days);
    // Without anybody's word for it nothing reported is not nothing happened.
    if (count > 0 || answered) figure.value = std::to_string(count);
    figure.note =
        answered ? fmt::format("confirmed by {}", fmt::join(*answered, ", ")) : "not confirmed";
    for (auto const& [kind, of_kind] : by_kind)
        figure.note += fmt::format("; {} {}", kind, of_kind);
    return figure;
}

std::vector<HouseFigure> imported(core::State const& state, derive::Scope const& scope) {
    std::vector<HouseFigure> figures;
    for (auto const measure : core::imported_measures) {
        auto const* found = latest(state, measure, scope);
        if (found == nullptr) continue;
        auto const& [code, where, from, until] = found->first;
        auto const days = state.today - london_date(found->second.recorded);
        figures.push_back({code,
                           thousandths(found->second.value),
                           window_words(from, until),
                           {},
                           {},
                           fmt::format("said by {} {} days ago", found->second.source, days)});
    }
    return figures;
}

Table sustainability(core::State const& state, derive::Scope const& scope) {
    Table table;
    table.title = "Sustainability matrix";
    table.definition =
        "Bronze: running with project support. Silver: bronze, owned by the council and kept up "
        "with senior management support. Gold: silver done independently within the team with a "
        "drive to improve. A manager confirms; the log proposes evidence.";
    table.columns = {"team", "line", "level", "confirmed by", "on", "evidence of the log"};
    for (auto const& team : state.config.teams) {
        if (!scope.holds({team.site, {}, team.code, team.area})) continue;
        auto const evidence = evidence_of(state, team.code);
        auto const lines = state.maturity.find(team.code);
        if (lines == state.maturity.end() || lines->second.empty()) {
            table.lines.push_back({team.words, "", "not confirmed", "", "", evidence});
            continue;
        }
        for (auto const& [dimension, line] : lines->second) {
            table.lines.push_back({team.words, dimension, line.level, line.actor,
                                   to_iso(london_date(line.recorded)), evidence});
        }
    }
    return table;
}

}  // namespace washup::report
