#pragma once
// What a person asks for at the wash-up, of the staff list and in the weekly cycle. A part of
// Command; how it is decided: decide_meeting.cpp, decide_cycle.cpp, decide_staff.cpp.

#include <optional>
#include <string>

#include "daemon/core/event.hpp"

namespace washup::core {

struct OpenWashUp {
    Code team;
    StaffId chair;  // empty = who asks
};
// Of the team, or of this number when the team has several open.
struct CloseWashUp {
    Code team;
    MeetingId meeting;
};
struct CancelWashUp {
    Code team;
    std::optional<Moment> planned;
    std::string why;
};
// A cancelled one will be held after all; the next of these when no time is named.
struct RestoreWashUp {
    Code team;
    std::optional<Moment> planned;
    std::string why;
};
// About a stay, in the open wash-up of its team unless a number is given.
struct DiscussStay {
    MeetingId meeting;
    std::string note;
};
struct ParkStay {
    MeetingId meeting;
    std::string why;
};
struct AskPrompt {
    MeetingId meeting;
    Code prompt;
    std::string answer, managed_by;
};

struct SetAway {
    StaffId staff;
    std::optional<Moment> from, until;  // dates; both absent = not away
    StaffId deputy;
};
// All open actions of one person.
struct HandOverActions {
    StaffId from, to;
    std::string why;
};

// The cause of a stay's blocker (0 = the only open one), or a cause by its code.
struct SendCause {
    BlockerId blocker;
    Code cause, cycle;  // cycle: of the configuration; empty = the only open one
};
struct DecideInCycle {
    Code cycle, cause;
    std::string text;
    StaffId owner;
    std::optional<Moment> deadline;
};
struct FinishDecision {
    DecisionId decision;
    std::string state, why;
};
struct AnswerCause {
    Code cause, level;
    std::string text;
};

}  // namespace washup::core
