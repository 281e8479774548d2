#pragma once
// Commands, one overload each: what follows is written with the pen, an error is the refusal. Those
// about a stay have it as an argument. Used by decide_command.cpp and decide_work.cpp alone.

#include "daemon/core/decider.hpp"

namespace washup::core {

using Outcomes = Result<void>;

inline Outcomes ok() {
    return boost::system::in_place_value;
}

inline Instant entered(Decider const& d, Command const& c) {
    return c.entered_at.ms != 0 ? c.entered_at : d.now;
}

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

}  // namespace washup::core
