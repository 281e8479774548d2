#include <fmt/format.h>

#include <algorithm>

#include "daemon/core/cause.hpp"
#include "daemon/core/cycle.hpp"
#include "daemon/core/decide_command.hpp"
#include "daemon/core/plausible.hpp"

// A person's commands in the weekly cycle: a cause is sent to it, it decides, it is answered.

namespace washup::core {
namespace {

Result<Cycle const*> cycle_named(State const& state, Code const& code) {
    if (auto const* const cycle = open_cycle(state, code)) return cycle;
    if (state.config.cycles.empty()) return refused("the site file has no [[cycle]]", "cycle");
    auto const open = std::count_if(state.cycles.begin(), state.cycles.end(),
                                    [](auto const& entry) { return entry.second.closed.ms == 0; });
    if (code.empty() && open > 1) return refused("several are open: say which", "cycle");
    return refused("no such cycle is open; it opens by itself, at the time of the site file",
                   "cycle");
}

Result<Code> cause_named(Decider const& d, Code const& cause) {
    if (is_cause(d.state.config, cause)) return cause;
    return refused(fmt::format("\"{}\" is no cause: REASON:ZONE:AREA, as `washupctl report causes` "
                               "lists them",
                               cause),
                   "cause");
}

Outcomes send(Decider& d, Command const& c, SendCause const& send, Code const& cause, StayId stay,
              BlockerId blocker) {
    auto const cycle = cycle_named(d.state, send.cycle);
    if (!cycle) return cycle.error();
    auto const& sent = (*cycle)->sent;
    if (sent.size() >= cycle_causes_max)
        return refused("this cycle holds 200 causes: more than a week can look at", "cycle");
    if (std::any_of(sent.begin(), sent.end(),
                    [&](auto const& one) { return one.cause == cause && one.stay == stay; })) {
        d.decision.outcome.warning = "it is in this cycle already";
        return ok();
    }
    d.emit(CauseSent{(*cycle)->id, cause, stay, blocker, c.actor});
    d.decision.outcome.made = (*cycle)->id.value();
    return ok();
}

}  // namespace

Outcomes carry_out(Decider& d, Command const& c, SendCause const& what) {
    if (!what.cause.empty()) {
        auto const cause = cause_named(d, what.cause);
        if (!cause) return cause.error();
        return send(d, c, what, *cause, {}, {});
    }
    auto const* const stay = stay_named(d.state, c.stay);
    if (stay == nullptr) return no_stay(c.stay);
    auto const meant = blocker_meant(d.state, *stay, what.blocker);
    if (!meant) return meant.error();
    auto const& blocker = *meant->second;
    return send(d, c, what, cause_of(d.state, *stay, blocker), stay->id, blocker.id);
}

Outcomes carry_out(Decider& d, Command const& c, DecideInCycle const& decide) {
    auto const cycle = cycle_named(d.state, decide.cycle);
    if (!cycle) return cycle.error();
    auto const cause = cause_named(d, decide.cause);
    if (!cause) return cause.error();
    if (decide.text.empty()) return refused("a decision needs words", "text");
    if (!d.state.staff.contains(decide.owner))
        return refused(fmt::format("\"{}\" is not on the staff list", decide.owner), "owner");
    if (!decide.deadline) return refused("a decision needs a deadline", "deadline");
    auto const deadline = deadline_of(*decide.deadline);
    if (deadline < entered(d, c)) return refused("the deadline is past", "deadline");
    if (deadline > d.now + planned_ahead_max)
        return refused("this is more than two years ahead", "deadline");
    auto const made =
        std::count_if(d.state.decisions.begin(), d.state.decisions.end(),
                      [&](auto const& entry) { return entry.second.cycle == (*cycle)->id; });
    if (static_cast<std::size_t>(made) >= cycle_decisions_max)
        return refused("this cycle has made 500 decisions", "cycle");
    auto const id = DecisionId{d.state.last_decision.value() + 1};
    d.emit(CycleDecided{(*cycle)->id, id, *cause, Sealed{decide.text, {}}, decide.owner, deadline,
                        c.actor});
    d.decision.outcome.made = id.value();
    d.decision.outcome.warning = away_words(d.state, decide.owner, london_date(d.now));
    return ok();
}

Outcomes carry_out(Decider& d, Command const& c, FinishDecision const& finish) {
    auto const it = d.state.decisions.find(finish.decision);
    if (it == d.state.decisions.end())
        return refused("there is no decision of that number", "decision");
    if (it->second.state != ActionState::open)
        return refused(fmt::format("it is {} already", name_of(it->second.state)), "decision");
    auto const state = finished_state(finish.state);
    if (!state) return refused("the state is done, not_done or cancelled", "state");
    if (*state != ActionState::done && finish.why.empty())
        return refused("not done or cancelled needs a reason", "why");
    d.emit(DecisionFinished{finish.decision, *state, Sealed{finish.why, {}}, c.actor});
    return ok();
}

Outcomes carry_out(Decider& d, Command const& c, AnswerCause const& answer) {
    auto const cause = cause_named(d, answer.cause);
    if (!cause) return cause.error();
    if (answer.level != "team" && answer.level != "area" && answer.level != "county")
        return refused("the level is team, area or county", "level");
    if (answer.text.empty()) return refused("an answer needs words", "text");
    d.emit(CauseAnswered{*cause, answer.level, Sealed{answer.text, {}}, c.actor});
    return ok();
}

}  // namespace washup::core
