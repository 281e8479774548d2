#include <fmt/format.h>

#include <algorithm>

#include "daemon/core/reading.hpp"
#include "daemon/derive/clock_figures.hpp"
#include "daemon/derive/decimal.hpp"
#include "daemon/derive/time_held.hpp"
#include "daemon/report/asked.hpp"
#include "daemon/report/clock_reports.hpp"

// The configured clocks: what they came to, and those that run.

namespace washup::report {
namespace {

using core::ClockState;

core::ClockConfig const& config_of(core::State const& state, core::Code const& code) {
    return *std::find_if(state.config.clocks.begin(), state.config.clocks.end(),
                         [&](auto const& clock) { return clock.code == code; });
}

std::string time_taken(std::optional<Duration> const& time) {
    return time ? hours_minutes(*time) : "";
}

std::string instant(Instant at) {
    return at.ms == 0 ? "" : to_rfc3339(at);
}

// Of the breach that was told of this run: what it waited for then.
std::string waited_for(core::State const& state, core::Stay const& stay,
                       core::ClockRun const& run) {
    for (auto const* part : core::parts_of(state, stay)) {
        for (auto const& breach : part->breaches) {
            if (breach.withdrawn || breach.clock != run.clock || breach.started != run.started)
                continue;
            return breach.reason.empty() ? "unattributed" : breach.reason;
        }
    }
    return {};
}

}  // namespace

Result<Document> clocks(core::State const& state, Options const& options) {
    auto const scope = scope_asked(state, options);
    if (!scope) return scope.error();
    constexpr int lengths[] = {7, 28, 91};
    auto const days = one_of(options, "days", {"7", "28", "91"}, 1);
    if (!days) return days.error();
    Table table;
    table.title = fmt::format("Clocks, {}, last {} days", derive::words_of(state.config, *scope),
                              lengths[*days]);
    table.definition =
        "Met and late: stopped by their event in complete London days of the window; in time %: of "
        "these. Times in hours that count on the clock's calendar, by nearest rank. Given up: the "
        "stay ended first. Running, warned and breached: now; they are in no percentile.";
    table.columns = {"clock",   "words",    "met",     "late",   "in time %", "median", "90th %",
                     "longest", "given up", "running", "warned", "breached",  "owner"};
    for (auto const& f : derive::clock_figures(state, *scope, lengths[*days], state.last_at)) {
        auto const& config = config_of(state, f.clock);
        table.lines.push_back({f.clock, config.words, std::to_string(f.met), std::to_string(f.late),
                               derive::percent(f.met, f.met + f.late), time_taken(f.median),
                               time_taken(f.percentile_90), time_taken(f.longest),
                               std::to_string(f.given_up), std::to_string(f.running),
                               std::to_string(f.warned), std::to_string(f.breached), config.owner});
    }
    return Document{{std::move(table)}};
}

Result<Document> clock_runs(core::State const& state, Options const& options) {
    auto const scope = scope_asked(state, options);
    if (!scope) return scope.error();
    std::vector<std::string> codes;
    for (auto const& clock : state.config.clocks) codes.push_back(clock.code);
    auto const wanted = one_of(options, "clock", codes, codes.size());
    if (!wanted) return wanted.error();
    std::vector<std::string> const states{"running", "warned", "breached"};
    auto const in_state = one_of(options, "state", states, states.size());
    if (!in_state) return in_state.error();
    Table table;
    table.title = "Clocks that run, " + derive::words_of(state.config, *scope);
    table.definition =
        "The first due first. Waited for: the blocker that held when it ran out, as it was told "
        "then.";
    table.columns = {"clock", "stay",  "ward",       "started", "due",
                     "ended", "state", "waited for", "owner"};
    auto runs = derive::running_clocks(state, *scope, state.last_at);
    if (auto const named = option(options, "stay"); !named.empty()) {
        auto const* stay = derive::stay_called(state, named);
        if (stay == nullptr) return invalid("no stay of that name is here", "stay");
        runs.clear();
        for (auto const& clock : state.config.clocks) {
            for (auto& run : core::runs_of(state, *stay, clock, state.last_at))
                runs.push_back({stay->id, std::move(run)});
        }
    }
    for (auto const& [id, run] : runs) {
        if (*wanted < codes.size() && run.clock != codes[*wanted]) continue;
        if (*in_state < states.size() && core::name_of(run.state) != states[*in_state]) continue;
        auto const& stay = state.stays.at(id);
        table.lines.push_back({run.clock, fmt::format("#{}", id.value()),
                               derive::shown_place(state, stay).ward, instant(run.started),
                               instant(run.due), instant(run.ended), core::name_of(run.state),
                               waited_for(state, stay, run), config_of(state, run.clock).owner});
    }
    return Document{{std::move(table)}};
}

}  // namespace washup::report
