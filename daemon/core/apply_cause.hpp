#pragma once
// What a record's cause leaves in the state: that its source was heard and what it was answered,
// that the command was carried out; and that a stay was touched by it. A part of apply() alone.

#include <algorithm>

#include "daemon/core/apply.hpp"

namespace washup::core {

// A part of a list by its number; null = none.
template <class List, class Id>
auto find(List& list, Id id) -> decltype(list.data()) {
    auto const it = std::find_if(list.begin(), list.end(), [&](auto& x) { return x.id == id; });
    return it == list.end() ? nullptr : &*it;
}

// The action as it stands when it is made.
Action assigned(ActionAssigned const& event, Record const& record);
// A stay is shown through the one it was joined into: that row changes too.
void touch_stay(State& state, Record const& record, Changes& changes, StayId id);
void note_source(State& state, Record const& record, Changes& changes);
void note_command(State& state, Record const& record);

void reopen(Stay& stay, BlockerReopened const& event, Instant at);
void confirm(Stay& stay, BlockerConfirmed const& event);
void confirm(Stay& stay, ActionConfirmed const& event);
void reopen_action(Action& action, ActionReopened const& event, Instant at);
void finish_action(Action& action, ActionFinished const& event, Instant at);
void reword_action(Action& action, ActionReworded const& event, Instant at);
void move_deadline(Action& action, DeadlineMoved const& event, Instant at);
// Keeps the index of clocks that run out, for the stays that the record touched; with another
// config for all of them.
void note_breaches(State& state, Changes const& changes);
// Before a blocker is corrected by `source`: what its own source said of it.
void keep_source_word(Blocker& blocker, SourceName const& source);
// Before `source` closes a blocker, or opens it again (nothing): a closing says nothing of the
// rest.
void keep_closing_word(Blocker& blocker, SourceName const& source, std::optional<Moment> closed);
// Before one part of an action is changed by `source`, likewise: of the other parts its own source
// has said nothing new. Of two tellings the later counts, and people tell too.
template <class Said>
void keep_source_word(Action& action, SourceName const& source, Instant told,
                      Said ActionWord::*part, Said const& said) {
    if (source != action.source && !action.source_said)
        action.source_said = ActionWord{action.deadline, action.state, action.owner};
    if (source == action.source && action.source_said) (*action.source_said).*part = said;
    action.told = std::max(action.told, told);
}
// A stay that ended otherwise, or not after all, may be the one that inbox items wait for.
void note_end_moved(State const& state, Stay const& stay, Changes& changes);

}  // namespace washup::core
