#pragma once
// What a source says it saw, after the border has checked its form: names of persons and stays as
// keyed hashes, values by field. daemon/ingest makes it; decide() turns it into events.

#include <functional>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "daemon/core/event.hpp"
#include "daemon/core/figure_commands.hpp"

namespace washup::core {

struct ObservedIdentifier {
    IdentifierKind kind = IdentifierKind::local;
    Code name_space;
    Sealed number;
    AliasKey key;
    bool doubtful = false;  // an NHS number that cannot be one
};

struct ObservedVisit {
    Code authority;
    Sealed number;
    AliasKey key;
};

struct Subject {
    std::optional<ObservedVisit> visit, other_visit;
    std::vector<ObservedIdentifier> identifiers;
};

struct ObservedFact {
    Field field = Field::none;
    Value value;
    std::optional<Moment> occurred;
    std::string doubt;
    std::string no_time;  // its value names a time that cannot be one ("0001-01-01"): not taken
};

struct StaySeen {
    enum class Effect : std::uint32_t {
        update = 0,
        admit = 1,
        transfer = 2,
        discharge = 3,
        cancel_admit = 4,
        cancel_transfer = 5,
        cancel_discharge = 6,
        referral = 7
    };
    Effect effect = Effect::update;
    bool inpatient = false, opens = false, inferred = false;
    std::optional<Location> taken_back;
    std::optional<Instant> cancels_at;
};
struct PersonSeen {};
struct MergeSeen {
    std::vector<ObservedIdentifier> retired;
};
struct BlockerSeen {
    std::string reason, local_reason, holder, note, reference, closed_why;
    bool closed = false;
    std::optional<Moment> opened_at, closed_at;
    std::string doubt;  // a time of its own that cannot be one, in words
};
struct ActionSeen {
    std::string text, owner, state, why, reference, blocker_reason;
    std::optional<Moment> deadline, agreed_at;
};
struct CapacitySeen {
    CapacityReported counters;
};
struct MilestoneSeen {
    Code name;
    std::optional<Moment> at;
};
struct SetAside {
    Code why;  // unmappable, not_yet_handled, test_message
    std::string field, words;
};
struct CountedOnly {
    Code kind;
};

// Something of a record that was not taken, while the rest was.
struct Unreadable {
    std::string field, words;
};

struct Observation {
    SourceName source;
    std::string record_name;
    Code trigger;
    Subject subject;
    FactTimes times;
    std::string no_time;   // it says that it occurred at a time that cannot be one
    bool planned = false;  // its occurred time lies in the future on purpose
    std::vector<ObservedFact> facts;
    std::vector<Unreadable> unreadable;
    AliasKey record;                   // which record of the source this is
    std::optional<AliasKey> again_of;  // the record it repeats, kept for a person until now
    std::variant<StaySeen, PersonSeen, MergeSeen, BlockerSeen, ActionSeen, CapacitySeen,
                 MilestoneSeen, SetAside, CountedOnly, RequestSeen, FigureSeen>
        kind;
    // As it came on the wire, to carry it out again from the inbox: few records are kept, so it is
    // written when one is.
    std::function<Bytes()> raw;
};

}  // namespace washup::core
