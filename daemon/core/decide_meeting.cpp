#include <fmt/format.h>

#include <algorithm>

#include "daemon/core/decide_command.hpp"
#include "daemon/core/plausible.hpp"
#include "daemon/core/wash_up.hpp"

// A person's commands at the wash-up (product.md section 7).

namespace washup::core {
namespace {

// People sit down before or after the time on the door; what is further off is an extra meeting.
constexpr Duration before_the_time = hours(1);
constexpr Duration after_the_time = hours(4);

bool has_meeting(State const& state, Code const& team, Instant planned) {
    return std::any_of(state.meetings.begin(), state.meetings.end(), [&](auto const& entry) {
        return entry.second.team == team && entry.second.planned == planned;
    });
}

// The time of the schedule that a meeting opened now stands for; 0 = an extra one.
Instant planned_for(State const& state, TeamConfig const& team, Instant now) {
    auto const last = last_wash_up(state, team, now + before_the_time);
    auto const fits = last.ms != 0 && last + after_the_time >= now;
    return fits && !has_meeting(state, team.code, last) ? last : Instant{};
}

Meeting const* open_meeting(State const& state, Code const& team) {
    for (auto const& [id, meeting] : state.meetings) {
        if (meeting.closed.ms == 0 && meeting.team == team) return &meeting;
    }
    return nullptr;
}

Result<Meeting const*> meeting_named(State const& state, MeetingId id, Code const& team) {
    if (!id) {
        auto const* const open = open_meeting(state, team);
        if (open != nullptr) return open;
        return refused(fmt::format("the team \"{}\" has no wash-up open; open it first", team),
                       "meeting");
    }
    auto const it = state.meetings.find(id);
    if (it == state.meetings.end()) return refused("there is no wash-up of that number", "meeting");
    if (it->second.closed.ms != 0)
        return refused("that wash-up is closed; what it said stands in its minutes", "meeting");
    return &it->second;
}

Result<Meeting const*> meeting_over(Decider const& d, Stay const& stay, MeetingId id) {
    auto const team = team_of(d.state, stay, location_at(d.state, stay, d.now));
    return meeting_named(d.state, id, team);
}

Outcomes full(char const* what) {
    return refused(fmt::format("this stay has {} already; that is more than a stay can have", what),
                   "stay");
}

}  // namespace

Outcomes carry_out(Decider& d, Command const& c, OpenWashUp const& open) {
    auto const* const team = team_config(d.state.config, open.team);
    if (team == nullptr)
        return refused(fmt::format("\"{}\" is not a team of the site file", open.team), "team");
    if (auto const* const already = open_meeting(d.state, open.team)) {
        return refused(fmt::format("it is open already, number {}, since {}", already->id.value(),
                                   to_rfc3339(already->opened)),
                       "team");
    }
    auto const chair = open.chair.empty() ? c.actor : open.chair;
    if (!d.state.staff.contains(chair))
        return refused(fmt::format("\"{}\" is not on the staff list", chair), "chair");
    auto const planned = planned_for(d.state, *team, d.now);
    auto const meeting = MeetingId{d.state.last_meeting.value() + 1};
    d.emit(WashUpOpened{meeting, open.team, planned, chair, c.actor});
    d.decision.outcome.made = meeting.value();
    if (planned.ms == 0)
        d.decision.outcome.warning = "no wash-up of this team is planned now: an extra one";
    return ok();
}

Outcomes carry_out(Decider& d, Command const& c, CloseWashUp const& close) {
    if (!close.meeting && team_config(d.state.config, close.team) == nullptr)
        return refused(fmt::format("\"{}\" is not a team of the site file", close.team), "team");
    auto const meeting = meeting_named(d.state, close.meeting, close.team);
    if (!meeting) return meeting.error();
    d.emit(WashUpClosed{(*meeting)->id, c.actor});
    d.decision.outcome.made = (*meeting)->id.value();
    return ok();
}

Outcomes carry_out(Decider& d, Command const& c, CancelWashUp const& cancel) {
    auto const* const team = team_config(d.state.config, cancel.team);
    if (team == nullptr)
        return refused(fmt::format("\"{}\" is not a team of the site file", cancel.team), "team");
    if (cancel.why.empty()) return refused("cancelling a wash-up needs a reason", "why");
    auto const planned = cancel.planned ? cancel.planned->at : next_wash_up(d.state, *team, d.now);
    if (planned.ms == 0 || !is_planned(d.state, *team, planned))
        return refused("the team has no wash-up planned at that time", "planned");
    if (planned <= d.now) return refused("that time is past", "planned");
    if (d.state.cancelled_wash_ups.contains({cancel.team, planned}))
        return refused("it is cancelled already", "planned");
    d.emit(WashUpCancelled{cancel.team, planned, Sealed{cancel.why, {}}, c.actor});
    return ok();
}

Outcomes carry_out(Decider& d, Command const& c, RestoreWashUp const& restore) {
    if (team_config(d.state.config, restore.team) == nullptr)
        return refused(fmt::format("\"{}\" is not a team of the site file", restore.team), "team");
    if (restore.why.empty()) return refused("restoring a wash-up needs a reason", "why");
    auto const& cancelled = d.state.cancelled_wash_ups;
    auto const next = cancelled.upper_bound({restore.team, d.now});
    auto const planned = restore.planned ? restore.planned->at
                         : next != cancelled.end() && next->first == restore.team ? next->second
                                                                                  : Instant{};
    if (!cancelled.contains({restore.team, planned}))
        return refused("the team has cancelled no wash-up of that time", "planned");
    if (planned <= d.now) return refused("that time is past", "planned");
    d.emit(WashUpRestored{restore.team, planned, Sealed{restore.why, {}}, c.actor});
    return ok();
}

Outcomes carry_out(Decider& d, Command const& c, Stay const& stay, DiscussStay const& discuss) {
    auto const meeting = meeting_over(d, stay, discuss.meeting);
    if (!meeting) return meeting.error();
    if (stay.discussions.size() >= stay_discussions_max) return full("400 notes of wash-ups");
    d.emit(StayDiscussed{(*meeting)->id, stay.id, Sealed{discuss.note, {}}, c.actor, c.decided_by});
    d.decision.outcome.made = (*meeting)->id.value();
    return ok();
}

Outcomes carry_out(Decider& d, Command const& c, Stay const& stay, ParkStay const& park) {
    auto const meeting = meeting_over(d, stay, park.meeting);
    if (!meeting) return meeting.error();
    if (park.why.empty()) return refused("putting somebody off needs a reason", "why");
    if (stay.discussions.size() >= stay_discussions_max) return full("400 notes of wash-ups");
    d.emit(StayParked{(*meeting)->id, stay.id, Sealed{park.why, {}}, c.actor});
    return ok();
}

Outcomes carry_out(Decider& d, Command const& c, Stay const& stay, AskPrompt const& ask) {
    auto const meeting = meeting_over(d, stay, ask.meeting);
    if (!meeting) return meeting.error();
    auto const& prompts = d.state.config.prompts;
    auto const prompt = std::find_if(prompts.begin(), prompts.end(),
                                     [&](auto const& each) { return each.code == ask.prompt; });
    if (prompt == prompts.end())
        return refused(fmt::format("\"{}\" is not a prompt of the site file", ask.prompt),
                       "prompt");
    if (prompt->names_who && ask.managed_by.empty())
        return refused("say who manages it", "managed_by");
    if (stay.prompts.size() >= stay_prompts_max) return full("400 answers to prompts");
    d.emit(PromptAsked{(*meeting)->id, stay.id, ask.prompt, Sealed{ask.answer, {}},
                       Sealed{ask.managed_by, {}}, c.actor});
    return ok();
}

}  // namespace washup::core
