#include <fmt/format.h>

#include "daemon/core/wash_up.hpp"
#include "daemon/report/board_rows.hpp"
#include "daemon/report/cells.hpp"
#include "daemon/report/return_reports.hpp"

// The wash-up sheet for paper: the seed's columns, large, with room to write.

namespace washup::report {
namespace {

// Until tomorrow at this time, by the teams' schedules. It tells whoever keeps a copy when the
// next one is needed.
Table planned(core::State const& state, Scope const& scope) {
    constexpr Duration ahead = hours(24);
    Table table{"Wash-ups planned in the next 24 hours", "", {"team", "planned"}, {}};
    table.name = "planned";
    for (auto const& team : state.config.teams) {
        if (!scope.place.holds({team.site, {}, team.code, team.area})) continue;
        auto at = core::next_wash_up(state, team, state.last_at);
        while (at.ms != 0 && at <= state.last_at + ahead) {
            table.lines.push_back({team.words, time_cell(at)});
            at = core::next_wash_up(state, team, at);
        }
    }
    return table;
}

std::string ready_words(int days) {
    if (days == 0) return "ready today";
    return fmt::format("{} {} since ready", days, days == 1 ? "day" : "days");
}

}  // namespace

Result<Document> sheet(core::State const& state, Options const& options) {
    auto const scope = scope_of(state, options);
    if (!scope) return scope.error();
    Table table;
    table.name = "sheet";
    table.columns = {"name, ward, bed",         "ideal outcome",
                     "expected outcome",        "blocker, since",
                     "action, owner, deadline", "agreed today: action, who, by when"};
    for (auto const& row : board_rows(state, *scope)) {
        std::vector<std::string> blockers, actions;
        for (auto const* blocker : row.blockers)
            blockers.push_back(fmt::format(
                "{} ({})", reason_words(state.config, blocker->reason, blocker->local_reason),
                day_month(london_date(blocker->opened.at))));
        for (auto const* action : row.actions) actions.push_back(action_words(state, *action));
        if (row.no_plan()) actions.push_back("no plan yet");
        table.lines.push_back(
            {fmt::format("{}\n{} {}{}", row.name, row.ward, row.bed,
                         row.days ? '\n' + ready_words(*row.days) : ""),
             row.ideal, row.expected, fmt::format("{}", fmt::join(blockers, "\n")),
             fmt::format("{}", fmt::join(actions, "\n")), ""});
        table.stays.push_back({{row.stay->id, 1}});
    }
    Document document{{std::move(table), planned(state, *scope)}};
    document.title = "Wash-up";
    document.about = fmt::format("{}, {} {}, as known at {}; {} people", scope->words,
                                 weekday_short(london_date(state.last_at)),
                                 day_month(london_date(state.last_at)), clock_time(state.last_at),
                                 document.tables.front().lines.size());
    document.layout = Layout::sheet;
    return document;
}

}  // namespace washup::report
