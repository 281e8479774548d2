#include <fmt/format.h>

#include <map>

#include "daemon/core/reading.hpp"
#include "daemon/report/asked.hpp"
#include "daemon/report/cells.hpp"
#include "daemon/report/meeting_reports.hpp"

// The staff list, and whose actions are open.

namespace washup::report {
namespace {

std::string date_cell(Date date) {
    return date.days == 0 ? std::string{} : to_iso(date);
}

}  // namespace

Result<Document> staff(core::State const& state, Options const&) {
    std::map<core::StaffId, std::size_t> open;
    for (auto const& [id, stay] : state.stays) {
        for (auto const& action : stay.actions)
            if (action.state == core::ActionState::open) ++open[action.owner];
    }
    Table table{"Staff list",
                "Who may own actions; away on both dates and between them.",
                {"id", "name", "role", "team", "organisation", "e-mail", "hours", "away from",
                 "away until", "deputy", "open actions"},
                {}};
    for (auto const& [id, one] : state.staff) {
        table.lines.push_back({id, words_cell(one.name), one.role, one.team, one.organisation,
                               words_cell(one.email), one.hours.empty() ? "always" : one.hours,
                               date_cell(one.away_from), date_cell(one.away_until),
                               staff_cell(state, one.deputy), std::to_string(open[id])});
    }
    return Document{{std::move(table)}};
}

Result<Document> actions(core::State const& state, Options const& options) {
    auto const wanted = option(options, "owner");
    if (!wanted.empty() && !state.staff.contains(wanted))
        return invalid(fmt::format("\"{}\" is not on the staff list", wanted), "owner");
    Table table{"Open actions",
                "What is due longest ago first.",
                {"owner", "due", "state", "moved", "action", "number", "stay", "name", "place"},
                {}};
    std::multimap<std::pair<Instant, core::StayId>, std::vector<std::string>> lines;
    for (auto const& [id, part] : state.stays) {
        auto const* const stay = state.stay(id);
        if (stay == nullptr || core::end_of(state, *stay)) continue;
        for (auto const& action : part.actions) {
            if (action.state != core::ActionState::open) continue;
            if (!wanted.empty() && action.owner != wanted) continue;
            lines.insert({{action.deadline, id},
                          {owner_cell(state, action), time_cell(action.deadline),
                           action.deadline <= state.last_at ? "overdue" : "open",
                           std::to_string(action.moved), words_cell(action.text),
                           std::to_string(action.id.value()), stay_cell(stay->id),
                           name_cell(state, *stay), place_cell(state, *stay)}});
        }
    }
    for (auto& [key, line] : lines) table.lines.push_back(std::move(line));
    return Document{{std::move(table)}};
}

}  // namespace washup::report
