#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "daemon/core/measure_codes.hpp"
#include "daemon/settings/draft.hpp"

// Zones, kinds of service and what they serve, and what measures started from and are to reach.

namespace washup::settings {
namespace {

// Beyond any figure that is counted; keeps thousandths exact.
constexpr double measure_value_max = 1e9;

std::vector<std::string> texts_of(std::vector<config::Placed> const& list) {
    std::vector<std::string> texts;
    for (auto const& item : list) texts.push_back(item.text);
    return texts;
}

bool is_district(std::string const& text) {
    auto const good = [](char c) { return (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9'); };
    return text.size() >= 2 && text.size() <= 4 && text[0] >= 'A' && text[0] <= 'Z' &&
           std::all_of(text.begin(), text.end(), good);
}

void read_zones(config::Table& root, Draft& draft) {
    for (auto& table : root.tables("zone")) {
        auto const code = table.placed("code");
        auto const words = table.placed("words");
        auto const council = table.text_or("council", "");
        auto const districts = table.placed_list("districts");
        check_words(words, words_chars_max, draft.faults);
        draft.zones.give(code, draft.faults);
        for (auto const& district : districts) {
            if (!is_district(district.text))
                draft.faults.add(district.at,
                                 fmt::format("\"{}\" is no postcode district", district.text),
                                 "the part in front of the blank, in capitals: \"CT10\"");
            draft.districts.give(district, council, draft.faults);
        }
        draft.settings.config.zones.push_back(
            {code.text, words.text, council, texts_of(districts)});
    }
}

void read_kinds(config::Table& root, Draft& draft) {
    static std::vector<std::string> const pathways{"P0", "P1", "P2", "P3", ""};
    for (auto& table : root.tables("service_kind")) {
        auto const code = table.placed("code");
        auto const words = table.placed("words");
        auto const reasons = table.placed_list("reasons");
        auto const outcomes = table.placed_list("outcomes");
        check_words(words, words_chars_max, draft.faults);
        draft.service_kinds.give(code, draft.faults);
        for (auto const& reason : reasons) {
            draft.waited_for.give(reason, draft.faults);
            draft.waited_reasons.push_back(reason);
        }
        for (auto const& outcome : outcomes) draft.outcomes.refer(outcome);
        draft.settings.config.service_kinds.push_back({code.text, words.text, texts_of(reasons),
                                                       table.one_of_or("pathway", pathways, ""),
                                                       texts_of(outcomes)});
    }
}

bool is_measure(std::string_view code) {
    auto const in = [&](auto const& list) {
        return std::find(std::begin(list), std::end(list), code) != std::end(list);
    };
    return in(core::counted_measures) || in(core::imported_measures);
}

std::vector<std::string> measure_codes() {
    std::vector<std::string> codes;
    for (auto const code : core::counted_measures) codes.emplace_back(code);
    for (auto const code : core::imported_measures) codes.emplace_back(code);
    return codes;
}

// "team:north": the place is referred to, the kind of place judged here.
void check_scope(config::Placed const& scope, Draft& draft) {
    if (scope.text == "all") return;
    auto const colon = scope.text.find(':');
    auto const kind = scope.text.substr(0, colon);
    auto const code =
        config::Placed{colon == std::string::npos ? "" : scope.text.substr(colon + 1), scope.at};
    if (kind == "area") {
        draft.areas.refer(code);
    } else if (kind == "site") {
        draft.sites.refer(code);
    } else if (kind == "team") {
        draft.teams.refer(code);
    } else {
        draft.faults.add(scope.at, fmt::format("\"{}\" is no scope", scope.text),
                         "all, or area:, site: or team: and its code");
    }
}

std::optional<std::int64_t> thousandths(config::Table& table, std::string_view key) {
    if (!table.has(key)) return {};
    return std::llround(table.number_or(key, 0, 0, measure_value_max) * 1000);
}

void check_measure(config::Placed const& code, Draft& draft) {
    if (!code.given() || is_measure(code.text)) return;
    draft.faults.add(code.at, fmt::format("there is no measure \"{}\"", code.text),
                     config::did_you_mean(code.text, measure_codes()));
}

void read_targets(config::Table& root, Draft& draft) {
    for (auto& table : root.tables("measure")) {
        auto const code = table.placed("code");
        auto const scope = table.maybe_placed("scope");
        check_measure(code, draft);
        if (scope) check_scope(*scope, draft);
        core::MeasureTarget target;
        target.measure = code.text;
        if (scope) target.scope = scope->text;
        draft.targets.give(code, target.scope, draft.faults);
        target.baseline = thousandths(table, "baseline");
        target.current = thousandths(table, "current");
        target.target = thousandths(table, "target");
        if (!target.baseline && !target.current && !target.target)
            table.fault("code", "a measure needs a baseline, a current value or a target");
        draft.settings.config.targets.push_back(std::move(target));
    }
}

void read_recalculations(config::Table& root, Draft& draft) {
    for (auto& table : root.tables("recalculation")) {
        core::Recalculation made;
        auto const measure = table.placed("measure");
        auto const scope = table.maybe_placed("scope");
        auto const why = table.placed("why");
        check_measure(measure, draft);
        if (scope) check_scope(*scope, draft);
        check_words(why, words_chars_max, draft.faults);
        made.measure = measure.text;
        if (scope) made.scope = scope->text;
        made.why = why.text;
        if (!table.has("from")) table.fault("from", "from which date on?", "from = 2026-10-05");
        auto const from = table.maybe_instant("from");
        if (!from) continue;
        made.from = london_date(*from);
        if (*from != london_time(made.from, 0, 0))
            table.fault("from", "limits are new from a date on, and not from a time");
        draft.recalculations.give({to_iso(made.from), table.position("from")},
                                  measure.text + " of " + made.scope, draft.faults);
        draft.settings.config.recalculations.push_back(std::move(made));
    }
}

}  // namespace

void read_services(config::Table root, Draft& draft) {
    read_zones(root, draft);
    read_kinds(root, draft);
    read_targets(root, draft);
    read_recalculations(root, draft);
}

void judge_services(Draft& draft) {
    for (auto const& reason : draft.waited_reasons) {
        if (!reason.given() || draft.reasons.has(reason.text)) continue;
        draft.faults.add(reason.at, fmt::format("there is no reason \"{}\"", reason.text),
                         "published or local, as in config/vocab");
    }
}

}  // namespace washup::settings
