#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "daemon/derive/tallies.hpp"
#include "daemon/report/return_reports.hpp"
#include "daemon/report/stays.hpp"

// Evidence for change 2 of the High Impact Change Model: demand against capacity, and how often and
// how long people waited for the same thing. Bottlenecks are told from the midnight ledger, so they
// need no counter from anybody; capacity stands beside them as services reported it. It proposes no
// level: people assess themselves, with these numbers on the table.

namespace washup::report {
namespace {

// What people waited for: a theme, day by day.
struct Waited {
    std::string words;
    std::map<Date, std::int64_t> people;  // by date, those held by it at the midnight
    LineStays stays;                      // with their bed days
};

std::string theme_words(core::Config const& config, core::Code const& theme) {
    for (auto const& entry : config.themes) {
        if (entry.code == theme) return entry.words;
    }
    return theme == derive::other_theme ? "Other" : theme;
}

std::string median(std::vector<std::int64_t> values) {
    if (values.empty()) return not_applicable;
    std::sort(values.begin(), values.end());
    auto const middle = values.size() / 2;
    if (values.size() % 2 == 1) return fixed(values[middle], 1, 1);
    return fixed(values[middle - 1] + values[middle], 2, 1);
}

Table bottlenecks(std::map<std::string, Waited> const& all, Days const& days) {
    Table table;
    table.name = "bottlenecks";
    table.title = "Bottlenecks: what people waited for";
    table.columns = {"waited for",
                     "bed days lost",
                     "people",
                     "days with anybody",
                     "% of days",
                     "times it began",
                     "longest, days",
                     "most people on a day",
                     "half waited, days or less"};
    table.count_columns = {1, 2, 7};
    table.definition =
        "By the theme of the blocker that held at each midnight of the period. It began = a day "
        "with "
        "somebody after one with nobody, or the first day of the period. Half waited = the median "
        "of "
        "bed days a person lost to it, how quickly it is tackled.";
    std::vector<std::pair<std::int64_t, Waited const*>> ordered;
    for (auto const& [theme, waited] : all) {
        std::int64_t lost = 0;
        for (auto const& [stay, amount] : waited.stays) lost += amount;
        ordered.push_back({lost, &waited});
    }
    std::stable_sort(ordered.begin(), ordered.end(),
                     [](auto const& a, auto const& b) { return a.first > b.first; });
    for (auto const& [lost, waited] : ordered) {
        std::int64_t began = 0, longest = 0, most = 0, running = 0;
        for (auto date = days.first; date <= days.last; date = date + 1) {
            auto const it = waited->people.find(date);
            if (it == waited->people.end()) {
                running = 0;
                continue;
            }
            began += running == 0 ? 1 : 0;
            longest = std::max(longest, ++running);
            most = std::max(most, it->second);
        }
        std::vector<std::int64_t> each;
        for (auto const& [stay, amount] : waited->stays) each.push_back(amount);
        auto const line = table.lines.size();
        auto const with = static_cast<std::int64_t>(waited->people.size());
        table.lines.push_back({waited->words, std::to_string(lost),
                               std::to_string(waited->stays.size()), std::to_string(with),
                               fixed(100 * with, days.count(), 1), std::to_string(began),
                               std::to_string(longest), std::to_string(most), median(each)});
        table.stays.push_back(waited->stays);
        table.ties.together.push_back({{line, 1}, {line, 2}});
        table.ties.worked_out[{line, 8}] = {{line, 2}};
    }
    return table;
}

// Day by day, how many were held at midnight: capacity against variation.
Table by_day(std::map<Date, LineStays> const& held, Days const& days) {
    Table table;
    table.name = "days";
    table.title = "Ready and still here at midnight, day by day";
    table.columns = {"day", "people"};
    table.count_columns = {1};
    table.chart = {ChartKind::run, 0, 1, "people at midnight"};
    for (auto date = days.first; date <= days.last; date = date + 1) {
        auto const it = held.find(date);
        auto const stays = it == held.end() ? LineStays{} : it->second;
        table.lines.push_back({day_month(date), std::to_string(stays.size())});
        table.stays.push_back(stays);
    }
    return table;
}

Table capacity(core::State const& state) {
    Table table;
    table.name = "capacity";
    table.title = "Capacity as services last reported it";
    table.columns = {"service",  "kind",     "zone",           "pathway",   "unit", "total",
                     "occupied", "reserved", "out of service", "accepting", "told"};
    table.definition =
        "Now, and not of the period: counters keep no history here. Blank is not known, 0 is none.";
    auto const number = [](std::optional<std::int64_t> const& value) {
        return value ? std::to_string(*value) : std::string{};
    };
    for (auto const& [code, service] : state.services) {
        auto const& told = service.counters;
        table.lines.push_back(
            {told.name.empty() ? code : told.name, told.kind, told.zone, told.pathway, told.unit,
             number(told.total), number(told.occupied), number(told.reserved),
             number(told.out_of_service), number(told.accepting),
             to_iso(london_date(told.occurred)) + " " + clock_time(told.occurred)});
    }
    return table;
}

}  // namespace

Result<Document> hicm(core::State const& state, Options const& options) {
    auto const days = days_of(state, options, Span::month);
    if (!days) return days.error();
    auto const scope = scope_of(state, options);
    if (!scope) return scope.error();
    std::map<std::string, Waited> waited;
    std::map<Date, LineStays> held;
    for (auto const& facts : stays_of(state, *scope)) {
        for (auto const& midnight : facts.ledger) {
            if (!days->hold(midnight.date)) continue;
            held[midnight.date][facts.stay->id] = 1;
            auto const theme =
                midnight.blocker
                    ? derive::theme_of(state.config, published_reason(state.config, midnight),
                                       midnight.local_reason)
                    : core::Code{"unattributed"};
            auto& of_theme = waited[theme.empty() ? derive::other_theme : theme];
            of_theme.words = midnight.blocker ? theme_words(state.config, theme) : "Unattributed";
            ++of_theme.people[midnight.date];
            ++of_theme.stays[facts.stay->id];
        }
    }
    Document document{{bottlenecks(waited, *days), by_day(held, *days), capacity(state)}};
    // Bed days by theme and people by day are the same midnights.
    Sum midnights;
    for (std::size_t line = 0; line < document.tables[0].lines.size(); ++line)
        midnights.parts.push_back({line, 1, 0});
    for (std::size_t line = 0; line < document.tables[1].lines.size(); ++line)
        midnights.whole.push_back({line, 1, 1});
    document.ties.sums.push_back(std::move(midnights));
    document.title = "High Impact Change Model, change 2: monitoring demand and capacity";
    document.about = scope->words + ", " + days->words;
    return document;
}

}  // namespace washup::report
