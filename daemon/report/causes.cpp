#include "daemon/report/causes.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "daemon/core/cause.hpp"
#include "daemon/core/reading.hpp"
#include "daemon/derive/chess_clock.hpp"
#include "daemon/derive/ledger.hpp"
#include "daemon/report/asked.hpp"
#include "daemon/report/meeting_reports.hpp"

namespace washup::report {

std::map<core::Code, Held> held_by_cause(core::State const& state, derive::Scope const& scope) {
    std::map<core::Code, Held> causes;
    for (auto const& [id, stay] : state.stays) {
        if (stay.joined_into || core::end_of(state, stay)) continue;
        if (!scope.holds(derive::shown_place(state, stay))) continue;
        std::map<core::BlockerId, core::Code> of_blocker;
        for (auto const* blocker : derive::blockers_of(state, stay)) {
            auto const cause = core::cause_of(state, stay, *blocker);
            of_blocker[blocker->id] = cause;
            if (blocker->closed) continue;
            auto& held = causes[cause];
            held.people.insert(state.survivor_of(stay.person));
            if (held.since.ms == 0 || blocker->opened.at < held.since)
                held.since = blocker->opened.at;
        }
        for (auto const& night : derive::ledger(state, stay, state.today)) {
            if (night.date + 7 < state.today || !night.blocker) continue;
            if (auto const it = causes.find(of_blocker[night.blocker]); it != causes.end())
                ++it->second.bed_days_7;
        }
    }
    return causes;
}

std::string week_words(Date monday) {
    auto const thursday = monday + 3;
    auto const year = std::stoi(to_iso(thursday).substr(0, 4));
    auto const first = parse_moment(fmt::format("{:04}-01-01", year));
    auto const days = thursday - london_date(first->at);
    return fmt::format("{:04}-W{:02}", year, days / 7 + 1);
}

Result<Document> causes(core::State const& state, Options const& options) {
    auto const scope = scope_asked(state, options);
    if (!scope) return scope.error();
    Table table{
        "Causes",
        "A reason for one zone and area, with whom it holds now: an upper bound of what "
        "solving it frees. The most people first.",
        {"cause", "words", "people now", "bed days, 7 days", "since", "in the cycle", "answer"},
        {}};
    table.count_columns = {2, 3};
    auto const held = held_by_cause(state, *scope);
    std::vector<std::pair<core::Code, Held>> order{held.begin(), held.end()};
    std::stable_sort(order.begin(), order.end(), [](auto const& a, auto const& b) {
        return std::tuple{a.second.people.size(), a.second.bed_days_7} >
               std::tuple{b.second.people.size(), b.second.bed_days_7};
    });
    for (auto const& [cause, one] : order) {
        std::string in_cycle, answer;
        for (auto const& [id, cycle] : state.cycles) {
            auto const has = std::any_of(cycle.sent.begin(), cycle.sent.end(),
                                         [&](auto const& s) { return s.cause == cause; });
            if (has) in_cycle = week_words(cycle.week);
        }
        for (auto const& each : state.answers) {
            if (each.cause == cause)
                answer = fmt::format("{} on {}", each.level, to_iso(london_date(each.at)));
        }
        table.lines.push_back({cause, core::cause_words(state.config, cause),
                               std::to_string(one.people.size()), std::to_string(one.bed_days_7),
                               to_iso(london_date(one.since)), in_cycle, answer});
        auto const line = table.lines.size() - 1;
        table.ties.together.push_back({{line, 2}, {line, 3}});
    }
    return Document{{std::move(table)}};
}

}  // namespace washup::report
