#include "daemon/core/apply_cause.hpp"

#include <algorithm>

#include "daemon/core/clock.hpp"
#include "daemon/core/plausible.hpp"

namespace washup::core {

Action assigned(ActionAssigned const& e, Record const& record) {
    return Action{e.action, e.text,   e.owner,       e.owner_as_given, e.deadline,        e.blocker,
                  e.agreed, e.source, e.reference,   e.actor,          ActionState::open, {},
                  false,    0,        record.number, record.at,        record.at,         e.told,
                  {}};
}

void touch_stay(State& state, Record const& record, Changes& changes, StayId id) {
    auto const it = state.stays.find(id);
    if (it == state.stays.end()) return;
    it->second.changed = record.number;
    changes.stays.insert(id);
    auto const through = state.stays.find(it->second.joined_into);
    if (through == state.stays.end()) return;
    through->second.changed = record.number;
    changes.stays.insert(through->first);
}

void note_source(State& state, Record const& record, Changes& changes) {
    auto const& cause = record.cause;
    auto& source = state.sources[cause.source];
    auto& epoch = source.epochs[cause.epoch];
    source.latest = cause.epoch;
    epoch.watermark = std::max(epoch.watermark, cause.sequence);
    epoch.answers[cause.sequence] = {record.number, cause.outcome};
    while (epoch.answers.size() > source_answers_max) epoch.answers.erase(epoch.answers.begin());
    source.last_heard = record.at;
    source.changed = record.number;
    if (cause.outcome.code == "inbox") {
        ++source.inbox;
    } else if (cause.outcome.code == "counted") {
        ++source.counted;
    } else {
        ++source.accepted;
    }
    for (auto const& event : record.events) {
        if (auto const* fact = std::get_if<FactObserved>(&event)) {
            source.last_occurred = std::max(source.last_occurred, fact->times.occurred.at);
        }
    }
    changes.sources.insert(cause.source);
}

void note_command(State& state, Record const& record) {
    auto const& id = record.cause.command_id;
    state.commands[id] = {record.number, record.at, record.cause.outcome};
    state.command_order.emplace_back(record.at, id);
    while (!state.command_order.empty() &&
           (state.command_order.size() > command_memos_max ||
            state.command_order.front().first + command_memo_kept < record.at)) {
        state.commands.erase(state.command_order.front().second);
        state.command_order.pop_front();
    }
}

void note_end_moved(State const& state, Stay const& stay, Changes& changes) {
    for (auto const& visit : stay.visits) changes.appeared.insert(visit.key);
    for (auto const* record : state.records_of(state.survivor_of(stay.person))) {
        for (auto const& known : record->identifiers) {
            if (!known.doubtful) changes.appeared.insert(known.key);
        }
    }
}

void keep_source_word(Blocker& blocker, SourceName const& source) {
    if (source == blocker.source) {
        blocker.source_said.reset();
    } else if (!blocker.source_said) {
        blocker.source_said = SourceWord{blocker.reason, blocker.local_reason, blocker.holder,
                                         blocker.opened, blocker.closed};
    }
}

void keep_closing_word(Blocker& blocker, SourceName const& source, std::optional<Moment> closed) {
    if (source != blocker.source) return keep_source_word(blocker, source);
    if (blocker.source_said) blocker.source_said->closed = closed;
}

void reopen(Stay& stay, BlockerReopened const& event, Instant at) {
    auto* const held = find(stay.blockers, event.blocker);
    if (held == nullptr) return;
    auto& blocker = *held;
    keep_closing_word(blocker, event.source, {});
    blocker.closed.reset();
    blocker.closed_why.clear();
    blocker.closed_words = {};
    blocker.closed_recorded = {};
    blocker.reopened = at;
    blocker.reopened_by = event.actor.empty() ? event.source : event.actor;
    blocker.told = std::max(blocker.told, event.told);
    drop_doubt(blocker.doubt, closed_before_opened);
}

void confirm(Stay& stay, BlockerConfirmed const& event) {
    if (auto* const held = find(stay.blockers, event.blocker))
        held->told = std::max(held->told, event.told);
}

void confirm(Stay& stay, ActionConfirmed const& event) {
    if (auto* const held = find(stay.actions, event.action))
        held->told = std::max(held->told, event.told);
}

void finish_action(Action& action, ActionFinished const& event, Instant at) {
    keep_source_word(action, event.source, event.told, &ActionWord::state, event.state);
    action.state = event.state;
    action.why = event.why;
    action.overdue = false;
    action.changed_at = at;
}

void reopen_action(Action& action, ActionReopened const& event, Instant at) {
    keep_source_word(action, event.source, event.told, &ActionWord::state, ActionState::open);
    action.state = ActionState::open;
    action.why = {};
    action.changed_at = at;
}

void reword_action(Action& action, ActionReworded const& event, Instant at) {
    action.text = event.text;
    action.told = std::max(action.told, event.told);
    action.changed_at = at;
}

void move_deadline(Action& action, DeadlineMoved const& event, Instant at) {
    keep_source_word(action, event.source, event.told, &ActionWord::deadline, event.deadline);
    action.deadline = event.deadline;
    action.overdue = false;
    ++action.moved;
    action.changed_at = at;
}

void note_breaches(State& state, Changes const& changes) {
    if (!changes.config) {
        for (auto const id : changes.stays) note_breach_due(state, id);
    } else {
        for (auto const& [id, stay] : state.stays) note_breach_due(state, id);
    }
    for (auto const id : changes.let_go) note_breach_due(state, id);
}

}  // namespace washup::core
