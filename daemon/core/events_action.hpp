#pragma once
// Events of the actions of a stay: who does what by when, as people and sources say it. See
// event.hpp for what an event is.

#include <string>

#include "daemon/core/value.hpp"

namespace washup::core {

struct ActionAssigned {
    StayId stay;
    ActionId action;
    Sealed text;
    StaffId owner;  // on the staff list; empty = `owner_as_given`, shown doubtful
    Sealed owner_as_given;
    Instant deadline;
    BlockerId blocker;
    Instant agreed;
    SourceName source;
    std::string reference;
    StaffId actor;
    Instant told;  // when the source said it: of two tellings the later counts
    static void describe(auto& self, auto&& field) {
        field(1, self.stay);
        field(2, self.action);
        field(3, self.text);
        field(4, self.owner);
        field(5, self.owner_as_given);
        field(6, self.deadline);
        field(7, self.blocker);
        field(8, self.agreed);
        field(9, self.source);
        field(10, self.reference);
        field(11, self.actor);
        field(12, self.told);
    }
    friend bool operator==(ActionAssigned const&, ActionAssigned const&) = default;
};

enum class ActionState : std::uint32_t { open = 0, done = 1, not_done = 2, cancelled = 3 };
char const* name_of(ActionState state);

struct ActionFinished {
    StayId stay;
    ActionId action;
    ActionState state = ActionState::done;
    Sealed why;
    SourceName source;
    StaffId actor;
    Instant told;  // by the source; by a person, when they entered it
    static void describe(auto& self, auto&& field) {
        field(1, self.stay);
        field(2, self.action);
        field(3, self.state);
        field(4, self.why);
        field(5, self.source);
        field(6, self.actor);
        field(7, self.told);
    }
    friend bool operator==(ActionFinished const&, ActionFinished const&) = default;
};

struct DeadlineMoved {
    StayId stay;
    ActionId action;
    Instant deadline;
    Sealed why;
    SourceName source;
    StaffId actor;
    Instant told;  // as ActionFinished
    static void describe(auto& self, auto&& field) {
        field(1, self.stay);
        field(2, self.action);
        field(3, self.deadline);
        field(4, self.why);
        field(5, self.source);
        field(6, self.actor);
        field(7, self.told);
    }
    friend bool operator==(DeadlineMoved const&, DeadlineMoved const&) = default;
};

// As BlockerConfirmed.
struct ActionConfirmed {
    StayId stay;
    ActionId action;
    SourceName source;
    Instant told;
    static void describe(auto& self, auto&& field) {
        field(1, self.stay);
        field(2, self.action);
        field(3, self.source);
        field(4, self.told);
    }
    friend bool operator==(ActionConfirmed const&, ActionConfirmed const&) = default;
};

// Its source takes back that it is finished. What people finished, people assign again.
struct ActionReopened {
    StayId stay;
    ActionId action;
    SourceName source;
    Instant told;
    static void describe(auto& self, auto&& field) {
        field(1, self.stay);
        field(2, self.action);
        field(3, self.source);
        field(4, self.told);
    }
    friend bool operator==(ActionReopened const&, ActionReopened const&) = default;
};

// Its source says it in other words. Nobody else words it, so the latest words stand.
struct ActionReworded {
    StayId stay;
    ActionId action;
    Sealed text;
    SourceName source;
    Instant told;
    static void describe(auto& self, auto&& field) {
        field(1, self.stay);
        field(2, self.action);
        field(3, self.text);
        field(4, self.source);
        field(5, self.told);
    }
    friend bool operator==(ActionReworded const&, ActionReworded const&) = default;
};

// Journaled when it happens: it has an effect outside (a wall shows it, an alert is raised).
struct ActionBecameOverdue {
    StayId stay;
    ActionId action;
    static void describe(auto& self, auto&& field) {
        field(1, self.stay);
        field(2, self.action);
    }
    friend bool operator==(ActionBecameOverdue const&, ActionBecameOverdue const&) = default;
};

// The action is another's now, by hand or by its source; text, deadline and blocker stay.
struct ActionHandedOver {
    StayId stay;
    ActionId action;
    StaffId from;
    StaffId to;
    Sealed why;
    StaffId actor;
    SourceName source;
    Instant told;        // as ActionFinished
    Sealed to_as_given;  // when `to` is not on the staff list
    static void describe(auto& self, auto&& field) {
        field(1, self.stay);
        field(2, self.action);
        field(3, self.from);
        field(4, self.to);
        field(5, self.why);
        field(6, self.actor);
        field(7, self.source);
        field(8, self.told);
        field(9, self.to_as_given);
    }
    friend bool operator==(ActionHandedOver const&, ActionHandedOver const&) = default;
};

}  // namespace washup::core
