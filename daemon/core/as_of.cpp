#include "daemon/core/as_of.hpp"

#include <algorithm>

namespace washup::core {
namespace {

void forget_after(FieldHistory& history, Instant at) {
    history.facts.erase_if([at](Fact const& fact) { return fact.times.occurred.at > at; });
    if (history.confirmation && history.confirmation->at > at) history.confirmation.reset();
}

void forget_after(std::map<Field, FieldHistory>& fields, Instant at) {
    for (auto& [field, history] : fields) forget_after(history, at);
    std::erase_if(fields, [](auto const& entry) { return entry.second.facts.empty(); });
}

void forget_after(Action& action, Instant at) {
    if (action.state != ActionState::open && action.changed_at > at) {
        action.state = ActionState::open;
        action.why = {};
    }
    action.overdue = action.state == ActionState::open && action.deadline <= at;
}

// Nothing that was said of it is of before `at`.
bool began_after(Stay const& stay, Instant at) {
    return stay.opened_at > at && stay.fields.empty() && stay.blockers.empty();
}

void forget_after(Stay& stay, Instant at) {
    forget_after(stay.fields, at);
    std::erase_if(stay.blockers, [at](Blocker const& blocker) { return blocker.opened.at > at; });
    for (auto& blocker : stay.blockers) {
        if (blocker.closed && blocker.closed->at > at) {
            blocker.closed.reset();
            blocker.closed_why.clear();
            blocker.closed_words = {};
            blocker.closed_recorded = {};
        }
    }
    std::erase_if(stay.hand_overs, [at](HandOver const& over) { return over.at > at; });
    std::erase_if(stay.actions, [at](Action const& action) { return action.agreed > at; });
    for (auto& action : stay.actions) forget_after(action, at);
    std::erase_if(stay.breaches, [at](Breach const& one) { return one.due > at; });
    std::erase_if(stay.discussions, [at](Discussion const& one) { return one.at > at; });
    std::erase_if(stay.prompts, [at](PromptAnswer const& one) { return one.at > at; });
    std::erase_if(stay.requests, [at](Request const& one) { return one.wanted.at > at; });
    for (auto& request : stay.requests)
        std::erase_if(request.steps, [at](RequestStep const& step) { return step.at.at > at; });
    std::erase_if(stay.reports, [at](InappropriateDischarge const& one) { return one.at.at > at; });
    std::erase_if(stay.milestones, [at](Milestone const& one) { return one.at.at > at; });
    if (!stay.fields.contains(Field::ending)) stay.end_recorded_at = {};
}

// Who was talked about by then is told by the stays, of which what came later is forgotten already.
void forget_meetings_after(State& state, Instant at) {
    std::erase_if(state.meetings, [at](auto const& entry) { return entry.second.opened > at; });
    for (auto& [id, meeting] : state.meetings) {
        if (meeting.closed > at) meeting.closed = {}, meeting.closed_by = {};
        meeting.discussed.clear();
        meeting.parked.clear();
    }
    for (auto const& [id, stay] : state.stays) {
        for (auto const& word : stay.discussions) {
            auto const meeting = state.meetings.find(word.meeting);
            if (meeting == state.meetings.end()) continue;
            (word.parked ? meeting->second.parked : meeting->second.discussed).insert(id);
            (word.parked ? meeting->second.discussed : meeting->second.parked).erase(id);
        }
    }
    std::erase_if(state.cycles, [at](auto const& entry) { return entry.second.opened > at; });
    for (auto& [id, cycle] : state.cycles) {
        if (cycle.closed > at) {
            cycle.closed = {};
            cycle.closed_by = {};
            cycle.frozen.clear();
        }
        std::erase_if(cycle.sent, [at](SentCause const& sent) { return sent.at > at; });
    }
    std::erase_if(state.decisions, [at](auto const& entry) { return entry.second.made > at; });
    for (auto& [id, decision] : state.decisions) {
        if (decision.finished <= at) continue;
        decision.state = ActionState::open;
        decision.why = {};
        decision.finished = {};
    }
    std::erase_if(state.answers, [at](Answer const& answer) { return answer.at > at; });
}

// The point of a day is made when it is over.
void forget_trends_after(State& state, Instant at) {
    for (auto& [scope, measures] : state.trends) {
        for (auto& [measure, days] : measures)
            days.erase(days.lower_bound(london_date(at)), days.end());
    }
    for (auto& [scope, measures] : state.trends)
        std::erase_if(measures, [](auto const& entry) { return entry.second.empty(); });
    std::erase_if(state.trends, [](auto const& entry) { return entry.second.empty(); });
}

}  // namespace

void forget_after(State& state, Instant at) {
    for (auto& [id, person] : state.persons) forget_after(person.fields, at);
    for (auto& [id, stay] : state.stays) forget_after(stay, at);
    forget_meetings_after(state, at);
    forget_trends_after(state, at);
    for (auto it = state.stays.begin(); it != state.stays.end();) {
        if (!began_after(it->second, at)) {
            ++it;
            continue;
        }
        state.persons[it->second.person].stays.erase(it->first);
        for (auto const& visit : it->second.visits) {
            auto const named = state.stay_by_key.find(visit.key);
            if (named != state.stay_by_key.end() && named->second == it->first) {
                state.stay_by_key.erase(named);
            }
        }
        it = state.stays.erase(it);
    }
    state.last_at = at;
    state.today = london_date(at);
}

}  // namespace washup::core
