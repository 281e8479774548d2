#pragma once
// Events of the house and of identity: configuration, days, sources, persons and their merges. See
// event.hpp for what an event is.

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "daemon/core/config.hpp"
#include "daemon/core/value.hpp"

namespace washup::core {

// ---- the house
// -----------------------------------------------------------------------------------

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

// ---- identity
// ------------------------------------------------------------------------------------

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

// The keys of these person records, and of the inbox items about them, were destroyed: their words
// cannot be opened any more, here or in any copy of the journal whose keys follow the list. What is
// counted stays. `keys` are the names of the destroyed keys, as they stand in the boxes.
struct PersonErased {
    std::vector<PersonId> persons;
    std::vector<InboxId> inbox;
    std::vector<Bytes> keys;
    Code how;    // "asked", "retention", "list" (of a copy restored later)
    Sealed why;  // the operator's words, without the person's
    static void describe(auto& self, auto&& field) {
        field(1, self.persons);
        field(2, self.inbox);
        field(3, self.keys);
        field(4, self.how);
        field(5, self.why);
    }
    friend bool operator==(PersonErased const&, PersonErased const&) = default;
};

// The person of this stay was erased, and its source goes on telling of it: from here on the stay
// is of a new person record, with a key of its own. Other stays of the erased one are not linked.
struct PersonBegunAnew {
    StayId stay;
    PersonId person;
    static void describe(auto& self, auto&& field) {
        field(1, self.stay);
        field(2, self.person);
    }
    friend bool operator==(PersonBegunAnew const&, PersonBegunAnew const&) = default;
};

}  // namespace washup::core
