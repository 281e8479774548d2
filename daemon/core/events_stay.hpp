#pragma once
// Events of a stay: opening, names, facts and their taking back. See event.hpp for what an event
// is.

#include <cstdint>
#include <optional>
#include <string>

#include "daemon/core/value.hpp"

namespace washup::core {

// ---- the stay
// ------------------------------------------------------------------------------------

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
    Sealed why_words;   // when the reason is no code but a sentence
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
        visit(10, self.why_words);
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
    StaffId actor;
    static void describe(auto& self, auto&& field) {
        field(1, self.stay);
        field(2, self.name);
        field(3, self.at);
        field(4, self.source);
        field(5, self.actor);
    }
    friend bool operator==(MilestoneReached const&, MilestoneReached const&) = default;
};

// The live state lets go of a stay 100 days after its end was recorded here.
struct StayLetGo {
    StayId stay;
    static void describe(auto& self, auto&& field) { field(1, self.stay); }
    friend bool operator==(StayLetGo const&, StayLetGo const&) = default;
};

}  // namespace washup::core
