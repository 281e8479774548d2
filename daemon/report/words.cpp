#include <fmt/format.h>

#include "daemon/core/vocabulary.hpp"
#include "daemon/derive/to_map.hpp"
#include "daemon/report/report.hpp"

// What words mean, and which words mean nothing yet.

namespace washup::report {
namespace {

std::string days(core::Period const& period) {
    if (period.from.days == 0 && period.until.days == 0) return {};
    if (period.until.days == 0) return "from " + to_iso(period.from);
    if (period.from.days == 0) return "until " + to_iso(period.until);
    return to_iso(period.from) + " to " + to_iso(period.until);
}

std::string proposed(std::vector<derive::Proposal> const& proposals) {
    std::vector<std::string> all;
    for (auto const& proposal : proposals)
        all.push_back(fmt::format("{} ({}%)", proposal.reason, proposal.percent));
    return fmt::format("{}", fmt::join(all, ", "));
}

Result<Date> date_of(core::State const& state, Options const& options) {
    auto const it = options.find("on");
    if (it == options.end()) return state.today;
    auto const moment = parse_moment(it->second);
    if (!moment) return invalid(moment.error().words, "on");
    return london_date(moment->at);
}

}  // namespace

Result<Document> words(core::State const& state, Options const& options) {
    auto const& text = options.at("words");
    auto const on = date_of(state, options);
    if (!on) return on.error();
    Table table;
    table.title = "What it means";
    table.definition =
        "Every vocabulary of the house in which these words stand; capitals, dashes, blanks and "
        "accents make no difference.";
    table.columns = {"list", "code", "label", "may mean", "in force", "counts on that date"};
    for (auto const& meaning : core::meanings(state.config, text)) {
        table.lines.push_back({meaning.kind, meaning.code, meaning.label,
                               fmt::format("{}", fmt::join(meaning.reasons, " ")),
                               days(meaning.in_force), meaning.in_force.holds(*on) ? "yes" : "no"});
    }
    Document document{{std::move(table)}};
    if (!document.tables.front().lines.empty()) return document;
    Table alike;
    alike.title = "Nothing; what it looks like";
    alike.definition = "Reasons whose words are alike, the likeliest first; for a person to judge.";
    alike.columns = {"reason", "alike"};
    for (auto const& proposal : derive::propose_reasons(state.config, text, *on))
        alike.lines.push_back({proposal.reason, fmt::format("{}%", proposal.percent)});
    document.tables.push_back(std::move(alike));
    return document;
}

Result<Document> to_be_mapped(core::State const& state, Options const&) {
    Table table;
    table.title = "To be mapped";
    table.definition =
        "Words that sources gave as a reason and that no vocabulary knows, of stays in the live "
        "state. An alias in config/vocab gives them their reason.";
    table.columns = {"words", "source", "blockers", "open", "first recorded", "proposals"};
    for (auto const& kind : derive::to_be_mapped(state)) {
        table.lines.push_back({kind.words, kind.source, std::to_string(kind.blockers),
                               std::to_string(kind.open), to_iso(london_date(kind.first_recorded)),
                               proposed(kind.proposals)});
    }
    return Document{{std::move(table)}};
}

}  // namespace washup::report
