#pragma once
// What a person asks for, imperative, in the words of product.md. daemon/ingest makes it from the
// wire; decide() accepts or refuses it.

#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "daemon/core/command_meeting.hpp"
#include "daemon/core/event.hpp"
#include "daemon/core/figure_commands.hpp"

namespace washup::core {

// A stay as a person names it: its key (authority:number), hashed at the border, or "#17".
struct StayName {
    std::string as_given;
    std::optional<AliasKey> key;
    StayId id;
};

struct SetField {
    Field field = Field::none;
    Value value;
    Code why;
    std::optional<std::string> seen;  // the code, time or words the asker saw
};
struct ConfirmField {
    Field field = Field::none;
};
struct RaiseBlocker {
    std::string reason, local_reason, holder, note;
    std::optional<Moment> opened_at;
};
struct CloseBlocker {
    BlockerId blocker;
    std::string why;
    std::optional<Moment> closed_at;
};
// What was said of a blocker was wrong; what is left out stays as it is.
struct CorrectBlocker {
    BlockerId blocker;
    std::string reason, local_reason, holder;
    std::vector<std::string> claims;  // of a disputed holder: who is said to be it
    std::optional<std::string> note, zone;
    std::optional<Moment> opened_at, closed_at;
    bool open_again = false;  // its closing was wrong
};
struct HandOverClock {
    BlockerId blocker;
    std::optional<Moment> at;
};
struct AssignAction {
    std::string text;
    StaffId owner;
    std::optional<Moment> deadline, agreed_at;
    BlockerId blocker;
};
struct FinishAction {
    ActionId action;
    std::string state, why;
};
struct MoveDeadline {
    ActionId action;
    std::optional<Moment> deadline;
    std::string why;
};
struct ReportCapacity {
    CapacityReported counters;
};
struct RecordMilestone {
    std::string name;
    std::optional<Moment> at;
};
struct Reopen {
    std::string why;
};
struct AddStaff {
    StaffId id;
    std::string name, role;
    Code team;
    std::optional<std::string> organisation, email, hours;  // absent = as it was
};
struct SetPin {
    StaffId staff;
    std::string hash;  // made by the shell, off the loop: it takes tens of milliseconds and chance
};
struct UndoMerge {
    std::string why;
};
struct SettleInbox {
    InboxId item;
    std::string why;
};

// Destroys the keys of a person's words. Named by a stay, or by a number of the person's own.
struct ErasePerson {
    std::optional<AliasKey> number;
    std::string why;
};

struct Command {
    std::string id;
    StaffId actor, decided_by;
    bool actor_verified = false;
    Instant entered_at, expires_at;  // 0 = at receipt; never
    StayName stay;                   // for those about a stay
    std::variant<SetField, ConfirmField, RaiseBlocker, CloseBlocker, HandOverClock, AssignAction,
                 FinishAction, MoveDeadline, ReportCapacity, Reopen, AddStaff, UndoMerge,
                 SettleInbox, SetPin, ErasePerson, RequestService, AnswerRequest, ReportDischarge,
                 ReportFigure, ConfirmPeriod, ConfirmMaturity, CorrectBlocker, RecordMilestone,
                 OpenWashUp, CloseWashUp, CancelWashUp, DiscussStay, ParkStay, AskPrompt, SetAway,
                 HandOverActions, SendCause, DecideInCycle, FinishDecision, AnswerCause,
                 RestoreWashUp>
        what;
};

// The source name under which people's entries stand beside those of feeds.
inline constexpr char const* board_source = "board";

}  // namespace washup::core
