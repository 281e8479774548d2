#include <fmt/format.h>

#include "daemon/core/decider.hpp"
#include "daemon/core/vocabulary.hpp"

// What follows from a person's command. Unlike a source, a person can be answered at once: what
// cannot be right is refused with the field and the reason.

namespace washup::core {
namespace {

using Outcomes = Result<void>;

Outcomes ok() {
    return boost::system::in_place_value;
}

Instant entered(Decider const& d, Command const& c) {
    return c.entered_at.ms != 0 ? c.entered_at : d.now;
}

std::string shown(Current const& current) {
    if (!current.known()) return {};
    auto const& value = current.fact->value;
    if (value.moment && value.code.empty()) return to_text(*value.moment);
    return value.code.empty() ? value.text.text : value.code;
}

bool is_outcome(Field field) {
    return field == Field::ideal_outcome || field == Field::expected_outcome ||
           field == Field::actual_outcome;
}

Outcomes check_dates(Decider const& d, Stay const& stay, SetField const& set, Instant now) {
    if (!set.value.moment) return ok();
    auto const at = set.value.moment->at;
    auto const admitted = read(d.state, stay, Field::admitted_at);
    auto const ended = read(d.state, stay, Field::ending);
    auto const is_ready =
        set.field == Field::discharge_ready || set.field == Field::medically_optimised;
    if (is_ready && admitted.known() && admitted.fact->value.moment &&
        london_date(at) < london_date(admitted.fact->value.moment->at)) {
        return refused("this is before the admission", name_of(set.field));
    }
    if (is_ready && ended.known() && ended.fact->value.moment &&
        at > ended.fact->value.moment->at) {
        return refused("this is after the stay ended", name_of(set.field));
    }
    if (is_ready && at > now + clock_ahead_max) {
        return refused("this lies in the future; an expected discharge is a plan, this is not",
                       name_of(set.field));
    }
    return ok();
}

Outcomes check_outcome(Decider const& d, SetField const& set, Current const& held, Value& value) {
    auto const outcome = match_outcome(d.state.config, value.code);
    if (!outcome) {
        return refused(fmt::format("\"{}\" is not an outcome of the ladder", value.code),
                       name_of(set.field));
    }
    value.code = *outcome;
    if (set.field != Field::ideal_outcome || !held.known() || held.fact->value.code == value.code) {
        return ok();
    }
    if (set.why == "no_service") {
        return refused(
            "\"no service\" is a blocker, not a reason to change the ideal; raise the blocker",
            "why");
    }
    if (set.why != "need_changed" && set.why != "persons_wish" && set.why != "entry_error") {
        return refused(
            "changing an ideal needs a reason: need_changed, persons_wish or entry_error", "why");
    }
    return ok();
}

Outcomes carry_out(Decider& d, Command const& c, Stay const& stay, SetField const& set) {
    if (set.field == Field::none || set.field == Field::location || set.field == Field::ending) {
        return refused("this field is not set by hand", "field");
    }
    auto const held = read(d.state, stay, set.field);
    if (set.seen && *set.seen != shown(held)) {
        return refused(fmt::format("changed meanwhile by {}: it is now \"{}\", you saw \"{}\"",
                                   held.fact != nullptr ? held.fact->source : "nobody", shown(held),
                                   *set.seen),
                       name_of(set.field));
    }
    auto value = set.value;
    if (is_outcome(set.field) && !value.code.empty()) {
        if (auto const checked = check_outcome(d, set, held, value); !checked) return checked;
    }
    if (auto const checked = check_dates(d, stay, set, d.now); !checked) return checked;
    auto const at = entered(d, c);
    d.emit(FactObserved{of_person(set.field) ? StayId{} : stay.id,
                        stay.person,
                        set.field,
                        value,
                        FactTimes{Moment{at, Precision::minute}, at, {}},
                        board_source,
                        c.actor,
                        {},
                        set.why});
    return ok();
}

Outcomes carry_out(Decider& d, Command const& c, Stay const& stay, ConfirmField const& confirm) {
    if (!read(d.state, stay, confirm.field).known()) {
        return refused("there is nothing to confirm: it is unknown", name_of(confirm.field));
    }
    d.emit(FactConfirmed{stay.id, confirm.field, board_source, c.actor});
    return ok();
}

Outcomes carry_out(Decider& d, Command const& c, Stay const& stay, RaiseBlocker const& raise) {
    auto const& said = raise.local_reason.empty() ? raise.reason : raise.local_reason;
    auto const reason = match_reason(d.state.config, said);
    if (!reason)
        return refused(fmt::format("\"{}\" is not a reason of the vocabulary", said), "reason");
    Code holder;
    if (raise.holder.empty()) {
        for (auto const& entry : d.state.config.reasons) {
            if (entry.code == reason->reason) holder = entry.holder;
        }
    } else if (auto const match = match_holder(d.state.config, raise.holder)) {
        holder = *match;
    } else {
        return refused(fmt::format("\"{}\" is not a holder", raise.holder), "holder");
    }
    auto const opened = raise.opened_at.value_or(Moment{entered(d, c), Precision::minute});
    if (opened.at > d.now + clock_ahead_max)
        return refused("it cannot open in the future", "opened_at");
    if (stay.blockers.size() >= stay_blockers_max) {
        return refused("this stay has 100 blockers; close some first", "stay");
    }
    for (auto const& blocker : stay.blockers) {
        if (!blocker.closed && blocker.reason == reason->reason &&
            blocker.local_reason == reason->local_reason) {
            return refused(
                fmt::format("the same blocker is open already, number {}", blocker.id.value()),
                "reason");
        }
    }
    auto const blocker = d.new_blocker();
    d.emit(BlockerOpened{stay.id,
                         blocker,
                         reason->reason,
                         reason->local_reason,
                         holder,
                         Sealed{raise.note, {}},
                         {},
                         opened,
                         board_source,
                         {},
                         c.actor,
                         {}});
    d.decision.outcome.made = blocker.value();
    return ok();
}

// The blocker or action of this number, on the stay or on a provisional stay joined into it.
template <class Found>
std::pair<Stay const*, Found const*> find_part(State const& state, Stay const& stay, auto&& find) {
    for (auto const* part : parts_of(state, stay)) {
        if (Found const* found = find(*part)) return {part, found};
    }
    return {nullptr, nullptr};
}

Outcomes carry_out(Decider& d, Command const& c, Stay const& stay, CloseBlocker const& close) {
    auto wanted = close.blocker;
    if (!wanted) {
        std::size_t open = 0;
        for (auto const* part : parts_of(d.state, stay)) {
            for (auto const& blocker : part->blockers) {
                if (!blocker.closed) wanted = blocker.id, ++open;
            }
        }
        if (open != 1) {
            return refused(fmt::format("{} blockers are open; say which number", open), "blocker");
        }
    }
    auto const [part, blocker] =
        find_part<Blocker>(d.state, stay, [&](Stay const& s) { return s.blocker(wanted); });
    if (blocker == nullptr) return refused("this stay has no blocker of that number", "blocker");
    if (blocker->closed) return refused("it is closed already", "blocker");
    auto const closed = close.closed_at.value_or(Moment{entered(d, c), Precision::minute});
    if (closed.at < blocker->opened.at)
        return refused("it cannot close before it opened", "closed_at");
    if (closed.at > d.now + clock_ahead_max)
        return refused("it cannot close in the future", "closed_at");
    d.emit(BlockerClosed{part->id, wanted, closed, close.why, board_source, c.actor, {}});
    return ok();
}

Outcomes carry_out(Decider& d, Command const& c, Stay const& stay, HandOverClock const& hand_over) {
    auto const [part, blocker] = find_part<Blocker>(
        d.state, stay, [&](Stay const& s) { return s.blocker(hand_over.blocker); });
    auto const at = hand_over.at ? hand_over.at->at : entered(d, c);
    if (blocker == nullptr) return refused("this stay has no blocker of that number", "blocker");
    if (!blocker->open_at(at)) return refused("it is not open at that time", "blocker");
    if (part->hand_overs.size() >= stay_hand_overs_max) {
        return refused("this stay's clock was handed over 200 times", "stay");
    }
    d.emit(ClockHandedOver{part->id, hand_over.blocker, at, c.actor});
    return ok();
}

Outcomes carry_out(Decider& d, Command const& c, Stay const& stay, AssignAction const& assign) {
    if (assign.text.empty()) return refused("an action needs words", "text");
    if (assign.owner.empty()) return refused("an action needs an owner", "owner");
    if (!assign.deadline) return refused("an action needs a deadline", "deadline");
    if (!d.state.staff.contains(assign.owner)) {
        return refused(
            fmt::format("\"{}\" is not on the staff list; add the person first", assign.owner),
            "owner");
    }
    auto const deadline = deadline_of(*assign.deadline);
    auto const agreed = assign.agreed_at ? assign.agreed_at->at : entered(d, c);
    if (deadline < agreed) return refused("the deadline is past", "deadline");
    if (agreed > d.now + clock_ahead_max)
        return refused("it cannot be agreed in the future", "agreed_at");
    if (assign.blocker && stay.blocker(assign.blocker) == nullptr) {
        return refused("this stay has no blocker of that number", "blocker");
    }
    if (stay.actions.size() >= stay_actions_max) {
        return refused("this stay has 200 actions; finish some first", "stay");
    }
    auto const action = d.new_action();
    d.emit(ActionAssigned{stay.id,
                          action,
                          Sealed{assign.text, {}},
                          assign.owner,
                          {},
                          deadline,
                          assign.blocker,
                          agreed,
                          board_source,
                          {},
                          c.actor});
    d.decision.outcome.made = action.value();
    return ok();
}

Outcomes carry_out(Decider& d, Command const& c, Stay const& stay, FinishAction const& finish) {
    auto const [part, action] =
        find_part<Action>(d.state, stay, [&](Stay const& s) { return s.action(finish.action); });
    if (action == nullptr) return refused("this stay has no action of that number", "action");
    if (action->state != ActionState::open) {
        return refused(fmt::format("it is {} already", name_of(action->state)), "action");
    }
    auto state = ActionState::done;
    if (finish.state == "not_done")
        state = ActionState::not_done;
    else if (finish.state == "cancelled")
        state = ActionState::cancelled;
    else if (finish.state != "done") {
        return refused("the state is done, not_done or cancelled", "state");
    }
    if (state != ActionState::done && finish.why.empty()) {
        return refused("not done or cancelled needs a reason", "why");
    }
    d.emit(ActionFinished{part->id, finish.action, state, Sealed{finish.why, {}}, board_source,
                          c.actor});
    return ok();
}

Outcomes carry_out(Decider& d, Command const& c, Stay const& stay, MoveDeadline const& move) {
    auto const [part, action] =
        find_part<Action>(d.state, stay, [&](Stay const& s) { return s.action(move.action); });
    if (action == nullptr) return refused("this stay has no action of that number", "action");
    if (action->state != ActionState::open) return refused("it is finished", "action");
    if (!move.deadline) return refused("a deadline is needed", "deadline");
    if (move.why.empty()) return refused("moving a deadline needs a reason", "why");
    auto const deadline = deadline_of(*move.deadline);
    if (deadline < entered(d, c)) return refused("the deadline is past", "deadline");
    d.emit(DeadlineMoved{part->id, move.action, deadline, Sealed{move.why, {}}, board_source,
                         c.actor});
    return ok();
}

Outcomes carry_out(Decider& d, Command const& c, Stay const& stay, Reopen const& reopen) {
    if (reopen.why.empty()) return refused("reopening needs a reason", "why");
    if (!has_ended(d.state, stay)) return refused("this stay has not ended", "stay");
    for (auto const* part : parts_of(d.state, stay)) {
        if (part->history(Field::ending) == nullptr) continue;
        d.emit(FactsRetracted{part->id,
                              Field::ending,
                              {},
                              {},
                              {},
                              d.now,
                              board_source,
                              c.actor,
                              Sealed{reopen.why, {}}});
    }
    return ok();
}

Outcomes carry_out(Decider& d, Command const&, Stay const& stay, UndoMerge const& undo) {
    if (undo.why.empty()) return refused("undoing a merge needs a reason", "why");
    auto const root = d.state.survivor_of(stay.person);
    auto const records = d.state.records_of(root);
    if (records.size() < 2)
        return refused("this person's record is not merged with another", "stay");
    // From a retired record's stay its own link is undone, from the survivor's all of its links.
    for (auto const* record : records) {
        if (!record->survivor) continue;
        if (stay.person != root && record->id != stay.person) continue;
        d.emit(MergeUndone{record->id, record->survivor, Sealed{undo.why, {}}});
    }
    return ok();
}

Outcomes carry_out(Decider& d, Command const& c, ReportCapacity const& report) {
    auto counters = report.counters;
    if (counters.service.empty()) return refused("which service?", "service");
    if (auto const field = negative_counter(counters); !field.empty()) {
        return refused("a counter cannot be below zero", field);
    }
    counters.source = board_source;
    counters.actor = c.actor;
    counters.occurred = entered(d, c);
    d.emit(counters);
    return ok();
}

Outcomes carry_out(Decider& d, Command const&, AddStaff const& add) {
    if (add.id.empty()) return refused("a staff id is needed", "id");
    if (add.name.empty()) return refused("a name is needed", "name");
    if (!add.team.empty() && team_config(d.state.config, add.team) == nullptr) {
        return refused(fmt::format("\"{}\" is not a team of the site file", add.team), "team");
    }
    d.emit(StaffAdded{add.id, Sealed{add.name, {}}, add.role, add.team});
    return ok();
}

Outcomes carry_out(Decider& d, Command const& c, SettleInbox const& settle) {
    auto const it = d.state.inbox.find(settle.item);
    if (it == d.state.inbox.end()) return refused("the inbox has no item of that number", "item");
    if (!it->second.settled.empty()) return refused("it is settled already", "item");
    d.emit(InboxSettled{settle.item, "by_person", Sealed{settle.why, {}}, c.actor});
    return ok();
}

Stay const* stay_named(State const& state, StayName const& name) {
    if (name.key) {
        auto const it = state.stay_by_key.find(*name.key);
        return it == state.stay_by_key.end() ? nullptr : state.stay(it->second);
    }
    return state.stay(name.id);
}

}  // namespace

Result<Decision> decide(State const& state, Command const& command, Instant now) {
    if (command.id.empty()) return refused("a command needs an id of its own", "id");
    if (command.actor.empty()) return refused("say who you are: actor", "actor");
    if (command.expires_at.ms != 0 && command.expires_at < now) {
        return refused("it expired before it arrived; look again and enter it anew", "expires_at");
    }
    if (command.entered_at > now + clock_ahead_max) {
        return refused("entered in the future: set this machine's clock", "entered_at");
    }
    Decider d{state, now};
    auto const done = std::visit(
        [&](auto const& what) -> Result<void> {
            if constexpr (requires { carry_out(d, command, what); }) {
                return carry_out(d, command, what);
            } else {
                auto const* stay = stay_named(state, command.stay);
                if (stay == nullptr) {
                    return Error{ErrorCode::not_found,
                                 fmt::format("no stay \"{}\" is here", command.stay.as_given),
                                 "stay"};
                }
                return carry_out(d, command, *stay, what);
            }
        },
        command.what);
    if (!done) return done.error();
    return std::move(d.decision);
}

}  // namespace washup::core
