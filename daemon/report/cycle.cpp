#include "daemon/core/cycle.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

#include "daemon/core/cause.hpp"
#include "daemon/core/reading.hpp"
#include "daemon/derive/chess_clock.hpp"
#include "daemon/derive/frozen.hpp"
#include "daemon/derive/ledger.hpp"
#include "daemon/derive/tallies.hpp"
#include "daemon/report/asked.hpp"
#include "daemon/report/cells.hpp"
#include "daemon/report/meeting_reports.hpp"

// The weekly improvement cycle: what people wait for, and one week's pack.

namespace washup::report {
namespace {

struct Held {
    std::set<core::PersonId> people;
    std::int64_t bed_days_7 = 0;
    Instant since;  // the earliest blocker that is open
};

std::map<core::Code, Held> held_by_cause(core::State const& state, derive::Scope const& scope) {
    std::map<core::Code, Held> causes;
    for (auto const& [id, stay] : state.stays) {
        if (stay.joined_into || core::end_of(state, stay)) continue;
        if (!scope.holds(derive::shown_place(state, stay))) continue;
        std::map<core::BlockerId, core::Code> of_blocker;
        for (auto const* blocker : derive::blockers_of(state, stay)) {
            auto const cause = core::cause_of(state, stay, *blocker);
            of_blocker[blocker->id] = cause;
            if (blocker->closed) continue;
            auto& held = causes[cause];
            held.people.insert(state.survivor_of(stay.person));
            if (held.since.ms == 0 || blocker->opened.at < held.since)
                held.since = blocker->opened.at;
        }
        for (auto const& night : derive::ledger(state, stay, state.today)) {
            if (night.date + 7 < state.today || !night.blocker) continue;
            if (auto const it = causes.find(of_blocker[night.blocker]); it != causes.end())
                ++it->second.bed_days_7;
        }
    }
    return causes;
}

// "2026-W47" of the week that begins on this Monday.
std::string week_words(Date monday) {
    auto const thursday = monday + 3;
    auto const year = std::stoi(to_iso(thursday).substr(0, 4));
    auto const first = parse_moment(fmt::format("{:04}-01-01", year));
    auto const days = thursday - london_date(first->at);
    return fmt::format("{:04}-W{:02}", year, days / 7 + 1);
}

Result<core::Cycle const*> cycle_asked(core::State const& state, Options const& options) {
    auto const code = option(options, "cycle");
    auto const week = option(options, "week");
    if (!code.empty() && std::none_of(state.config.cycles.begin(), state.config.cycles.end(),
                                      [&](auto const& each) { return each.code == code; })) {
        return invalid(fmt::format("\"{}\" is not a cycle of the site file", code), "cycle");
    }
    core::Cycle const* found = nullptr;
    for (auto const& [id, cycle] : state.cycles) {
        if (!code.empty() && cycle.code != code) continue;
        if (week.empty() || week_words(cycle.week) == week) found = &cycle;
    }
    if (found != nullptr) return found;
    if (!week.empty())
        return invalid(fmt::format("no cycle of {} is remembered; a week is 2026-W47", week),
                       "week");
    return invalid("no cycle has opened yet", "cycle");
}

// The one before it, of the same configuration.
core::Cycle const* before(core::State const& state, core::Cycle const& cycle) {
    core::Cycle const* found = nullptr;
    for (auto const& [id, other] : state.cycles) {
        if (other.code == cycle.code && other.week < cycle.week) found = &other;
    }
    return found;
}

using Leaves = std::vector<core::FrozenLeaf>;

// As it was frozen; of a cycle that is still open, as it is now.
Leaves leaves_of(core::State const& state, core::Cycle const* cycle, core::Code const& window) {
    if (cycle == nullptr) return {};
    for (auto const& frozen : cycle->frozen) {
        if (frozen.window == window) return frozen.leaves;
    }
    return cycle->closed.ms == 0 ? derive::leaves_of(state, cycle->scope, window) : Leaves{};
}

struct Bar {
    std::int64_t now = 0, before = 0;
};

Table pareto_of(core::State const& state, core::Cycle const& cycle, core::Code const& window) {
    auto const* const earlier = before(state, cycle);
    std::map<core::Code, Bar> bars;
    std::int64_t total = 0;
    for (auto const& leaf : leaves_of(state, &cycle, window)) {
        bars[derive::theme_of(state.config, leaf.reason, leaf.local_reason)].now += leaf.bed_days;
        total += leaf.bed_days;
    }
    for (auto const& leaf : leaves_of(state, earlier, window))
        bars[derive::theme_of(state.config, leaf.reason, leaf.local_reason)].before +=
            leaf.bed_days;
    std::vector<std::pair<core::Code, Bar>> order{bars.begin(), bars.end()};
    std::stable_sort(order.begin(), order.end(), [](auto const& a, auto const& b) {
        auto const other = [](auto const& bar) { return bar.first == derive::other_theme; };
        return std::tuple{other(a), -a.second.now} < std::tuple{other(b), -b.second.now};
    });
    Table table;
    table.title = window == "now" ? "Bed days so far of people still here"
                                  : "Bed days of the last 7 complete days";
    table.definition = fmt::format(
        "{}, {}. Change is against the cycle before it{}.",
        cycle.closed.ms == 0 ? "Not frozen yet: as it is now" : "Frozen when the cycle closed",
        window == "now" ? "people who have left are not in it" : "people who have left are in it",
        earlier == nullptr ? ", of which none is remembered" : "");
    table.columns = {"theme", "words", "bed days", "share", "so far", "before", "change"};
    table.chart = {ChartKind::pareto, 1, 2};
    std::int64_t so_far = 0;
    for (auto const& [theme, bar] : order) {
        so_far += bar.now;
        auto const percent = [&](std::int64_t part) {
            return total == 0 ? std::string{}
                              : fmt::format("{}%", (part * 200 + total) / (2 * total));
        };
        std::string words = theme.empty() ? "Unattributed" : theme;
        for (auto const& each : state.config.themes) {
            if (each.code == theme) words = each.words;
        }
        table.lines.push_back(
            {theme.empty() ? "unattributed" : theme, words, std::to_string(bar.now),
             percent(bar.now), percent(so_far),
             earlier == nullptr ? "" : std::to_string(bar.before),
             earlier == nullptr ? "" : fmt::format("{:+}", bar.now - bar.before)});
    }
    return table;
}

Table head(core::State const& state, core::Cycle const& cycle) {
    Table table{"Weekly cycle", "One week of the improvement cycle.", {"what", "is"}, {}};
    table.lines = {{"cycle", cycle.code},
                   {"week", week_words(cycle.week)},
                   {"scope", cycle.scope},
                   {"opened", time_cell(cycle.opened)},
                   {"closed", cycle.closed.ms == 0 ? "still open" : time_cell(cycle.closed)}};
    for (auto const& config : state.config.cycles) {
        if (config.code != cycle.code || cycle.closed.ms != 0) continue;
        table.lines.push_back({"closes", time_cell(core::window_of(config, cycle.opened).closes)});
    }
    return table;
}

Table sent(core::State const& state, core::Cycle const& cycle) {
    Table table{"Causes",
                "Sent to this cycle, with whom each of them holds now: an upper bound of what "
                "solving it frees.",
                {"cause", "words", "seen at stays", "people now", "bed days, 7 days", "decisions",
                 "answer"},
                {}};
    auto const scope = derive::parse_scope(state, cycle.scope);
    auto held = held_by_cause(state, scope ? *scope : derive::Scope{});
    std::map<core::Code, std::size_t> causes;
    for (auto const& one : cycle.sent) causes[one.cause] += one.stay ? 1 : 0;
    for (auto const& [cause, stays] : causes) {
        std::size_t decided = 0;
        for (auto const& [id, decision] : state.decisions)
            decided += decision.cause == cause && decision.cycle == cycle.id ? 1 : 0;
        std::string answer;
        for (auto const& one : state.answers) {
            if (one.cause == cause && one.at >= cycle.opened)
                answer = fmt::format("{} on {}", one.level, to_iso(london_date(one.at)));
        }
        table.lines.push_back({cause, core::cause_words(state.config, cause), std::to_string(stays),
                               std::to_string(held[cause].people.size()),
                               std::to_string(held[cause].bed_days_7), std::to_string(decided),
                               answer});
    }
    return table;
}

// Without names and words: a pack may go further than a ward. `report actions` has them.
Table decisions(core::State const& state, core::Cycle const& cycle, bool carried) {
    Table table{
        carried ? "Carried over" : "Decisions",
        carried ? "Made in an earlier cycle and open when this one opened." : "Made in this cycle.",
        {"number", "cause", "owner's role", "due", "state"},
        {}};
    auto const at = cycle.closed.ms == 0 ? state.last_at : cycle.closed;
    for (auto const& [id, decision] : state.decisions) {
        auto const earlier = decision.cycle < cycle.id && decision.made < cycle.opened &&
                             (decision.finished.ms == 0 || decision.finished >= cycle.opened);
        if (carried ? !earlier : decision.cycle != cycle.id) continue;
        auto const open = decision.finished.ms == 0 || decision.finished > at;
        auto const owner = state.staff.find(decision.owner);
        table.lines.push_back(
            {std::to_string(id.value()), core::cause_words(state.config, decision.cause),
             owner == state.staff.end() ? "" : owner->second.role, time_cell(decision.deadline),
             !open                     ? core::name_of(decision.state)
             : decision.deadline <= at ? "overdue"
                                       : "open"});
    }
    return table;
}

}  // namespace

Result<Document> causes(core::State const& state, Options const& options) {
    auto const scope = scope_asked(state, options);
    if (!scope) return scope.error();
    Table table{
        "Causes",
        "A reason for one zone and area, with whom it holds now: an upper bound of what "
        "solving it frees. The most people first.",
        {"cause", "words", "people now", "bed days, 7 days", "since", "in the cycle", "answer"},
        {}};
    table.count_columns = {2, 3};
    auto const held = held_by_cause(state, *scope);
    std::vector<std::pair<core::Code, Held>> order{held.begin(), held.end()};
    std::stable_sort(order.begin(), order.end(), [](auto const& a, auto const& b) {
        return std::tuple{a.second.people.size(), a.second.bed_days_7} >
               std::tuple{b.second.people.size(), b.second.bed_days_7};
    });
    for (auto const& [cause, one] : order) {
        std::string in_cycle, answer;
        for (auto const& [id, cycle] : state.cycles) {
            auto const has = std::any_of(cycle.sent.begin(), cycle.sent.end(),
                                         [&](auto const& s) { return s.cause == cause; });
            if (has) in_cycle = week_words(cycle.week);
        }
        for (auto const& each : state.answers) {
            if (each.cause == cause)
                answer = fmt::format("{} on {}", each.level, to_iso(london_date(each.at)));
        }
        table.lines.push_back({cause, core::cause_words(state.config, cause),
                               std::to_string(one.people.size()), std::to_string(one.bed_days_7),
                               to_iso(london_date(one.since)), in_cycle, answer});
    }
    return Document{{std::move(table)}};
}

Result<Document> cycle_pack(core::State const& state, Options const& options) {
    auto const cycle = cycle_asked(state, options);
    if (!cycle) return cycle.error();
    Document document{{head(state, **cycle)}, "Weekly cycle", week_words((*cycle)->week)};
    for (auto const* const window : derive::frozen_windows)
        document.tables.push_back(pareto_of(state, **cycle, window));
    document.tables.push_back(sent(state, **cycle));
    document.tables.push_back(decisions(state, **cycle, false));
    document.tables.push_back(decisions(state, **cycle, true));
    return document;
}

}  // namespace washup::report
