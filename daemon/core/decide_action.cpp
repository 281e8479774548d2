#include "daemon/core/decider.hpp"
#include "daemon/core/plausible.hpp"
#include "daemon/core/vocabulary.hpp"

// Actions as sources tell them. One without an owner or a deadline is kept as a draft for a person;
// of two tellings the later counts, and what a source repeats does not overwrite what people said
// since.

namespace washup::core {
namespace {

// Nothing is agreed in the future: such a time is the sender's clock.
Instant agreed_of(Decider& d, Observation const& o, ActionSeen const& seen) {
    auto const said = seen.agreed_at ? *seen.agreed_at : o.times.occurred;
    if (said.at.ms != 0 && said.at <= d.now + clock_ahead_max) return said.at;
    if (seen.agreed_at) {
        d.look_at.push_back({"agreed_at", to_text(said) + " lies in the future"});
    }
    return d.now;
}

ActionState action_state(std::string const& word) {
    if (word == "done") return ActionState::done;
    if (word == "not_done") return ActionState::not_done;
    return word == "cancelled" ? ActionState::cancelled : ActionState::open;
}

Action const* action_meant(State const& state, Stay const& stay, Observation const& o,
                           ActionSeen const& seen) {
    if (seen.reference.empty()) return nullptr;
    for (auto const* part : parts_of(state, stay)) {
        for (auto const& action : part->actions) {
            if (action.source == o.source && action.reference == seen.reference) return &action;
        }
    }
    return nullptr;
}

// What a row says anew of an action that is here.
class Retold {
  public:
    Retold(Decider& d, Observation const& o, Action const& action, StayId home)
        : d_(d),
          o_(o),
          action_(action),
          home_(home),
          told_(told_at(d, o)),
          last_(action.source_said.value_or(
              ActionWord{action.deadline, action.state, action.owner})) {}

    void take(ActionSeen const& seen) {
        // A date alone may be the hour after it.
        if (certain_by(as_said(told_)) < action_.told) return;
        auto const said_before = d_.decision.events.size();
        text(seen);
        auto const is = seen.state.empty() ? last_.state : action_state(seen.state);
        state(is, seen);
        auto const opened_again = is != last_.state;
        if (is == ActionState::open && (action_.state == ActionState::open || opened_again)) {
            deadline(seen);
            owner(seen);
        }
        if (d_.decision.events.size() == said_before && told_ > action_.told)
            d_.emit(ActionConfirmed{home_, action_.id, o_.source, told_});
    }

  private:
    void state(ActionState said, ActionSeen const& seen) {
        if (said == last_.state || said == action_.state) return;
        if (said == ActionState::open)
            d_.emit(ActionReopened{home_, action_.id, o_.source, told_});
        else
            d_.emit(ActionFinished{
                home_, action_.id, said, Sealed{seen.why, {}}, o_.source, {}, told_});
    }
    void text(ActionSeen const& seen) {
        if (seen.text.empty() || seen.text == action_.text.text) return;
        d_.emit(ActionReworded{home_, action_.id, Sealed{seen.text, {}}, o_.source, told_});
    }
    void deadline(ActionSeen const& seen) {
        if (!seen.deadline) return;
        auto const said = deadline_of(*seen.deadline);
        if (said == last_.deadline || said == action_.deadline) return;
        d_.emit(DeadlineMoved{home_, action_.id, said, Sealed{seen.why, {}}, o_.source, {}, told_});
    }
    void owner(ActionSeen const& seen) {
        if (seen.owner.empty()) return;
        auto const listed = d_.state.staff.contains(seen.owner);
        auto const said = listed ? seen.owner : StaffId{};
        auto const as_given = listed ? std::string{} : seen.owner;
        auto const repeated = said == last_.owner && (listed || action_.source_said);
        if (repeated || (said == action_.owner && as_given == action_.owner_as_given.text)) return;
        d_.emit(ActionHandedOver{home_,
                                 action_.id,
                                 action_.owner,
                                 said,
                                 Sealed{seen.why, {}},
                                 {},
                                 o_.source,
                                 told_,
                                 Sealed{as_given, {}}});
    }

    Decider& d_;
    Observation const& o_;
    Action const& action_;
    StayId home_;  // it may stand on a provisional stay that is read through another
    Instant told_;
    ActionWord last_;
};

StayId home_of(State const& state, Stay const& stay, ActionId id) {
    for (auto const* part : parts_of(state, stay)) {
        if (part->action(id) != nullptr) return part->id;
    }
    return stay.id;
}

}  // namespace

Instant deadline_of(Moment const& moment) {
    return moment.precision == Precision::date ? london_time(london_date(moment.at), 17, 0)
                                               : moment.at;
}

void decide_action(Decider& d, Observation const& o, Stay const& stay, ActionSeen const& seen) {
    if (auto const* existing = action_meant(d.state, stay, o, seen)) {
        return Retold{d, o, *existing, home_of(d.state, stay, existing->id)}.take(seen);
    }
    if (seen.owner.empty() || !seen.deadline) {
        std::string words =
            "an action needs an owner and a deadline; enter it with both, then settle this item";
        for (auto const& unread : o.unreadable) {
            if (unread.field == "deadline") words = unread.words + ": " + words;
        }
        return d.keep(o, "draft_action", seen.owner.empty() ? "owner" : "deadline", words);
    }
    if (stay.actions.size() >= stay_actions_max) {
        return d.keep(o, "too_many_actions", "action", "this stay has 200 actions; finish some");
    }
    auto const listed = d.state.staff.contains(seen.owner);
    BlockerId linked;
    if (auto const reason = match_reason(d.state.config, seen.blocker_reason)) {
        for (auto const& blocker : stay.blockers) {
            if (!blocker.closed && blocker.reason == reason->reason) linked = blocker.id;
        }
    }
    auto const action = d.new_action();
    auto const agreed = agreed_of(d, o, seen);
    if (seen.deadline->at > d.now + planned_ahead_max) {
        d.look_at.push_back(
            {"deadline", to_text(*seen.deadline) + " is more than two years ahead"});
    }
    d.emit(ActionAssigned{stay.id,
                          action,
                          Sealed{seen.text, {}},
                          listed ? seen.owner : StaffId{},
                          Sealed{listed ? "" : seen.owner, {}},
                          deadline_of(*seen.deadline),
                          linked,
                          agreed,
                          o.source,
                          seen.reference,
                          {},
                          told_at(d, o)});
    d.decision.outcome.made = action.value();
    auto const state = action_state(seen.state);
    if (state != ActionState::open) {
        d.emit(ActionFinished{
            stay.id, action, state, Sealed{seen.why, {}}, o.source, {}, told_at(d, o)});
    }
}

}  // namespace washup::core
