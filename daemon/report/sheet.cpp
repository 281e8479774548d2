#include <fmt/format.h>

#include <algorithm>

#include "daemon/derive/chess_clock.hpp"
#include "daemon/derive/gap.hpp"
#include "daemon/report/board_rows.hpp"
#include "daemon/report/return_reports.hpp"

// The wash-up sheet for paper: the seed's columns, large, with room to write.

namespace washup::report {

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
                         row.days ? fmt::format("\n{} days since ready", *row.days) : ""),
             row.ideal, row.expected, fmt::format("{}", fmt::join(blockers, "\n")),
             fmt::format("{}", fmt::join(actions, "\n")), ""});
        table.stays.push_back({{row.stay->id, 1}});
    }
    Document document{{std::move(table)}};
    document.title = "Wash-up";
    document.about = fmt::format("{}, {} {}, as known at {}; {} people", scope->words,
                                 weekday_short(london_date(state.last_at)),
                                 day_month(london_date(state.last_at)), clock_time(state.last_at),
                                 document.tables.front().lines.size());
    document.layout = Layout::sheet;
    return document;
}

}  // namespace washup::report
