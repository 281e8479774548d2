#include "daemon/report/report.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace washup::report {
namespace {

constexpr std::array<OptionKind, 2> of_words{
    {{"words", "as a source or a return writes them", true},
     {"on", "the date on which they were said; today when left out"}}};

constexpr OptionKind scope_option{
    "scope", "all; area:, site:, team: and a code; ward:SITE/WARD. All when left out"};
constexpr std::array<OptionKind, 4> of_pareto{
    {scope_option,
     {"window", "now, 7, 28 or 91 complete days; 28 when left out"},
     {"level", "theme, reason, local_reason or family; theme when left out"},
     {"weight", "bed_days, or in the window now: people, gap; bed_days when left out"}}};
constexpr std::array<OptionKind, 5> of_pareto_people{
    {of_pareto[0],
     of_pareto[1],
     of_pareto[2],
     of_pareto[3],
     {"bar", "one bar's code; all when left out"}}};

constexpr std::array<OptionKind, 5> of_chess_clock{
    {scope_option,
     of_pareto[1],
     {"by", "holder, theme, reason, local_reason or cause; holder when left out"},
     {"holder", "of this one alone, \"unattributed\" too; all when left out"},
     {"reason", "of this reason, local reason or theme alone; all when left out"}}};
constexpr std::array<OptionKind, 1> of_stay{{{"stay", "AUTHORITY:NUMBER or #17", true}}};

constexpr std::array<OptionKind, 2> of_measures{
    {scope_option, {"days", "7, 28 or 91 complete days for flows; 28 when left out"}}};

Result<Document> list(core::State const&, Options const&);

constexpr std::array<Kind, 9> kinds{{
    {"chess_clock", "whom the bed days lost belong to: by holder, theme, reason or cause", 0,
     of_chess_clock, chess_clock},
    {"chess_clock_person", "one person's time since ready, hour by hour, by who held it", 3,
     of_stay, chess_clock_person},
    {"definitions", "what each measure is, in words", 0, {}, definitions},
    {"measures", "the measures of a scope, with numerator and denominator", 0, of_measures,
     measures},
    {"pareto", "what bed days, people or gaps wait for, most first", 0, of_pareto, pareto},
    {"pareto_people", "the people behind the bars of a Pareto", 3, of_pareto_people, pareto_people},
    {"reports", "this list", 0, {}, list},
    {"to_be_mapped",
     "words of sources that no vocabulary knows, with proposals",
     3,
     {},
     to_be_mapped},
    {"words", "what words mean in every vocabulary of the house", 0, of_words, words},
}};

Result<Document> list(core::State const&, Options const&) {
    Table table;
    table.title = "Reports";
    table.definition = "What can be asked for by name, with its options; * = needed.";
    table.columns = {"report", "what it is", "options", "tier"};
    for (auto const& kind : kinds) {
        std::vector<std::string> options;
        for (auto const& option : kind.options)
            options.push_back(
                fmt::format("{}{}: {}", option.key, option.needed ? "*" : "", option.words));
        table.lines.push_back({std::string(kind.name), std::string(kind.words),
                               fmt::format("{}", fmt::join(options, "; ")),
                               std::to_string(kind.tier)});
    }
    return Document{{std::move(table)}};
}

Error wrong(std::string words, std::string_view field) {
    return invalid(std::move(words), std::string(field));
}

Result<void> check(Kind const& kind, Options const& options) {
    for (auto const& [key, value] : options) {
        auto const known = std::any_of(kind.options.begin(), kind.options.end(),
                                       [&](auto const& option) { return option.key == key; });
        if (!known)
            return wrong(fmt::format("the report {} has no option \"{}\"", kind.name, key), key);
    }
    for (auto const& option : kind.options) {
        auto const it = options.find(std::string(option.key));
        if (option.needed && (it == options.end() || it->second.empty())) {
            return wrong(
                fmt::format("the report {} needs `{}`: {}", kind.name, option.key, option.words),
                option.key);
        }
    }
    return boost::system::in_place_value;
}

}  // namespace

std::span<Kind const> report_kinds() {
    return kinds;
}

Kind const* find_kind(std::string_view name) {
    auto const it = std::find_if(kinds.begin(), kinds.end(),
                                 [&](auto const& kind) { return kind.name == name; });
    return it == kinds.end() ? nullptr : &*it;
}

Result<Document> make_report(core::State const& state, std::string_view name,
                             Options const& options) {
    auto const* const kind = find_kind(name);
    if (kind == nullptr) {
        std::vector<std::string_view> names;
        for (auto const& each : kinds) names.push_back(each.name);
        return wrong(
            fmt::format("there is no report \"{}\"; there is: {}", name, fmt::join(names, ", ")),
            "name");
    }
    if (auto const good = check(*kind, options); !good) return good.error();
    return kind->make(state, options);
}

}  // namespace washup::report
