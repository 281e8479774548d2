#include "daemon/core/cycle.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

#include "daemon/core/cause.hpp"
#include "daemon/derive/decimal.hpp"
#include "daemon/derive/frozen.hpp"
#include "daemon/derive/pareto.hpp"
#include "daemon/derive/trend.hpp"
#include "daemon/report/asked.hpp"
#include "daemon/report/causes.hpp"
#include "daemon/report/cells.hpp"
#include "daemon/report/meeting_reports.hpp"

// One week of the improvement cycle as a pack.

namespace washup::report {
namespace {

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

// What small numbers must know of the bars: shares tell the total, which stands nowhere else.
void tie_bars(Table& table) {
    constexpr std::size_t weight = 2, share = 3, so_far = 4, before = 6, change = 7;
    table.count_columns = {weight, before};
    Sum now, then;
    for (std::size_t line = 0; line < table.lines.size(); ++line) {
        now.parts.push_back({line, weight});
        then.parts.push_back({line, before});
        auto& worked_out = table.ties.worked_out;
        worked_out[{line, share}] = {{line, weight}};
        worked_out[{line, so_far}] = now.parts;
        worked_out[{line, change}] = {{line, weight}, {line, before}};
    }
    table.ties.sums = {std::move(now), std::move(then)};
}

Table pareto_of(core::State const& state, core::Cycle const& cycle, core::Code const& window) {
    auto const* const earlier = before(state, cycle);
    auto const bars_of = [&](core::Cycle const* of) {
        return derive::pareto_of(state.config, leaves_of(state, of, window),
                                 derive::BarLevel::theme);
    };
    auto const bars = bars_of(&cycle);
    std::map<core::Code, derive::ParetoBar> gone;
    for (auto const& bar : bars_of(earlier).bars) gone[bar.code] = bar;
    Table table;
    table.name = window == "now" ? "pareto_now" : "pareto_7";
    table.title = window == "now" ? "Bed days so far of people still here"
                                  : "Bed days of the last 7 complete days";
    table.definition = fmt::format(
        "{}, {}. Change is against the cycle before it{}.",
        cycle.closed.ms == 0 ? "Not frozen yet: as it is now" : "Frozen when the cycle closed",
        window == "now" ? "people who have left are not in it" : "people who have left are in it",
        earlier == nullptr ? ", of which none is remembered" : "");
    table.columns = {"theme",        "words",     "bed days", "share %",
                     "cumulative %", "vital few", "before",   "change"};
    table.chart = {ChartKind::pareto, 1, 2, "bed days"};
    auto const then_and_change = [&](std::int64_t then, std::int64_t now) {
        using Two = std::pair<std::string, std::string>;
        return earlier == nullptr ? Two{}
                                  : Two{std::to_string(then), fmt::format("{:+}", now - then)};
    };
    for (auto const& bar : bars.bars) {
        auto const [then, change] = then_and_change(gone[bar.code].weight, bar.weight);
        gone.erase(bar.code);
        table.lines.push_back({bar.code, bar.words, std::to_string(bar.weight),
                               derive::percent(bar.weight, bars.total),
                               derive::percent(bar.so_far, bars.total), yes_no(bar.vital), then,
                               change});
    }
    for (auto const& [code, bar] : gone) {
        auto const [then, change] = then_and_change(bar.weight, 0);
        table.lines.push_back({code, bar.words, "0", "", "", "no", then, change});
    }
    tie_bars(table);
    return table;
}

// Of the cycle's week, Monday to Sunday, as far as its days are over; and of the week before it.
class OutcomeLines {
  public:
    OutcomeLines(core::State const& state, core::Cycle const& cycle)
        : state_(state), source_(state), scope_(derive::parse_scope(state, cycle.scope)) {
        table_.name = "outcomes";
        table_.title = "Ideal outcome reached";
        table_.columns = {"measure",   "what",        "week",    "days", "value %",
                          "numerator", "denominator", "unknown", "note"};
        table_.key_columns = 3;
        table_.count_columns = {5, 6, 7};
        table_.definition =
            "Numerator: left with an actual outcome at least as independent as the ideal. "
            "Denominator: discharged people of the wash-up board of whom both are known; unknown "
            "ones are in neither. Of the days of the week that are over.";
    }
    void add(Date monday) {
        for (auto const* const code : {"ideal_outcome", "ideal_outcome_latest"})
            add(*derive::definition_of(code), monday);
    }
    Table finish() { return std::move(table_); }

  private:
    void add(derive::Definition const& measure, Date monday) {
        auto const last = std::min(monday + 6, state_.today - 1);
        auto const days = last < monday ? 0 : last - monday + 1;
        std::vector<std::string> cells{std::string(measure.code), std::string(measure.words),
                                       week_words(monday), std::to_string(days)};
        auto const held = state_.today - monday <= derive::flows_known_days;
        if (held && scope_) {
            auto const figure = source_.over(*scope_, {monday, last}).at(core::Code(measure.code));
            auto const value = derive::text_of(measure.shape, figure);
            cells.insert(cells.end(), {value, std::to_string(figure.value),
                                       std::to_string(figure.of), std::to_string(figure.unknown),
                                       days == 0       ? "no day of it is over"
                                       : value.empty() ? "unknown: nothing to divide by"
                                                       : ""});
        } else {
            add_kept(measure, monday, cells);
        }
        auto const line = table_.lines.size();
        table_.ties.worked_out[{line, 4}] = {{line, 5}, {line, 6}};
        table_.lines.push_back(std::move(cells));
    }
    // Stays of then have gone; what was counted day by day may have stayed.
    void add_kept(derive::Definition const& measure, Date monday, std::vector<std::string>& cells) {
        auto const all =
            scope_ ? derive::series(state_, measure, *scope_) : std::vector<derive::SeriesPoint>{};
        auto const it = std::find_if(all.begin(), all.end(),
                                     [&](auto const& point) { return point.date == monday; });
        if (it == all.end()) {
            cells.insert(cells.end(), {"", "", "", "", "not kept; ask with --true-at"});
            return;
        }
        cells.insert(cells.end(),
                     {derive::percent(it->value, it->of), std::to_string(it->value),
                      std::to_string(it->of), "", "as it was counted then; unknown not kept"});
    }

    core::State const& state_;
    derive::FigureSource source_;
    Result<derive::Scope> scope_;
    Table table_;
};

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

// Of one cause sent to this cycle.
struct Sent {
    std::set<core::StayId> seen_at;
    Instant first;
};

std::map<core::Code, Sent> sent_to(core::Cycle const& cycle) {
    std::map<core::Code, Sent> causes;
    for (auto const& one : cycle.sent) {
        auto& cause = causes[one.cause];
        if (one.stay) cause.seen_at.insert(one.stay);
        if (cause.first.ms == 0 || one.at < cause.first) cause.first = one.at;
    }
    return causes;
}

using HeldByCause = std::map<core::Code, Held>;

Table sent(core::State const& state, core::Cycle const& cycle, HeldByCause& held) {
    Table table{"Causes",
                "Sent to this cycle, with whom each of them holds now: an upper bound of what "
                "solving it frees.",
                {"cause", "words", "seen at stays", "people now", "bed days, 7 days", "decisions"},
                {}};
    table.name = "causes";
    table.count_columns = {2, 3, 4};
    for (auto const& [cause, of] : sent_to(cycle)) {
        auto const decided =
            std::count_if(state.decisions.begin(), state.decisions.end(), [&](auto const& entry) {
                return entry.second.cause == cause && entry.second.cycle == cycle.id;
            });
        table.lines.push_back({cause, core::cause_words(state.config, cause),
                               std::to_string(of.seen_at.size()),
                               std::to_string(held[cause].people.size()),
                               std::to_string(held[cause].bed_days_7), std::to_string(decided)});
        auto const line = table.lines.size() - 1;
        table.ties.together.push_back({{line, 2}, {line, 3}, {line, 4}});
    }
    return table;
}

// An answer belongs to the cycle that its cause was sent to, however late it came, and to the one
// that was open when it came.
bool belongs(core::Answer const& answer, core::Cycle const& cycle,
             std::map<core::Code, Sent> const& causes) {
    if (auto const it = causes.find(answer.cause); it != causes.end())
        return answer.at >= it->second.first;
    return answer.at >= cycle.opened && (cycle.closed.ms == 0 || answer.at <= cycle.closed);
}

// What went up and what came back, as the cycle recorded it; the words are about causes, and
// those who write them are told not to name anybody.
Table escalations(core::State const& state, core::Cycle const& cycle, HeldByCause& held) {
    Table table{
        "Sent upward, and answers",
        "Causes that went beyond a team's own wash-up: to the weekly cycle, and by whom "
        "they were answered. What is asked: to solve the cause for all it holds now.",
        {"cause", "words", "people now", "bed days, 7 days", "sent", "level", "answer", "answered"},
        {}};
    table.name = "escalations";
    table.count_columns = {2, 3};
    auto const causes = sent_to(cycle);
    auto const add = [&](core::Code const& cause, std::vector<std::string> rest) {
        auto const& of = held[cause];
        std::vector<std::string> line{cause, core::cause_words(state.config, cause),
                                      std::to_string(of.people.size()),
                                      std::to_string(of.bed_days_7)};
        line.insert(line.end(), rest.begin(), rest.end());
        table.lines.push_back(std::move(line));
    };
    std::set<core::Code> answered;
    for (auto const& answer : state.answers) {
        if (!belongs(answer, cycle, causes)) continue;
        auto const it = causes.find(answer.cause);
        answered.insert(answer.cause);
        add(answer.cause, {it == causes.end() ? "not by this cycle" : time_cell(it->second.first),
                           answer.level, words_cell(answer.text), time_cell(answer.at)});
    }
    for (auto const& [cause, of] : causes) {
        if (!answered.contains(cause))
            add(cause, {time_cell(of.first), "weekly cycle", "not answered yet", ""});
    }
    std::stable_sort(table.lines.begin(), table.lines.end(),
                     [](auto const& a, auto const& b) { return a.front() < b.front(); });
    if (table.lines.empty())
        table.lines.push_back(
            {"none", "nothing was sent upward and nothing was answered", "", "", "", "", "", ""});
    return table;
}

// A cause that stands in both tables is told by either.
void tie_causes(Document& document, std::size_t sent, std::size_t upward) {
    auto const& causes = document.tables[sent].lines;
    auto const& asked = document.tables[upward].lines;
    for (std::size_t line = 0; line < asked.size(); ++line) {
        std::vector<CellPlace> cells{{line, 2, upward}, {line, 3, upward}};
        for (std::size_t other = 0; other < causes.size(); ++other) {
            if (causes[other].front() == asked[line].front())
                cells.insert(cells.end(), {{other, 3, sent}, {other, 4, sent}});
        }
        document.ties.together.push_back(std::move(cells));
    }
}

// Without names and words: a pack may go further than a ward. `report actions` has them.
Table decisions(core::State const& state, core::Cycle const& cycle, bool carried) {
    Table table{
        carried ? "Carried over" : "Actions decided",
        carried ? "Made in an earlier cycle and open when this one opened." : "Made in this cycle.",
        {"number", "cause", "owner's role", "due", "state"},
        {}};
    table.name = carried ? "carried_over" : "decisions";
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

std::optional<Instant> cycle_over_at(core::State const& state, Options const& options) {
    auto const cycle = cycle_asked(state, options);
    if (!cycle || (*cycle)->closed.ms == 0) return {};
    return (*cycle)->closed;
}

Result<Document> cycle_pack(core::State const& state, Options const& options) {
    auto const asked = cycle_asked(state, options);
    if (!asked) return asked.error();
    auto const& cycle = **asked;
    Document document{{head(state, cycle)}, "Weekly cycle", week_words(cycle.week)};
    for (auto const* const window : derive::frozen_windows)
        document.tables.push_back(pareto_of(state, cycle, window));
    OutcomeLines outcomes{state, cycle};
    outcomes.add(cycle.week);
    outcomes.add(cycle.week - 7);
    document.tables.push_back(outcomes.finish());
    auto const scope = derive::parse_scope(state, cycle.scope);
    auto held = held_by_cause(state, scope ? *scope : derive::Scope{});
    document.tables.push_back(sent(state, cycle, held));
    document.tables.push_back(escalations(state, cycle, held));
    tie_causes(document, document.tables.size() - 2, document.tables.size() - 1);
    document.tables.push_back(decisions(state, cycle, false));
    document.tables.push_back(decisions(state, cycle, true));
    return document;
}

}  // namespace washup::report
