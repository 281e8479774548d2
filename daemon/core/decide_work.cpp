#include <fmt/format.h>

#include "daemon/core/claim.hpp"
#include "daemon/core/decide_command.hpp"
#include "daemon/core/plausible.hpp"
#include "daemon/core/vocabulary.hpp"

// A person's commands about blockers, the clock and actions.

namespace washup::core {
namespace {

// The blocker or action of this number, on the stay or on a provisional stay joined into it.
template <class Found>
std::pair<Stay const*, Found const*> find_part(State const& state, Stay const& stay, auto&& find) {
    for (auto const* part : parts_of(state, stay)) {
        if (Found const* found = find(*part)) return {part, found};
    }
    return {nullptr, nullptr};
}

}  // namespace

std::optional<ActionState> finished_state(std::string const& word) {
    if (word == "done") return ActionState::done;
    if (word == "not_done") return ActionState::not_done;
    if (word == "cancelled") return ActionState::cancelled;
    return std::nullopt;
}

Outcomes carry_out(Decider& d, Command const& c, Stay const& stay, RaiseBlocker const& raise) {
    auto const& said = raise.local_reason.empty() ? raise.reason : raise.local_reason;
    auto const on = london_date(entered(d, c));
    auto const reason = match_reason(d.state.config, said, on);
    if (!reason && match_reason(d.state.config, said))
        return refused(fmt::format("\"{}\" is not in force on {}", said, to_iso(on)), "reason");
    if (!reason)
        return refused(fmt::format("\"{}\" is not a reason of the vocabulary", said), "reason");
    Code holder;
    if (raise.holder.empty()) {
        holder = default_holder(d.state.config, *reason);
    } else if (auto const match = match_holder(d.state.config, raise.holder)) {
        holder = *match;
    } else {
        return refused(fmt::format("\"{}\" is not a holder", raise.holder), "holder");
    }
    auto const opened = raise.opened_at.value_or(Moment{entered(d, c), Precision::minute});
    if (opened.at > d.now + clock_ahead_max)
        return refused("it cannot open in the future", "opened_at");
    if (opened_long_before(d.state, stay, opened.at))
        return refused("this is more than a year before the admission", "opened_at");
    if (stay.blockers.size() >= stay_blockers_max) {
        return refused("this stay has 100 blockers; close some first", "stay");
    }
    for (auto const* part : parts_of(d.state, stay)) {
        for (auto const& blocker : part->blockers) {
            if (blocker.closed || blocker.reason != reason->reason ||
                blocker.local_reason != reason->local_reason) {
                continue;
            }
            return refused(
                fmt::format("the same blocker is open already, number {}", blocker.id.value()),
                "reason");
        }
    }
    std::vector<Code> claims;
    if (!raise.holder.empty() && holder != disputed_holder) claims.push_back(holder);
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
                         {},
                         {},
                         std::move(claims),
                         {}});
    d.decision.outcome.made = blocker.value();
    return ok();
}

Result<std::pair<Stay const*, Blocker const*>> blocker_meant(State const& state, Stay const& stay,
                                                             BlockerId wanted) {
    if (!wanted) {
        std::size_t open = 0;
        for (auto const* part : parts_of(state, stay)) {
            for (auto const& blocker : part->blockers) {
                if (!blocker.closed) wanted = blocker.id, ++open;
            }
        }
        if (open != 1)
            return refused(fmt::format("{} blockers are open; say which number", open), "blocker");
    }
    auto const found =
        find_part<Blocker>(state, stay, [&](Stay const& s) { return s.blocker(wanted); });
    if (found.second == nullptr)
        return refused("this stay has no blocker of that number", "blocker");
    return found;
}

Outcomes carry_out(Decider& d, Command const& c, Stay const& stay, CloseBlocker const& close) {
    auto const meant = blocker_meant(d.state, stay, close.blocker);
    if (!meant) return meant.error();
    auto const [part, blocker] = *meant;
    if (blocker->closed) return refused("it is closed already", "blocker");
    auto const closed = close.closed_at.value_or(Moment{entered(d, c), Precision::minute});
    if (closed.at < blocker->opened.at)
        return refused("it cannot close before it opened", "closed_at");
    if (closed.at > d.now + clock_ahead_max)
        return refused("it cannot close in the future", "closed_at");
    auto why = why_of(close.why);
    d.emit(BlockerClosed{
        part->id, blocker->id, closed, why.code, board_source, c.actor, {}, std::move(why.words)});
    return ok();
}

Outcomes carry_out(Decider& d, Command const& c, Stay const& stay, HandOverClock const& hand_over) {
    auto const [part, blocker] = find_part<Blocker>(
        d.state, stay, [&](Stay const& s) { return s.blocker(hand_over.blocker); });
    auto const at = hand_over.at ? hand_over.at->at : entered(d, c);
    if (blocker == nullptr) return refused("this stay has no blocker of that number", "blocker");
    if (!blocker->open_at(at)) return refused("it is not open at that time", "blocker");
    if (at > d.now + clock_ahead_max) return refused("the clock is not handed over ahead", "at");
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
    if (deadline > d.now + planned_ahead_max)
        return refused("this is more than two years ahead", "deadline");
    if (agreed > d.now + clock_ahead_max)
        return refused("it cannot be agreed in the future", "agreed_at");
    auto const find = [&](Stay const& s) { return s.blocker(assign.blocker); };
    auto const* blocker = find_part<Blocker>(d.state, stay, find).second;
    if (assign.blocker && blocker == nullptr) {
        return refused("this stay has no blocker of that number", "blocker");
    }
    if (blocker != nullptr && blocker->closed) return refused("that blocker is closed", "blocker");
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
                          c.actor,
                          entered(d, c)});
    d.decision.outcome.made = action.value();
    d.decision.outcome.warning = away_words(d.state, assign.owner, london_date(d.now));
    return ok();
}

Outcomes carry_out(Decider& d, Command const& c, Stay const& stay, FinishAction const& finish) {
    auto const [part, action] =
        find_part<Action>(d.state, stay, [&](Stay const& s) { return s.action(finish.action); });
    if (action == nullptr) return refused("this stay has no action of that number", "action");
    if (action->state != ActionState::open) {
        return refused(fmt::format("it is {} already", name_of(action->state)), "action");
    }
    auto const state = finished_state(finish.state);
    if (!state) return refused("the state is done, not_done or cancelled", "state");
    if (*state != ActionState::done && finish.why.empty()) {
        return refused("not done or cancelled needs a reason", "why");
    }
    d.emit(ActionFinished{part->id, finish.action, *state, Sealed{finish.why, {}}, board_source,
                          c.actor, entered(d, c)});
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
    if (deadline > d.now + planned_ahead_max)
        return refused("this is more than two years ahead", "deadline");
    if (deadline == action->deadline) return refused("that is its deadline already", "deadline");
    d.emit(DeadlineMoved{part->id, move.action, deadline, Sealed{move.why, {}}, board_source,
                         c.actor, entered(d, c)});
    return ok();
}

}  // namespace washup::core
