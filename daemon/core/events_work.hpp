#pragma once
// Events of the work around a stay: blockers, capacity, staff, the inbox; its actions are in
// events_action.hpp. See event.hpp for what an event is.

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "daemon/core/value.hpp"

namespace washup::core {

// ---- blockers
// ------------------------------------------------------------------------------------

// Said again for a blocker that is here, it corrects how it was opened; the next two likewise.
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
    Instant told;              // when the source said it: of two tellings the later counts
    std::vector<Code> claims;  // who was named as the holder; two and more dispute it
    Code zone;                 // corrected by a person; empty = by the postcode district
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
        field(13, self.told);
        field(14, self.claims);
        field(15, self.zone);
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
    Sealed why_words;  // when the reason is no code but a sentence
    Instant told;      // when the source said it, as BlockerOpened
    static void describe(auto& self, auto&& field) {
        field(1, self.stay);
        field(2, self.blocker);
        field(3, self.closed);
        field(4, self.why);
        field(5, self.source);
        field(6, self.actor);
        field(7, self.doubt);
        field(8, self.why_words);
        field(9, self.told);
    }
    friend bool operator==(BlockerClosed const&, BlockerClosed const&) = default;
};

// Its closing is taken back: it has been open all along. One that began anew is another blocker.
struct BlockerReopened {
    StayId stay;
    BlockerId blocker;
    SourceName source;
    StaffId actor;
    Instant told;
    static void describe(auto& self, auto&& field) {
        field(1, self.stay);
        field(2, self.blocker);
        field(3, self.source);
        field(4, self.actor);
        field(5, self.told);
    }
    friend bool operator==(BlockerReopened const&, BlockerReopened const&) = default;
};

// Its source says again what it said before. Nothing changes but how late the source's word is, so
// that an older one on its way does not overwrite it.
struct BlockerConfirmed {
    StayId stay;
    BlockerId blocker;
    SourceName source;
    Instant told;
    static void describe(auto& self, auto&& field) {
        field(1, self.stay);
        field(2, self.blocker);
        field(3, self.source);
        field(4, self.told);
    }
    friend bool operator==(BlockerConfirmed const&, BlockerConfirmed const&) = default;
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

// ---- capacity, staff, inbox
// ----------------------------------------------------------------------

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
    Code organisation;
    Sealed email;
    Code hours;  // a calendar; empty = always
    static void describe(auto& self, auto&& field) {
        field(1, self.staff);
        field(2, self.name);
        field(3, self.role);
        field(4, self.team);
        field(5, self.organisation);
        field(6, self.email);
        field(7, self.hours);
    }
    friend bool operator==(StaffAdded const&, StaffAdded const&) = default;
};

// Away on these London dates, both included; 0 = not. Who does the work meanwhile.
struct StaffAwaySet {
    StaffId staff;
    Date from;
    Date until;
    StaffId deputy;
    StaffId actor;
    static void describe(auto& self, auto&& field) {
        field(1, self.staff);
        field(2, self.from);
        field(3, self.until);
        field(4, self.deputy);
        field(5, self.actor);
    }
    friend bool operator==(StaffAwaySet const&, StaffAwaySet const&) = default;
};

// `pin` is what Argon2id made of it; the PIN itself is nowhere. Empty words: it was erased, and
// nobody signs in as them until it is set again.
struct StaffPinSet {
    StaffId staff;
    Sealed pin;
    static void describe(auto& self, auto&& field) {
        field(1, self.staff);
        field(2, self.pin);
    }
    friend bool operator==(StaffPinSet const&, StaffPinSet const&) = default;
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
    StayId stay;  // that holds what was taken of the record, or that is asked about; none = 0
    std::optional<AliasKey> of_record;  // by which a record that comes again finds the item
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
        visit(10, self.stay);
        visit(11, self.of_record);
    }
    friend bool operator==(InboxKept const&, InboxKept const&) = default;
};

struct InboxSettled {
    InboxId item;
    Code how;  // "carried_out", "by_person"; of a question: "matched", "ended"
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

// One of the records a counted line stands for was carried out; at none the line is settled.
struct InboxCountedDown {
    InboxId item;
    static void describe(auto& self, auto&& field) { field(1, self.item); }
    friend bool operator==(InboxCountedDown const&, InboxCountedDown const&) = default;
};

}  // namespace washup::core
