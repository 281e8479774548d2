#include "daemon/core/apply_meeting.hpp"

#include <algorithm>

#include "daemon/core/apply_cause.hpp"

namespace washup::core {
namespace {

// The last word of a meeting counts: who was put off may be discussed after all.
void note_word(State& state, Record const& record, Changes& changes, StayId id, Discussion word) {
    auto const stay = state.stays.find(id);
    auto const meeting = state.meetings.find(word.meeting);
    if (stay == state.stays.end() || meeting == state.meetings.end()) return;
    auto& discussed = meeting->second.discussed;
    auto& parked = meeting->second.parked;
    (word.parked ? parked : discussed).insert(id);
    (word.parked ? discussed : parked).erase(id);
    stay->second.discussions.push_back(std::move(word));
    changes.meetings = true;
    touch_stay(state, record, changes, id);
}

// Clocks that wait for the next wash-up wait for another one now. Whose these are is not looked
// for: it happens some times a year.
void move_next_wash_up(State const& state, Changes& changes) {
    changes.meetings = true;
    auto const& clocks = state.config.clocks;
    auto const waits = [](auto const& clock) { return clock.limit == Limit::next_meeting; };
    if (std::none_of(clocks.begin(), clocks.end(), waits)) return;
    for (auto const& [id, stay] : state.stays) changes.stays.insert(id);
}

}  // namespace

// ---- the wash-up

void apply_event(State& state, Record const& record, Changes& changes, WashUpOpened const& e) {
    auto& meeting = state.meetings[e.meeting];
    meeting.id = e.meeting;
    meeting.team = e.team;
    meeting.planned = e.planned;
    meeting.opened = record.at;
    meeting.chair = e.chair;
    meeting.opened_by = record.number;
    state.last_meeting = std::max(state.last_meeting, e.meeting);
    changes.meetings = true;
}

void apply_event(State& state, Record const& record, Changes& changes, WashUpClosed const& e) {
    auto const it = state.meetings.find(e.meeting);
    if (it == state.meetings.end()) return;
    it->second.closed = record.at;
    it->second.closed_by = record.number;
    changes.meetings = true;
}

void apply_event(State& state, Record const&, Changes& changes, WashUpCancelled const& e) {
    state.cancelled_wash_ups.emplace(e.team, e.planned);
    move_next_wash_up(state, changes);
}

void apply_event(State& state, Record const&, Changes& changes, WashUpRestored const& e) {
    state.cancelled_wash_ups.erase({e.team, e.planned});
    move_next_wash_up(state, changes);
}

void apply_event(State& state, Record const& record, Changes& changes, StayDiscussed const& e) {
    note_word(state, record, changes, e.stay,
              {e.meeting, record.at, e.note, false, e.actor, e.decided_by, record.number});
}

void apply_event(State& state, Record const& record, Changes& changes, StayParked const& e) {
    note_word(state, record, changes, e.stay,
              {e.meeting, record.at, e.why, true, e.actor, {}, record.number});
}

void apply_event(State& state, Record const& record, Changes& changes, PromptAsked const& e) {
    auto const stay = state.stays.find(e.stay);
    if (stay == state.stays.end()) return;
    stay->second.prompts.push_back(
        {e.meeting, record.at, e.prompt, e.answer, e.managed_by, e.actor});
    touch_stay(state, record, changes, e.stay);
}

// ---- the weekly cycle

void apply_event(State& state, Record const& record, Changes& changes, CycleOpened const& e) {
    auto& cycle = state.cycles[e.cycle];
    cycle.id = e.cycle;
    cycle.code = e.code;
    cycle.scope = e.scope;
    cycle.week = e.week;
    cycle.opened = record.at;
    state.last_cycle = std::max(state.last_cycle, e.cycle);
    changes.meetings = true;
}

void apply_event(State& state, Record const& record, Changes& changes, CycleClosed const& e) {
    auto const it = state.cycles.find(e.cycle);
    if (it == state.cycles.end()) return;
    it->second.closed = record.at;
    it->second.closed_by = record.number;
    changes.meetings = true;
}

void apply_event(State& state, Record const& record, Changes& changes, CauseSent const& e) {
    auto const it = state.cycles.find(e.cycle);
    if (it == state.cycles.end()) return;
    it->second.sent.push_back({e.cause, e.stay, e.blocker, record.at, e.actor});
    changes.meetings = true;
    touch_stay(state, record, changes, e.stay);
}

void apply_event(State& state, Record const& record, Changes& changes, CycleDecided const& e) {
    auto& decision = state.decisions[e.decision];
    decision.id = e.decision;
    decision.cycle = e.cycle;
    decision.cause = e.cause;
    decision.text = e.text;
    decision.owner = e.owner;
    decision.deadline = e.deadline;
    decision.made = record.at;
    decision.actor = e.actor;
    state.last_decision = std::max(state.last_decision, e.decision);
    changes.meetings = true;
}

void apply_event(State& state, Record const& record, Changes& changes, DecisionFinished const& e) {
    auto const it = state.decisions.find(e.decision);
    if (it == state.decisions.end()) return;
    it->second.state = e.state;
    it->second.why = e.why;
    it->second.finished = record.at;
    changes.meetings = true;
}

void apply_event(State& state, Record const& record, Changes& changes, CauseAnswered const& e) {
    state.answers.push_back({e.cause, e.level, e.text, record.at, e.actor, record.number});
    if (state.answers.size() > answers_max) state.answers.erase(state.answers.begin());
    changes.meetings = true;
}

void apply_event(State& state, Record const&, Changes& changes, ParetoFrozen const& e) {
    auto const it = state.cycles.find(e.cycle);
    if (it == state.cycles.end()) return;
    it->second.frozen.push_back({e.scope, e.window, e.date, e.leaves});
    changes.meetings = true;
}

void forget_old_meetings(State& state, Instant now) {
    auto const before = [now](Instant at, Duration kept) { return at.ms != 0 && at + kept < now; };
    std::erase_if(state.meetings,
                  [&](auto const& entry) { return before(entry.second.closed, meetings_kept); });
    // Longer than the meetings: when an old clock was due is worked out again with each new fact.
    std::erase_if(state.cancelled_wash_ups,
                  [&](auto const& entry) { return before(entry.second, cycles_kept); });
    std::set<CycleId> needed;
    for (auto const& [id, decision] : state.decisions) {
        if (decision.state == ActionState::open) needed.insert(decision.cycle);
    }
    std::erase_if(state.cycles, [&](auto const& entry) {
        return before(entry.second.closed, cycles_kept) && !needed.contains(entry.first);
    });
    std::erase_if(state.decisions,
                  [&](auto const& entry) { return !state.cycles.contains(entry.second.cycle); });
}

}  // namespace washup::core
