#include <fmt/format.h>

#include <bit>

#include "daemon/settings/draft.hpp"

// Weekly cycles and the prompts of the wash-up.

namespace washup::settings {
namespace {

// One day of the week, 1 = Monday.
std::uint32_t day_of_week(config::Table& table, std::string_view key, Draft& draft) {
    auto const days = days_of_week(table, key, draft);
    if (std::popcount(days) != 1) table.fault(key, "one day of the week", "[\"mon\"]");
    return days == 0 ? 1 : static_cast<std::uint32_t>(std::countr_zero(days)) + 1;
}

void read_cycle(config::Table& table, Draft& draft) {
    core::CycleConfig cycle;
    auto const code = table.placed("code");
    auto const words = table.placed("words");
    check_words(words, words_chars_max, draft.faults);
    draft.cycles.give(code, draft.faults);
    cycle.code = code.text;
    cycle.words = words.text;
    if (auto const scope = table.maybe_placed("scope")) {
        cycle.scope = scope->text;
        draft.scopes.push_back(*scope);
    }
    cycle.opens_on = day_of_week(table, "opens_on", draft);
    cycle.opens_minute = minute_of_day(table.placed("opens_at"), draft);
    cycle.closes_on = day_of_week(table, "closes_on", draft);
    cycle.closes_minute = minute_of_day(table.placed("closes_at"), draft);
    draft.settings.config.cycles.push_back(std::move(cycle));
}

void read_prompt(config::Table& table, Draft& draft) {
    auto const code = table.placed("code");
    auto const words = table.placed("words");
    check_words(words, label_chars_max, draft.faults);
    draft.prompts.give(code, draft.faults);
    draft.settings.config.prompts.push_back(
        {code.text, words.text, table.truth_or("names_who", false)});
}

}  // namespace

void read_meetings(config::Table root, Draft& draft) {
    for (auto& table : root.tables("cycle")) read_cycle(table, draft);
    for (auto& table : root.tables("prompt")) read_prompt(table, draft);
}

void judge_scopes(Draft& draft) {
    for (auto const& scope : draft.scopes) {
        if (scope.text == "all") continue;
        auto const colon = scope.text.find(':');
        auto const kind = scope.text.substr(0, colon);
        auto const code = colon == std::string::npos ? std::string() : scope.text.substr(colon + 1);
        auto const known = (kind == "site" && draft.sites.has(code)) ||
                           (kind == "area" && draft.areas.has(code)) ||
                           (kind == "team" && draft.teams.has(code));
        if (known) continue;
        draft.faults.add(scope.at, fmt::format("\"{}\" is no scope of this house", scope.text),
                         "\"all\", \"site:CODE\", \"area:CODE\" or \"team:CODE\"");
    }
}

}  // namespace washup::settings
