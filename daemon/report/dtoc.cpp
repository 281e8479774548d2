#include <map>

#include <fmt/format.h>

#include "daemon/report/asked.hpp"
#include "daemon/report/crosswalk.hpp"
#include "daemon/report/organisation.hpp"
#include "daemon/report/return_reports.hpp"
#include "daemon/report/stays.hpp"

// Delays in the codes of other times: the delayed transfers of care return of 2017 with NHS, social
// care or both, and plain counts of any list. Bed days are those of the midnight ledger; the old
// return counted what two disciplines had agreed was ready for transfer, so trends across the
// change are a break and no line.

namespace washup::report {
namespace {

struct Counted {
    std::int64_t days = 0;
    LineStays stays;
    void add(core::StayId stay) {
        ++days;
        ++stays[stay];
    }
};

constexpr char const* no_code = "no code";

std::string words_of_holder(std::optional<core::Code> const& holder) {
    if (!holder) return "not attributed";
    if (*holder == "nhs") return "NHS";
    if (*holder == "social_care") return "Social Care";
    return *holder == "both" ? "Both" : *holder;
}

struct Asked {
    Days days;
    Scope scope;
};
Result<Asked> asked_of(core::State const& state, Options const& options) {
    auto const days = days_of(state, options, Span::month);
    if (!days) return days.error();
    auto const scope = scope_of(state, options);
    if (!scope) return scope.error();
    return Asked{*days, *scope};
}

struct Told {
    std::string code, label;
    std::optional<core::Code> holder;
};
Told told_of(core::Config const& config, core::CodeList const& list,
             derive::LostMidnight const& midnight) {
    if (!midnight.blocker) return {no_code, "Unattributed: no blocker held", {}};
    auto const reason = published_reason(config, midnight);
    auto const codes = old_codes(list, reason, midnight.holder);
    if (codes.entries.empty()) {
        return {
            no_code,
            reason.empty() ? "Words that no vocabulary knows" : "No match in the list: " + reason,
            {}};
    }
    return {codes.code(), codes.label(), attribution(codes, midnight.holder)};
}

// With the total in a table of its own. Days and people of a line tell how few there were, and all
// days add up to the total.
Document finished(Table table, std::size_t days_column, std::size_t people_column,
                  std::int64_t all) {
    std::vector<CellPlace> days;
    for (std::size_t line = 0; line < table.lines.size(); ++line) {
        days.push_back({line, days_column});
        table.ties.together.push_back({{line, days_column}, {line, people_column}});
    }
    table.count_columns = {days_column, people_column};
    Table total{"All of them", "", {"what", "count"}, {{"bed days in the period", {}}}, "total"};
    total.lines[0][1] = std::to_string(all);
    total.count_columns = {1};
    Document document{{std::move(table), std::move(total)}};
    document.ties.sums.push_back({std::move(days), {{0, 1, 1}}});
    return document;
}

}  // namespace

Result<Document> dtoc(core::State const& state, Options const& options) {
    auto const asked = asked_of(state, options);
    if (!asked) return asked.error();
    auto const* const list = code_list(state.config, "dtoc");
    if (list == nullptr) return invalid("the site has no code list \"dtoc\": include dtoc.toml");
    struct Key {
        std::string council, council_words, code, label, holder;
        auto operator<=>(Key const&) const = default;
    };
    std::map<Key, Counted> counted;
    std::int64_t all = 0;
    for (auto const& facts : stays_of(state, asked->scope)) {
        auto const* const known = council_config(state.config, facts.council);
        for (auto const& midnight : facts.ledger) {
            if (!asked->days.hold(midnight.date)) continue;
            auto const told = told_of(state.config, *list, midnight);
            Key const key{known == nullptr ? facts.council : known->official,
                          known != nullptr        ? known->words
                          : facts.council.empty() ? "not known"
                                                  : "",
                          told.code, told.label, words_of_holder(told.holder)};
            counted[key].add(facts.stay->id);
            ++all;
        }
    }
    auto const org = organisation_of(state.config, asked->scope);
    Table table;
    table.name = "delays";
    table.title = "Delayed days in the codes of 2017";
    table.columns = {"Period",
                     "Provider Org Code",
                     "Provider Org Name",
                     "Local Authority Code",
                     "Local Authority",
                     "Care Type",
                     "Reason",
                     "Reason Label",
                     "Attribution",
                     "Delayed Days",
                     "DTOC Beds",
                     "People"};
    table.key_columns = 9;
    table.definition =
        "Bed days of the midnight ledger in the period, each by the reason that held at its "
        "midnight, carried back to the old codes by the crosswalk in config/vocab. A reason that "
        "two old codes share is told as \"Di or Dii\" and not divided; one that none has is \"no "
        "code\". Attribution is the blocker's holder where the old code allows it, else the only "
        "one it allows, else \"not attributed\". DTOC beds = delayed days / days in the period.";
    for (auto const& [key, of_key] : counted) {
        auto const line = table.lines.size();
        table.lines.push_back(
            {slashed(asked->days.first), org.code, org.words, key.council, key.council_words,
             "Acute", key.code, key.label, key.holder, std::to_string(of_key.days),
             fixed(of_key.days, asked->days.count(), 2), std::to_string(of_key.stays.size())});
        table.stays.push_back(of_key.stays);
        table.ties.worked_out[{line, 10}] = {{line, 9}};
    }
    auto document = finished(std::move(table), 9, 11, all);
    document.title = "Delayed transfers of care, in the codes of 2017";
    document.about = asked->scope.words + ", " + asked->days.words;
    return document;
}

Result<Document> code_list_counts(core::State const& state, Options const& options) {
    auto const asked = asked_of(state, options);
    if (!asked) return asked.error();
    auto const wanted = option(options, "list");
    auto const* const list = code_list(state.config, wanted);
    if (list == nullptr) {
        std::vector<std::string> codes;
        for (auto const& each : state.config.code_lists) codes.push_back(each.code);
        return invalid(fmt::format("there is no code list \"{}\"; there is: {}", wanted,
                                   fmt::join(codes, ", ")),
                       "list");
    }
    std::map<std::string, Counted> counted;
    std::map<std::string, std::string> labels;
    // Every code of the list stands there, those with nothing too, in its order; then the shared.
    std::vector<std::string> order;
    for (auto const& entry : list->entries) {
        order.push_back(entry.code);
        labels[entry.code] = entry.label;
    }
    std::int64_t all = 0;
    for (auto const& facts : stays_of(state, asked->scope)) {
        for (auto const& midnight : facts.ledger) {
            if (!asked->days.hold(midnight.date)) continue;
            auto const told = told_of(state.config, *list, midnight);
            auto const key = told.code == no_code ? told.code + ": " + told.label : told.code;
            if (labels.try_emplace(key, told.label).second) order.push_back(key);
            counted[key].add(facts.stay->id);
            ++all;
        }
    }
    Table table;
    table.name = "counts";
    table.title = fmt::format("Bed days in the codes of \"{}\"", list->words);
    table.columns = {"code", "label", "bed days", "people"};
    table.definition =
        "Bed days of the midnight ledger in the period by the reason that held, carried back by "
        "the "
        "crosswalk in config/vocab; \"or\" where several codes share a reason. The list serves "
        "this report alone.";
    for (auto const& code : order) {
        auto const& of_code = counted[code];
        table.lines.push_back({code.starts_with(no_code) ? no_code : code, labels[code],
                               std::to_string(of_code.days), std::to_string(of_code.stays.size())});
        table.stays.push_back(of_code.stays);
    }
    table.key_columns = 2;
    auto document = finished(std::move(table), 2, 3, all);
    document.title = list->words;
    document.about = asked->scope.words + ", " + asked->days.words;
    return document;
}

}  // namespace washup::report
