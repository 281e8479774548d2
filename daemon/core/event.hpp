#pragma once
// What happened, in the ward's words and in the past tense. The meaning of an event never changes:
// a new meaning is a new type. Field numbers are those of proto/washup/v1/event.proto.

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "daemon/core/config.hpp"
#include "daemon/core/value.hpp"

namespace washup::core {

// ---- the house ----------------------------------------------------------------------------------

struct ConfigAdopted {
    Digest256 digest;
    Config config;
    static void describe(auto& self, auto&& field) {
        field(1, self.digest);
        field(2, self.config);
    }
    friend bool operator==(ConfigAdopted const&, ConfigAdopted const&) = default;
};

// One for each London date, dates that were slept through included.
struct DayTurned {
    Date date;  // the day that begins
    static void describe(auto& self, auto&& field) { field(1, self.date); }
    friend bool operator==(DayTurned const&, DayTurned const&) = default;
};

struct ClockStepped {
    Instant from, to;
    static void describe(auto& self, auto&& field) {
        field(1, self.from);
        field(2, self.to);
    }
    friend bool operator==(ClockStepped const&, ClockStepped const&) = default;
};

// A source came with a store of its own that is new here; its sequence counts from 1 again.
struct SourceEpochBegan {
    SourceName source;
    std::string epoch, profile;
    static void describe(auto& self, auto&& field) {
        field(1, self.source);
        field(2, self.epoch);
        field(3, self.profile);
    }
    friend bool operator==(SourceEpochBegan const&, SourceEpochBegan const&) = default;
};

// A record that means nothing for us (an outpatient, a person without a stay): only its kind
// counts.
struct RecordCounted {
    SourceName source;
    Code kind;
    static void describe(auto& self, auto&& field) {
        field(1, self.source);
        field(2, self.kind);
    }
    friend bool operator==(RecordCounted const&, RecordCounted const&) = default;
};

// ---- identity -----------------------------------------------------------------------------------

enum class IdentifierKind : std::uint32_t { local = 0, nhs = 1, council = 2 };

struct PersonRegistered {
    PersonId person;
    static void describe(auto& self, auto&& field) { field(1, self.person); }
    friend bool operator==(PersonRegistered const&, PersonRegistered const&) = default;
};

struct IdentifierAdded {
    PersonId person;
    IdentifierKind kind = IdentifierKind::local;
    Code name_space;
    AliasKey key;
    Sealed number;
    bool doubtful = false;  // kept and shown, never used to match
    static void describe(auto& self, auto&& field) {
        field(1, self.person);
        field(2, self.kind);
        field(3, self.name_space);
        field(4, self.key);
        field(5, self.number);
        field(6, self.doubtful);
    }
    friend bool operator==(IdentifierAdded const&, IdentifierAdded const&) = default;
};

// A link that reading follows; nothing is moved.
struct PersonsMerged {
    PersonId retired, survivor;
    Instant occurred;
    static void describe(auto& self, auto&& field) {
        field(1, self.retired);
        field(2, self.survivor);
        field(3, self.occurred);
    }
    friend bool operator==(PersonsMerged const&, PersonsMerged const&) = default;
};

struct MergeUndone {
    PersonId retired, survivor;
    Sealed why;
    static void describe(auto& self, auto&& field) {
        field(1, self.retired);
        field(2, self.survivor);
        field(3, self.why);
    }
    friend bool operator==(MergeUndone const&, MergeUndone const&) = default;
};

// ---- the stay -----------------------------------------------------------------------------------

// Said again for a stay that is here, it only corrects how it was opened.
struct StayOpened {
    StayId stay;
    PersonId person;
    SourceName source;
    bool provisional = false;  // the council's word; the ward has not said it yet
    bool inferred = false;     // its admission was not seen
    static void describe(auto& self, auto&& field) {
        field(1, self.stay);
        field(2, self.person);
        field(3, self.source);
        field(4, self.provisional);
        field(5, self.inferred);
    }
    friend bool operator==(StayOpened const&, StayOpened const&) = default;
};

struct VisitNumberAdded {
    StayId stay;
    Code authority;
    AliasKey key;
    Sealed number;
    static void describe(auto& self, auto&& field) {
        field(1, self.stay);
        field(2, self.authority);
        field(3, self.key);
        field(4, self.number);
    }
    friend bool operator==(VisitNumberAdded const&, VisitNumberAdded const&) = default;
};

// A provisional stay is the same as a ward's stay: it is read through it from now on.
struct StayJoined {
    StayId provisional, ward;
    static void describe(auto& self, auto&& field) {
        field(1, self.provisional);
        field(2, self.ward);
    }
    friend bool operator==(StayJoined const&, StayJoined const&) = default;
};

// The times of one observation, by which facts are ordered: occurred, then recorded, then the
// message's own, then arrival (the record number).
struct FactTimes {
    Moment occurred;
    Instant recorded;
    Instant message_at;
    static void describe(auto& self, auto&& field) {
        field(1, self.occurred);
        field(2, self.recorded);
        field(3, self.message_at);
    }
    friend bool operator==(FactTimes const&, FactTimes const&) = default;
};

struct FactObserved {
    StayId stay;  // for a fact of the person: the stay it came with, or none
    PersonId person;
    Field field = Field::none;
    Value value;  // empty = taken away
    FactTimes times;
    SourceName source;
    StaffId actor;
    std::string doubt;  // words; no patient data
    Code why;           // of a changed ideal
    static void describe(auto& self, auto&& visit) {
        visit(1, self.stay);
        visit(2, self.person);
        visit(3, self.field);
        visit(4, self.value);
        visit(5, self.times);
        visit(6, self.source);
        visit(7, self.actor);
        visit(8, self.doubt);
        visit(9, self.why);
    }
    friend bool operator==(FactObserved const&, FactObserved const&) = default;
};

// "Confirm as unchanged": the value stands, its confirmed time moves.
struct FactConfirmed {
    StayId stay;
    Field field = Field::none;
    SourceName source;
    StaffId actor;
    static void describe(auto& self, auto&& visit) {
        visit(1, self.stay);
        visit(2, self.field);
        visit(3, self.source);
        visit(4, self.actor);
    }
    friend bool operator==(FactConfirmed const&, FactConfirmed const&) = default;
};

// A cancel takes back facts of one field and of no other kind: those recorded up to `recorded`,
// and of them the one that occurred at `occurred` when the cancel names it, or the one that says
// `value` when it names that. A fact that arrives later but was recorded earlier is taken back too,
// so the order of arrival does not matter.
struct FactsRetracted {
    StayId stay;
    Field field = Field::none;
    std::optional<Instant> occurred;
    std::optional<Location> location;  // CANCEL_TRANSFER: the place that is taken back
    Code only_code;                    // an ending of this kind only; empty = any
    Instant recorded;
    SourceName source;
    StaffId actor;
    Sealed why;
    static void describe(auto& self, auto&& visit) {
        visit(1, self.stay);
        visit(2, self.field);
        visit(3, self.occurred);
        visit(4, self.location);
        visit(5, self.only_code);
        visit(6, self.recorded);
        visit(7, self.source);
        visit(8, self.actor);
        visit(9, self.why);
    }
    friend bool operator==(FactsRetracted const&, FactsRetracted const&) = default;
};

struct MilestoneReached {
    StayId stay;
    Code name;
    Moment at;
    SourceName source;
    static void describe(auto& self, auto&& field) {
        field(1, self.stay);
        field(2, self.name);
        field(3, self.at);
        field(4, self.source);
    }
    friend bool operator==(MilestoneReached const&, MilestoneReached const&) = default;
};

// The live state lets go of a stay 100 days after its end was recorded here.
struct StayLetGo {
    StayId stay;
    static void describe(auto& self, auto&& field) { field(1, self.stay); }
    friend bool operator==(StayLetGo const&, StayLetGo const&) = default;
};

// ---- blockers -----------------------------------------------------------------------------------

struct BlockerOpened {
    StayId stay;
    BlockerId blocker;
    Code reason;  // national; empty = not mapped, then `as_given` says it
    Code local_reason;
    Code holder;
    Sealed note;
    Sealed as_given;  // a source's own words that the vocabulary does not know
    Moment opened;
    SourceName source;
    std::string reference;  // the source's own key
    StaffId actor;
    std::string doubt;
    static void describe(auto& self, auto&& field) {
        field(1, self.stay);
        field(2, self.blocker);
        field(3, self.reason);
        field(4, self.local_reason);
        field(5, self.holder);
        field(6, self.note);
        field(7, self.as_given);
        field(8, self.opened);
        field(9, self.source);
        field(10, self.reference);
        field(11, self.actor);
        field(12, self.doubt);
    }
    friend bool operator==(BlockerOpened const&, BlockerOpened const&) = default;
};

struct BlockerClosed {
    StayId stay;
    BlockerId blocker;
    Moment closed;
    Code why;
    SourceName source;
    StaffId actor;
    std::string doubt;
    static void describe(auto& self, auto&& field) {
        field(1, self.stay);
        field(2, self.blocker);
        field(3, self.closed);
        field(4, self.why);
        field(5, self.source);
        field(6, self.actor);
        field(7, self.doubt);
    }
    friend bool operator==(BlockerClosed const&, BlockerClosed const&) = default;
};

// From `at` on this blocker holds the chess clock, as long as it is open.
struct ClockHandedOver {
    StayId stay;
    BlockerId blocker;
    Instant at;
    StaffId actor;
    static void describe(auto& self, auto&& field) {
        field(1, self.stay);
        field(2, self.blocker);
        field(3, self.at);
        field(4, self.actor);
    }
    friend bool operator==(ClockHandedOver const&, ClockHandedOver const&) = default;
};

// ---- actions ------------------------------------------------------------------------------------

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
    static void describe(auto& self, auto&& field) {
        field(1, self.stay);
        field(2, self.action);
        field(3, self.state);
        field(4, self.why);
        field(5, self.source);
        field(6, self.actor);
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
    static void describe(auto& self, auto&& field) {
        field(1, self.stay);
        field(2, self.action);
        field(3, self.deadline);
        field(4, self.why);
        field(5, self.source);
        field(6, self.actor);
    }
    friend bool operator==(DeadlineMoved const&, DeadlineMoved const&) = default;
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

// ---- capacity, staff, inbox ---------------------------------------------------------------------

struct CapacityReported {
    Code service;
    Code council;
    std::string name;
    Code kind, zone, pathway, unit;
    std::optional<std::int64_t> total, occupied, reserved, out_of_service, accepting;
    Instant occurred;
    SourceName source;
    StaffId actor;
    static void describe(auto& self, auto&& field) {
        field(1, self.service);
        field(2, self.council);
        field(3, self.name);
        field(4, self.kind);
        field(5, self.zone);
        field(6, self.pathway);
        field(7, self.unit);
        field(8, self.total);
        field(9, self.occupied);
        field(10, self.reserved);
        field(11, self.out_of_service);
        field(12, self.accepting);
        field(13, self.occurred);
        field(14, self.source);
        field(15, self.actor);
    }
    friend bool operator==(CapacityReported const&, CapacityReported const&) = default;
};

struct StaffAdded {
    StaffId staff;
    Sealed name;
    std::string role;
    Code team;
    static void describe(auto& self, auto&& field) {
        field(1, self.staff);
        field(2, self.name);
        field(3, self.role);
        field(4, self.team);
    }
    friend bool operator==(StaffAdded const&, StaffAdded const&) = default;
};

// Acknowledged and kept for a person. `observation` is what the source said, sealed; with
// `waiting_for` it is carried out by itself when that visit appears.
struct InboxKept {
    InboxId item;
    SourceName source;
    std::string record_name;
    Code trigger;
    Code why;
    std::string field;
    std::string words;
    std::optional<AliasKey> waiting_for;
    Sealed observation;
    static void describe(auto& self, auto&& visit) {
        visit(1, self.item);
        visit(2, self.source);
        visit(3, self.record_name);
        visit(4, self.trigger);
        visit(5, self.why);
        visit(6, self.field);
        visit(7, self.words);
        visit(8, self.waiting_for);
        visit(9, self.observation);
    }
    friend bool operator==(InboxKept const&, InboxKept const&) = default;
};

struct InboxSettled {
    InboxId item;
    Code how;  // "carried_out", "by_person"
    Sealed why;
    StaffId actor;
    static void describe(auto& self, auto&& field) {
        field(1, self.item);
        field(2, self.how);
        field(3, self.why);
        field(4, self.actor);
    }
    friend bool operator==(InboxSettled const&, InboxSettled const&) = default;
};

// The order is the field number of event.proto's oneof, from 1: only ever add at the end.
using Event =
    std::variant<ConfigAdopted, DayTurned, ClockStepped, SourceEpochBegan, RecordCounted,
                 PersonRegistered, IdentifierAdded, PersonsMerged, MergeUndone, StayOpened,
                 VisitNumberAdded, StayJoined, FactObserved, FactConfirmed, FactsRetracted,
                 MilestoneReached, StayLetGo, BlockerOpened, BlockerClosed, ClockHandedOver,
                 ActionAssigned, ActionFinished, DeadlineMoved, ActionBecameOverdue,
                 CapacityReported, StaffAdded, InboxKept, InboxSettled>;

}  // namespace washup::core
