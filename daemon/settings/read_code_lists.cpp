#include <fmt/format.h>

#include <algorithm>

#include "daemon/core/vocabulary.hpp"
#include "daemon/settings/draft.hpp"
#include "proto/base/fold.hpp"

// Destinations, and the code lists that are not ours with the way from them to our reasons.

namespace washup::settings {
namespace {

std::vector<std::string> texts_of(std::vector<config::Placed> const& list) {
    std::vector<std::string> texts;
    for (auto const& item : list) texts.push_back(item.text);
    return texts;
}

std::vector<std::string> aliases_of(config::Table& table, Draft& draft) {
    auto const aliases = table.placed_list("aliases");
    for (auto const& alias : aliases) check_words(alias, label_chars_max, draft.faults);
    return texts_of(aliases);
}

Date date_of(config::Table& table, char const* key) {
    auto const at = table.maybe_instant(key);
    return at ? london_date(*at) : Date{};
}

void read_destinations(config::Table& root, Draft& draft) {
    static std::vector<std::string> const pathways{"P0", "P1", "P2", "P3"};
    static std::vector<std::string> const residences{"home", "extra_care", "care_home",
                                                     "nursing_home", "none"};
    for (auto& table : root.tables("destination")) {
        auto const code = table.placed("code");
        auto const label = table.placed("label");
        auto const outcomes = table.placed_list("outcomes");
        check_words(label, label_chars_max, draft.faults);
        draft.destinations.give(code, draft.faults);
        for (auto const& outcome : outcomes) draft.outcomes.refer(outcome);
        if (outcomes.empty())
            table.fault("outcomes", "a destination needs a step of the ladder that it means",
                        "for example outcomes = [\"own_home\"]");
        core::Destination destination{code.text,
                                      label.text,
                                      table.one_of("pathway", pathways),
                                      texts_of(outcomes),
                                      aliases_of(table, draft),
                                      {}};
        for (auto const& from : table.placed_list("usual_residences")) {
            if (std::find(residences.begin(), residences.end(), from.text) == residences.end())
                draft.faults.add(from.at, fmt::format("\"{}\" is no usual residence", from.text),
                                 fmt::format("one of: {}", fmt::join(residences, ", ")));
            destination.usual_residences.push_back(from.text);
        }
        draft.settings.config.destinations.push_back(std::move(destination));
    }
}

core::ListedCode read_entry(config::Table& table, std::string const& list, Draft& draft) {
    auto const code = table.placed("code");
    auto const label = table.placed("label");
    auto const reasons = table.placed_list("reasons");
    auto const holders = table.placed_list("holders");
    check_words(label, label_chars_max, draft.faults);
    draft.listed.give(code, list, draft.faults);
    for (auto const& reason : reasons) draft.parents.refer(reason);
    for (auto const& holder : holders) draft.holders.refer(holder);
    return {code.text, label.text, texts_of(reasons), texts_of(holders), aliases_of(table, draft)};
}

void read_lists(config::Table& root, Draft& draft) {
    for (auto& table : root.tables("code_list")) {
        core::CodeList list;
        auto const code = table.placed("code");
        auto const words = table.placed("words");
        check_words(words, words_chars_max, draft.faults);
        draft.code_lists.give(code, draft.faults);
        list.code = code.text;
        list.words = words.text;
        list.in_force = read_period(table);
        for (auto& entry : table.tables("entry"))
            list.entries.push_back(read_entry(entry, list.code, draft));
        if (list.entries.empty()) table.fault("entry", "a code list needs an entry");
        draft.settings.config.code_lists.push_back(std::move(list));
    }
}

}  // namespace

core::Period read_period(config::Table& table) {
    core::Period const period{date_of(table, "from"), date_of(table, "until")};
    if (period.until.days != 0 && period.until < period.from)
        table.fault("until", "it is over before it begins", "`from` and `until` are both included");
    return period;
}

void read_code_lists(config::Table root, Draft& draft) {
    read_destinations(root, draft);
    read_lists(root, draft);
}

// The same words in two lists are nothing odd; twice in one list they would count twice.
void judge_code_lists(std::string const& site_file, Draft& draft) {
    for (auto const* codes : {&draft.destinations, &draft.code_lists, &draft.listed})
        codes->judge(draft.faults);
    auto const twice = [&](std::string const& kind, auto const& entries) {
        std::map<std::string, std::string> meant;
        for (auto const& entry : entries) {
            auto ways = entry.aliases;
            ways.push_back(entry.label);
            for (auto const& way : ways) {
                auto const [first, added] = meant.emplace(fold(way), entry.code);
                if (added || first->second == entry.code) continue;
                draft.faults.add(
                    {site_file, 1, 1},
                    fmt::format("{}: \"{}\" means {} and {}", kind, way, first->second, entry.code),
                    "capitals, dashes and blanks make no difference");
            }
        }
    };
    auto const& config = draft.settings.config;
    twice("destinations", config.destinations);
    for (auto const& list : config.code_lists) twice("code list " + list.code, list.entries);
}

}  // namespace washup::settings
