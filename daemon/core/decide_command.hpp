#pragma once
// Commands, one overload each: what follows is written with the pen, an error is the refusal. Those
// about a stay have it as an argument. Used by decide_command.cpp and by those that hold a part of
// them: decide_work, decide_staff, decide_meeting, decide_cycle.

#include "daemon/core/decider.hpp"

namespace washup::core {

using Outcomes = Result<void>;

inline Outcomes ok() {
    return boost::system::in_place_value;
}

inline Instant entered(Decider const& d, Command const& c) {
    return c.entered_at.ms != 0 ? c.entered_at : d.now;
}

// The blocker of this number, or the only one that is open when none is named, with the part of the
// stay in which it lies. Refused: there is none of that number, or several are open.
Result<std::pair<Stay const*, Blocker const*>> blocker_meant(State const& state, Stay const& stay,
                                                             BlockerId wanted);

Outcomes carry_out(Decider& d, Command const& c, Stay const& stay, RaiseBlocker const& raise);
Outcomes carry_out(Decider& d, Command const& c, Stay const& stay, CloseBlocker const& close);
Outcomes carry_out(Decider& d, Command const& c, Stay const& stay, CorrectBlocker const& correct);
Outcomes carry_out(Decider& d, Command const& c, Stay const& stay, HandOverClock const& hand_over);
Outcomes carry_out(Decider& d, Command const& c, Stay const& stay, RecordMilestone const& record);
Outcomes carry_out(Decider& d, Command const& c, Stay const& stay, AssignAction const& assign);
Outcomes carry_out(Decider& d, Command const& c, Stay const& stay, FinishAction const& finish);
Outcomes carry_out(Decider& d, Command const& c, Stay const& stay, MoveDeadline const& move);

// decide_figures.cpp
Outcomes carry_out(Decider& d, Command const& c, Stay const& stay, RequestService const& asked);
Outcomes carry_out(Decider& d, Command const& c, Stay const& stay, AnswerRequest const& answer);
Outcomes carry_out(Decider& d, Command const& c, Stay const& stay, ReportDischarge const& report);
Outcomes carry_out(Decider& d, Command const& c, ReportFigure const& figure);
Outcomes carry_out(Decider& d, Command const& c, ConfirmPeriod const& confirm);
Outcomes carry_out(Decider& d, Command const& c, ConfirmMaturity const& confirm);

Outcomes carry_out(Decider& d, Command const& c, AddStaff const& add);
Outcomes carry_out(Decider& d, Command const& c, SetAway const& away);
Outcomes carry_out(Decider& d, Command const& c, HandOverActions const& over);

Outcomes carry_out(Decider& d, Command const& c, OpenWashUp const& open);
Outcomes carry_out(Decider& d, Command const& c, CloseWashUp const& close);
Outcomes carry_out(Decider& d, Command const& c, CancelWashUp const& cancel);
Outcomes carry_out(Decider& d, Command const& c, RestoreWashUp const& restore);
Outcomes carry_out(Decider& d, Command const& c, Stay const& stay, DiscussStay const& discuss);
Outcomes carry_out(Decider& d, Command const& c, Stay const& stay, ParkStay const& park);
Outcomes carry_out(Decider& d, Command const& c, Stay const& stay, AskPrompt const& ask);

Outcomes carry_out(Decider& d, Command const& c, SendCause const& send);
Outcomes carry_out(Decider& d, Command const& c, DecideInCycle const& decide);
Outcomes carry_out(Decider& d, Command const& c, FinishDecision const& finish);
Outcomes carry_out(Decider& d, Command const& c, AnswerCause const& answer);

// What a person may say of an action or decision that is over; nothing = no such word.
std::optional<ActionState> finished_state(std::string const& word);
// "Peter Osei is away until 2026-11-24; Ann Ades does the work meanwhile"; empty = at work.
std::string away_words(State const& state, StaffId const& id, Date date);

Stay const* stay_named(State const& state, StayName const& name);
Outcomes no_stay(StayName const& name);

// One stay's, and one cycle's, so that no list grows without end.
inline constexpr std::size_t stay_discussions_max = 400;
inline constexpr std::size_t stay_prompts_max = 400;
inline constexpr std::size_t cycle_causes_max = 200;
inline constexpr std::size_t cycle_decisions_max = 500;

}  // namespace washup::core
