#include "daemon/derive/capacity.hpp"

#include <fmt/format.h>

#include "daemon/report/asked.hpp"
#include "daemon/report/figure_reports.hpp"

// Demand against capacity: positions, open requests, unmet need, bottlenecks.

namespace washup::report {
namespace {

std::string number(std::optional<std::int64_t> const& value) {
    return value ? std::to_string(*value) : "";
}

std::string kind_words(core::Config const& config, core::Code const& kind) {
    auto const* const entry = derive::kind_config(config, kind);
    return entry == nullptr ? kind : entry->words;
}

std::string age_hours(core::State const& state, Instant at) {
    return at.ms == 0 ? "" : std::to_string((state.last_at - at).ms / hours(1).ms);
}

// 7, 28 or 91 complete days; the first of them.
Result<Date> first_day(core::State const& state, Options const& options) {
    constexpr int lengths[] = {7, 28, 91};
    auto const days = one_of(options, "days", {"7", "28", "91"}, 1);
    if (!days) return days.error();
    return state.today - lengths[*days];
}

}  // namespace

Result<Document> capacity(core::State const& state, Options const&) {
    Table table;
    table.title = "Demand against capacity";
    table.definition =
        "Net = accepting now - open requests. Open requests: those made for people who are here, "
        "and open blockers whose reason names the kind of service. Tips in: days until more is "
        "asked for than accepted at the pace of the last 28 days (wanted - met); 0 = it is; empty "
        "= not at this pace, or unknown. Counters as reported; empty = not said.";
    table.columns = {"kind",
                     "what",
                     "zone",
                     "pathway",
                     "services",
                     "total",
                     "occupied",
                     "reserved",
                     "out of service",
                     "accepting",
                     "open requests",
                     "oldest, days",
                     "net",
                     "wanted in 28 days",
                     "met in 28 days",
                     "tips in, days",
                     "counter age, hours",
                     "doubt"};
    for (auto const& [key, p] : derive::positions(state)) {
        auto const oldest =
            p.oldest.ms == 0 ? "" : std::to_string(state.today - london_date(p.oldest));
        table.lines.push_back(
            {key.kind, kind_words(state.config, key.kind),
             derive::zone_words(state.config, key.zone), key.pathway, std::to_string(p.services),
             number(p.total), number(p.occupied), number(p.reserved), number(p.out_of_service),
             number(p.accepting), std::to_string(p.open), oldest, number(p.net()),
             std::to_string(p.wanted_28), std::to_string(p.met_28), number(p.days_to_tipping()),
             age_hours(state, p.counted_at), p.doubt});
    }
    return Document{{std::move(table)}};
}

Result<Document> requests(core::State const& state, Options const&) {
    Table table;
    table.title = "Open requests";
    table.definition =
        "What people who are here wait for: requests, and open blockers whose reason names a kind "
        "of service. Oldest first.";
    table.columns = {"stay",      "kind",    "zone",   "pathway",  "wanted since",
                     "age, days", "said by", "offers", "refusals", "last refusal"};
    auto wants = derive::wanted_by_all(state);
    std::erase_if(wants, [](auto const& want) { return want.came != derive::Came::open; });
    std::stable_sort(wants.begin(), wants.end(),
                     [](auto const& a, auto const& b) { return a.since < b.since; });
    for (auto const& want : wants) {
        table.lines.push_back({fmt::format("#{}", want.stay.value()), want.kind,
                               derive::zone_words(state.config, want.zone), want.pathway,
                               to_iso(london_date(want.since)) + ' ' + clock_time(want.since),
                               std::to_string(state.today - london_date(want.since)),
                               want.request ? fmt::format("request {}", want.request.value())
                                            : fmt::format("blocker {}", want.blocker.value()),
                               std::to_string(want.offers), std::to_string(want.refusals),
                               want.last_refusal});
    }
    return Document{{std::move(table)}};
}

Result<Document> unmet_need(core::State const& state, Options const& options) {
    auto const first = first_day(state, options);
    if (!first) return first.error();
    Table table;
    table.title = fmt::format("What was wanted, {} to {}", to_iso(*first), to_iso(state.today - 1));
    table.definition =
        "Wants of those days by kind, zone and London hour at which they were wanted, whatever "
        "became of them, people since gone included; hour empty = the date is all that is known. "
        "Met: a place started, or the person left with "
        "an outcome that the kind leads to. Elsewhere: left with another. Closed: the blocker was "
        "closed and more is not known. Days waited: London dates from wanted to the end, or to "
        "today.";
    table.columns = {"kind", "what",        "zone",      "hour",   "wanted",
                     "met",  "elsewhere",   "withdrawn", "closed", "unknown",
                     "open", "days waited", "refusals"};
    for (auto const& [key, u] : derive::unmet_need(state, *first, state.today - 1)) {
        table.lines.push_back(
            {key.kind, kind_words(state.config, key.kind),
             derive::zone_words(state.config, key.zone),
             key.hour < 0 ? "" : fmt::format("{:02}", key.hour), std::to_string(u.wanted),
             std::to_string(u.met), std::to_string(u.elsewhere), std::to_string(u.withdrawn),
             std::to_string(u.closed), std::to_string(u.unknown), std::to_string(u.open),
             std::to_string(u.days_waited), std::to_string(u.refusals)});
    }
    return Document{{std::move(table)}};
}

Result<Document> bottlenecks(core::State const& state, Options const& options) {
    auto const first = first_day(state, options);
    if (!first) return first.error();
    Table table;
    table.title = fmt::format("Bottlenecks since {}", to_iso(*first));
    table.definition =
        "Days on which more was asked for than accepted, as each day was counted at its end, and "
        "today as it is. Times: spans of such days. HICM change 2: rare and short, or regular.";
    table.columns = {"kind",  "what",  "zone", "pathway", "days so far",
                     "since", "times", "days", "longest", "days counted"};
    for (auto const& [key, b] : derive::bottlenecks(state, *first)) {
        table.lines.push_back({key.kind, kind_words(state.config, key.kind),
                               derive::zone_words(state.config, key.zone), key.pathway,
                               std::to_string(b.days_now), b.days_now == 0 ? "" : to_iso(b.since),
                               std::to_string(b.times), std::to_string(b.days),
                               std::to_string(b.longest), std::to_string(b.days_known)});
    }
    return Document{{std::move(table)}};
}

}  // namespace washup::report
