#pragma once
// Events of the wash-up and of the weekly cycle: opened, discussed, asked, parked, closed; causes
// sent, decided, answered. See event.hpp for what an event is.

#include <cstdint>
#include <string>
#include <vector>

#include "daemon/core/value.hpp"

namespace washup::core {

// ---- the wash-up

// The team has sat down. `planned` is the time of its schedule that this is; 0 = an extra one.
struct WashUpOpened {
    MeetingId meeting;
    Code team;
    Instant planned;
    StaffId chair;
    StaffId actor;
    static void describe(auto& self, auto&& field) {
        field(1, self.meeting);
        field(2, self.team);
        field(3, self.planned);
        field(4, self.chair);
        field(5, self.actor);
    }
    friend bool operator==(WashUpOpened const&, WashUpOpened const&) = default;
};

struct WashUpClosed {
    MeetingId meeting;
    StaffId actor;
    static void describe(auto& self, auto&& field) {
        field(1, self.meeting);
        field(2, self.actor);
    }
    friend bool operator==(WashUpClosed const&, WashUpClosed const&) = default;
};

// It will not be held; clocks that wait for it wait for the next one.
struct WashUpCancelled {
    Code team;
    Instant planned;
    Sealed why;
    StaffId actor;
    static void describe(auto& self, auto&& field) {
        field(1, self.team);
        field(2, self.planned);
        field(3, self.why);
        field(4, self.actor);
    }
    friend bool operator==(WashUpCancelled const&, WashUpCancelled const&) = default;
};

// The cancelling is taken back: it will be held after all, and clocks wait for it again.
struct WashUpRestored {
    Code team;
    Instant planned;
    Sealed why;
    StaffId actor;
    static void describe(auto& self, auto&& field) {
        field(1, self.team);
        field(2, self.planned);
        field(3, self.why);
        field(4, self.actor);
    }
    friend bool operator==(WashUpRestored const&, WashUpRestored const&) = default;
};

// This person was talked about. Said again in the same meeting, the later note counts.
struct StayDiscussed {
    MeetingId meeting;
    StayId stay;
    Sealed note;
    StaffId actor;
    StaffId decided_by;
    static void describe(auto& self, auto&& field) {
        field(1, self.meeting);
        field(2, self.stay);
        field(3, self.note);
        field(4, self.actor);
        field(5, self.decided_by);
    }
    friend bool operator==(StayDiscussed const&, StayDiscussed const&) = default;
};

// Put off within the meeting, or to the next; it counts as not discussed.
struct StayParked {
    MeetingId meeting;
    StayId stay;
    Sealed why;
    StaffId actor;
    static void describe(auto& self, auto&& field) {
        field(1, self.meeting);
        field(2, self.stay);
        field(3, self.why);
        field(4, self.actor);
    }
    friend bool operator==(StayParked const&, StayParked const&) = default;
};

// One of the questions of the house was put for this person.
struct PromptAsked {
    MeetingId meeting;
    StayId stay;
    Code prompt;
    Sealed answer;
    Sealed managed_by;  // who, when it is somebody else's
    StaffId actor;
    static void describe(auto& self, auto&& field) {
        field(1, self.meeting);
        field(2, self.stay);
        field(3, self.prompt);
        field(4, self.answer);
        field(5, self.managed_by);
        field(6, self.actor);
    }
    friend bool operator==(PromptAsked const&, PromptAsked const&) = default;
};

// ---- the weekly cycle

struct CycleOpened {
    CycleId cycle;
    Code code;  // of its configuration
    std::string scope;
    Date week;  // the Monday
    static void describe(auto& self, auto&& field) {
        field(1, self.cycle);
        field(2, self.code);
        field(3, self.scope);
        field(4, self.week);
    }
    friend bool operator==(CycleOpened const&, CycleOpened const&) = default;
};

struct CycleClosed {
    CycleId cycle;
    static void describe(auto& self, auto&& field) { field(1, self.cycle); }
    friend bool operator==(CycleClosed const&, CycleClosed const&) = default;
};

// A cause was taken to the weekly cycle. The stay it was seen at, when one was.
struct CauseSent {
    CycleId cycle;
    Code cause;
    StayId stay;
    BlockerId blocker;
    StaffId actor;
    static void describe(auto& self, auto&& field) {
        field(1, self.cycle);
        field(2, self.cause);
        field(3, self.stay);
        field(4, self.blocker);
        field(5, self.actor);
    }
    friend bool operator==(CauseSent const&, CauseSent const&) = default;
};

// What the cycle decided about a cause: an action of the team, not of one person's stay.
struct CycleDecided {
    CycleId cycle;
    DecisionId decision;
    Code cause;
    Sealed text;
    StaffId owner;
    Instant deadline;
    StaffId actor;
    static void describe(auto& self, auto&& field) {
        field(1, self.cycle);
        field(2, self.decision);
        field(3, self.cause);
        field(4, self.text);
        field(5, self.owner);
        field(6, self.deadline);
        field(7, self.actor);
    }
    friend bool operator==(CycleDecided const&, CycleDecided const&) = default;
};

struct DecisionFinished {
    DecisionId decision;
    ActionState state = ActionState::done;
    Sealed why;
    StaffId actor;
    static void describe(auto& self, auto&& field) {
        field(1, self.decision);
        field(2, self.state);
        field(3, self.why);
        field(4, self.actor);
    }
    friend bool operator==(DecisionFinished const&, DecisionFinished const&) = default;
};

// You asked, they answered.
struct CauseAnswered {
    Code cause;
    Code level;  // team, area, county
    Sealed text;
    StaffId actor;
    static void describe(auto& self, auto&& field) {
        field(1, self.cause);
        field(2, self.level);
        field(3, self.text);
        field(4, self.actor);
    }
    friend bool operator==(CauseAnswered const&, CauseAnswered const&) = default;
};

}  // namespace washup::core
