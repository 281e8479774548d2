#include "daemon/derive/pareto.hpp"

#include <fmt/format.h>

#include "daemon/core/reading.hpp"
#include "daemon/derive/decimal.hpp"
#include "daemon/report/asked.hpp"
#include "daemon/report/figure_reports.hpp"

// The Pareto at any level, scope, window and weight, and the people behind its bars.

namespace washup::report {
namespace {

using derive::BarLevel;
using derive::Weight;
using derive::Window;

constexpr Window windows[] = {Window::now, Window::days_7, Window::days_28, Window::days_91};
constexpr BarLevel levels[] = {BarLevel::theme, BarLevel::reason, BarLevel::local_reason,
                               BarLevel::family};
constexpr Weight weights[] = {Weight::bed_days, Weight::people, Weight::gap};

Result<derive::ParetoAsked> asked_of(core::State const& state, Options const& options) {
    auto const scope = scope_asked(state, options);
    if (!scope) return scope.error();
    auto const window = one_of(options, "window", {"now", "7", "28", "91"}, 2);
    if (!window) return window.error();
    auto const level = one_of(options, "level", {"theme", "reason", "local_reason", "family"}, 0);
    if (!level) return level.error();
    auto const weight = one_of(options, "weight", {"bed_days", "people", "gap"}, 0);
    if (!weight) return weight.error();
    derive::ParetoAsked asked{*scope, windows[*window], levels[*level], weights[*weight]};
    if (asked.weight != Weight::bed_days && asked.window != Window::now) {
        return invalid(
            "people and gap are weighed in the window \"now\" alone: elsewhere one person would "
            "count again and again",
            "weight");
    }
    return asked;
}

std::string weight_words(Weight weight) {
    switch (weight) {
        case Weight::bed_days:
            return "bed days lost";
        case Weight::people:
            return "people ready and still here";
        case Weight::gap:
            return "outcome gap in steps, of people ready and still here";
    }
    return {};
}

std::string window_words(Window window, Date today) {
    auto const dates = derive::dates_of(window, today);
    if (!dates) return "now";
    return fmt::format("last {} days, {} to {}", static_cast<int>(window), to_iso(dates->first),
                       to_iso(dates->second));
}

std::string definition(derive::ParetoAsked const& asked) {
    if (asked.weight == Weight::people)
        return "People ready and still here, each once, by the cause that holds the clock now.";
    if (asked.weight == Weight::gap)
        return "Steps of the outcome ladder from ideal to expected, of people ready and still "
               "here, by the cause that holds the clock now; a gap below 0 counts as 0, one that "
               "is not known is told in the head.";
    std::string const of = asked.window == Window::now
                               ? "of people still here, all days so far"
                               : "of complete London days, people who have left included";
    return "Midnights in bed after the ready date, each for the cause that held the clock at that "
           "midnight; " +
           of + ".";
}

std::string words_of_code(core::Config const& config, derive::BarLevel level,
                          core::Code const& code) {
    auto const kind = code == "unattributed"        ? derive::BarKind::unattributed
                      : code == derive::other_theme ? derive::BarKind::other
                                                    : derive::BarKind::named;
    return derive::bar_words(config, level, {code, kind});
}

LineStays stays_behind(derive::Pareto const& pareto, derive::ParetoBar const& bar) {
    LineStays stays;
    for (auto const& person : pareto.people) {
        if (person.bar == bar.code) stays[person.stay] += person.weight;
    }
    return stays;
}

// What small numbers must know of the line that comes next: days and people both say how few there
// were, each running sum tells the bars it is made of, and a change tells one of its two ends.
void keep_together(Table& table, std::vector<CellPlace>& weights_so_far) {
    auto const line = table.lines.size();
    weights_so_far.push_back({line, 3});
    table.ties.together.push_back({{line, 3}, {line, 7}});
    table.ties.worked_out[{line, 4}] = {{line, 3}};
    table.ties.worked_out[{line, 5}] = weights_so_far;
    table.ties.worked_out[{line, 11}] = {{line, 3}, {line, 10}};
}

Table bars(derive::Pareto const& pareto, core::State const& state) {
    auto const& asked = pareto.asked;
    Table table;
    table.title = fmt::format(
        "{} by {}, {}, {}", weight_words(asked.weight), derive::name_of(asked.level),
        derive::words_of(state.config, asked.scope), window_words(asked.window, state.today));
    table.title.front() = static_cast<char>(table.title.front() - 'a' + 'A');
    table.definition = definition(asked) +
                       " People: distinct, never added up. Holds now, and bed days in the last 7 "
                       "complete days: what the cause holds, an upper bound of what solving it "
                       "frees.";
    table.columns = {"code",         "cause",     "place",  "weight",    "share %",
                     "cumulative %", "vital few", "people", "holds now", "bed days in 7 days",
                     "frozen",       "change"};
    table.name = "bars";
    table.key_columns = 2;  // a bar is the same one in another place
    table.count_columns = {3, 7, 8, 9, 10};
    table.chart = {ChartKind::pareto, 1, 3, weight_words(asked.weight)};
    auto const frozen = derive::frozen_bars(state, asked);
    if (frozen) {
        table.definition += " Frozen: as the weekly cycle kept them on " + to_iso(frozen->date) +
                            "; a cause that is gone since is listed without a place.";
    }
    std::size_t place = 0;
    auto gone = frozen ? frozen->bed_days : std::map<core::Code, std::int64_t>{};
    std::vector<CellPlace> weights_so_far;
    for (auto const& bar : pareto.bars) {
        std::string then, change;
        if (frozen) {
            then = std::to_string(gone[bar.code]);
            change = fmt::format("{:+}", bar.weight - gone[bar.code]);
            gone.erase(bar.code);
        }
        table.stays.push_back(stays_behind(pareto, bar));
        keep_together(table, weights_so_far);
        table.lines.push_back(
            {bar.code, bar.words, std::to_string(++place), std::to_string(bar.weight),
             derive::percent(bar.weight, pareto.total), derive::percent(bar.so_far, pareto.total),
             yes_no(bar.vital), std::to_string(bar.people), std::to_string(bar.holds_people),
             std::to_string(bar.holds_bed_days_7), then, change});
    }
    for (auto const& [code, days] : gone) {
        table.ties.worked_out[{table.lines.size(), 11}] = {{table.lines.size(), 10}};
        table.stays.emplace_back();
        table.lines.push_back({code, words_of_code(state.config, asked.level, code), "", "0", "",
                               "", "no", "0", "0", "0", std::to_string(days),
                               fmt::format("{:+}", -days)});
    }
    return table;
}

constexpr std::size_t total_line = 4;  // of the head

Table head(derive::Pareto const& pareto, core::State const& state) {
    auto const& asked = pareto.asked;
    std::vector<std::string> vital;
    for (auto const& bar : pareto.bars) {
        if (bar.vital) vital.push_back(bar.words);
    }
    Table table;
    table.name = "head";
    table.title = "What the bars say";
    table.definition = "The vital few: the first causes that together make 80%.";
    table.columns = {"what", "value"};
    table.count_columns = {1};
    table.lines = {
        {"scope", derive::name_of(asked.scope)},
        {"window", window_words(asked.window, state.today)},
        {"weight", weight_words(asked.weight)},
        {"people who have left are included", yes_no(pareto.with_people_gone)},
        {"total, the headline of the same scope and window", std::to_string(pareto.total)},
        {"vital few", fmt::format("{}", fmt::join(vital, ", "))}};
    if (asked.weight == Weight::gap)
        table.lines.push_back(
            {"people whose gap is not known", std::to_string(pareto.gap_unknown)});
    return table;
}

std::vector<std::string> person_line(core::State const& state, derive::ParetoBar const& bar,
                                     derive::BarPerson const& person) {
    auto const& stay = state.stays.at(person.stay);
    auto const name = core::read(state, stay, core::Field::name);
    auto const place = core::read(state, stay, core::Field::location);
    auto const at =
        place.known() ? place.fact->value.location.value_or(core::Location{}) : core::Location{};
    return {bar.code,
            bar.words,
            fmt::format("#{}", person.stay.value()),
            name.known() ? name.fact->value.text.text : "",
            at.ward,
            at.bed,
            std::to_string(person.weight),
            yes_no(person.here),
            yes_no(person.held_now)};
}

}  // namespace

Result<Document> pareto(core::State const& state, Options const& options) {
    auto const asked = asked_of(state, options);
    if (!asked) return asked.error();
    auto const made = derive::pareto(state, *asked);
    Document document{{bars(made, state), head(made, state)}};
    Sum all{{}, {{total_line, 1, 1}}};
    for (std::size_t line = 0; line < made.bars.size(); ++line) {
        all.parts.push_back({line, 3, 0});
        // A share beside its weight tells the total.
        for (std::size_t const share : {4u, 5u})
            document.ties.worked_out[{line, share, 0}] = all.whole;
    }
    document.ties.sums.push_back(std::move(all));
    document.title = "What people wait for";
    document.about = derive::words_of(state.config, asked->scope) + ", " +
                     window_words(asked->window, state.today);
    return document;
}

Result<Document> pareto_people(core::State const& state, Options const& options) {
    auto const asked = asked_of(state, options);
    if (!asked) return asked.error();
    auto const made = derive::pareto(state, *asked);
    auto const wanted = option(options, "bar");
    Table table;
    table.title = "People behind the bars";
    table.definition = definition(*asked) +
                       " Held now: this cause holds the clock of somebody "
                       "who is ready and still here.";
    table.columns = {"bar", "cause",  "stay",       "name",    "ward",
                     "bed", "weight", "still here", "held now"};
    bool known = wanted.empty();
    for (auto const& bar : made.bars) known = known || bar.code == wanted;
    if (!known) return invalid(fmt::format("there is no bar \"{}\" in it", wanted), "bar");
    for (auto const& bar : made.bars) {
        if (!wanted.empty() && bar.code != wanted) continue;
        for (auto const& person : made.people) {
            if (person.bar != bar.code) continue;
            table.lines.push_back(person_line(state, bar, person));
        }
    }
    return Document{{std::move(table)}};
}

}  // namespace washup::report
