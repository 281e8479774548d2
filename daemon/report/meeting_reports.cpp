#include "daemon/report/meeting_reports.hpp"

#include <fmt/format.h>

#include <array>

#include "daemon/core/reading.hpp"
#include "daemon/report/asked.hpp"
#include "daemon/report/suppress.hpp"

namespace washup::report {
namespace {

constexpr OptionKind team_option{"scope", "team: and its code", true};
constexpr OptionKind maybe_team{"scope", "team: and its code; all when left out"};

constexpr std::array<OptionKind, 2> of_agenda{
    {team_option, {"by", "order, ward or worker; order when left out"}}};
constexpr std::array<OptionKind, 1> of_team{{team_option}};
constexpr std::array<OptionKind, 1> of_meetings{{maybe_team}};
constexpr std::array<OptionKind, 2> of_minutes{
    {{"scope", "team: and its code: its latest wash-up"}, {"meeting", "a wash-up by its number"}}};
constexpr std::array<OptionKind, 1> of_actions{{{"owner", "staff id; all when left out"}}};
constexpr std::array<OptionKind, 2> of_causes{{scope_option, suppress_option}};
constexpr std::array<OptionKind, 3> of_pack{{{"cycle", "its code; the only one when left out"},
                                             {"week", "2026-W47; the latest when left out"},
                                             suppress_option}};

constexpr std::array<Kind, 9> kinds{{
    {"actions", "open actions, whose they are and what is late", 3, of_actions, actions},
    {"agenda", "whom a team talks about at its wash-up, in order", 3, of_agenda, agenda},
    {"causes", "what people wait for, for one zone and area, and what became of it", 0, of_causes,
     causes, true},
    {"cycle_pack", "one week of the improvement cycle", 2, of_pack, cycle_pack, true,
     cycle_over_at},
    {"meetings", "wash-ups held, planned and cancelled", 0, of_meetings, meetings},
    {"minutes", "what a wash-up decided, by person and by owner", 3, of_minutes, minutes, false,
     wash_up_over_at},
    {"prompts", "the questions of the wash-up", 0, {}, prompts},
    {"since_last", "what a wash-up opens with: went home, new, cleared, answers", 3, of_team,
     since_last},
    {"staff", "the staff list: roles, who is away, who stands in", 3, {}, staff},
}};

}  // namespace

std::span<Kind const> meeting_kinds() {
    return kinds;
}

Result<core::TeamConfig const*> team_asked(core::State const& state, Options const& options) {
    auto const scope = scope_asked(state, options);
    if (!scope) return scope.error();
    auto const* const team = core::team_config(state.config, scope->code);
    if (scope->kind == derive::ScopeKind::team && team != nullptr) return team;
    return invalid("this is of one team: team: and its code", "scope");
}

}  // namespace washup::report
