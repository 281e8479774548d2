#include "daemon/report/report.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "daemon/report/asked.hpp"
#include "daemon/report/clock_reports.hpp"
#include "daemon/report/figure_reports.hpp"
#include "daemon/report/meeting_reports.hpp"
#include "daemon/report/return_reports.hpp"
#include "daemon/report/suppress.hpp"

namespace washup::report {
namespace {

constexpr std::array<OptionKind, 2> of_words{
    {{"words", "as a source or a return writes them", true},
     {"on", "the date on which they were said; today when left out"}}};

Result<Document> list(core::State const&, Options const&);

constexpr std::array<Kind, 3> kinds{{
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
    for (auto const& kind : report_kinds()) {
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
    static std::vector<Kind> const all = [] {
        std::vector<Kind> joined{kinds.begin(), kinds.end()};
        for (auto const more : {clock_kinds(), figure_kinds(), meeting_kinds(), return_kinds()})
            joined.insert(joined.end(), more.begin(), more.end());
        std::sort(joined.begin(), joined.end(),
                  [](auto const& a, auto const& b) { return a.name < b.name; });
        return joined;
    }();
    return all;
}

Kind const* find_kind(std::string_view name) {
    auto const all = report_kinds();
    auto const it =
        std::find_if(all.begin(), all.end(), [&](auto const& kind) { return kind.name == name; });
    return it == all.end() ? nullptr : &*it;
}

std::optional<Instant> over_at(core::State const& state, std::string_view name,
                               Options const& options) {
    auto const* const kind = find_kind(name);
    if (kind == nullptr || kind->over_at == nullptr) return {};
    return kind->over_at(state, options);
}

Result<Document> make_report(core::State const& state, std::string_view name,
                             Options const& options) {
    auto const* const kind = find_kind(name);
    if (kind == nullptr) {
        std::vector<std::string_view> names;
        for (auto const& each : report_kinds()) names.push_back(each.name);
        return wrong(
            fmt::format("there is no report \"{}\"; there is: {}", name, fmt::join(names, ", ")),
            "name");
    }
    if (auto const good = check(*kind, options); !good) return good.error();
    auto document = kind->make(state, options);
    if (!document || !kind->counts) return document;
    if (auto const done = suppress(*document, options); !done) return done.error();
    return document;
}

}  // namespace washup::report
