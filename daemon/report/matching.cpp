#include "daemon/derive/matching.hpp"

#include <fmt/format.h>

#include "daemon/report/asked.hpp"
#include "daemon/report/figure_reports.hpp"

// Who could take a free place, and the best assignment when there are several.

namespace washup::report {
namespace {

std::string joined(std::vector<std::string> const& words) {
    return fmt::format("{}", fmt::join(words, "; "));
}

std::vector<std::string> line_of(std::string place, derive::Match const& match,
                                 derive::Matching const& made, std::size_t at) {
    auto const& fit = match.fits[at];
    auto reasons = fit.against;
    reasons.insert(reasons.end(), fit.beside.begin(), fit.beside.end());
    return {std::move(place),
            fmt::format("#{}", match.want.stay.value()),
            std::to_string(match.days),
            match.gap ? std::to_string(*match.gap) : "",
            to_iso(london_date(match.want.since)),
            made.places[at].service,
            joined(fit.in_favour),
            joined(reasons)};
}

Table table_of(std::string title, std::string definition) {
    Table table;
    table.title = std::move(title);
    table.definition = std::move(definition);
    table.columns = {"place",        "stay",    "bed days", "gap",
                     "wanted since", "service", "for",      "against"};
    return table;
}

}  // namespace

Result<Document> matching(core::State const& state, Options const& options) {
    auto const made = derive::matching(state, option(options, "service"));
    if (!made) return made.error();
    auto could = table_of("Who could take a place",
                          "People who wait for the kind and meet what must be met (zone, council, "
                          "pathway, outcome), most bed days first, then largest gap. A person "
                          "decides.");
    auto best = table_of("The best assignment",
                         "The order above served first: nobody has a place that somebody before "
                         "them could have had. Hours a week are no places and are not given out.");
    auto not_now = table_of("Who waits for the kind and could not", "What stands against it.");
    std::size_t next = 0;
    for (auto const& match : made->matches) {
        if (match.assigned)
            best.lines.push_back(
                line_of(std::to_string(best.lines.size() + 1), match, *made, *match.assigned));
        for (std::size_t at = 0; at < made->places.size(); ++at) {
            auto const& service = state.services.at(made->places[at].service).counters;
            if (service.kind != match.want.kind) continue;
            auto const may = match.fits[at].may();
            auto& table = may ? could : not_now;
            table.lines.push_back(line_of(may ? std::to_string(++next) : "", match, *made, at));
        }
    }
    if (made->cut) could.definition += " There are more than are looked at.";
    return Document{{std::move(could), std::move(best), std::move(not_now)}};
}

}  // namespace washup::report
