#pragma once
// Everything that was said to the house, in the order of the journal, as plain lists. It is folded
// from the records by code of its own: of the daemon it knows the words of the events and none of
// the functions. What follows from it is in told.hpp and sums.hpp.

#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "daemon/core/record.hpp"
#include "proto/base/digest.hpp"
#include "tests/sim/checkers/naive/notes.hpp"

namespace washup::sim::naive {

// Words whose key was destroyed begin so.
inline constexpr std::string_view gone = "\x01gone";
inline bool is_gone(std::string_view words) {
    return words.starts_with(gone);
}
// What is said under a key that is gone: that something was said, and whether it is the same box as
// another; nothing of what it was.
void shut_words(core::Sealed& words);

// What a fact says, apart from when. It is mostly the same as the time before, and facts of a field
// that say the same share it: a year has millions of them.
struct Words {
    core::Value value;  // without its box
    std::string source, doubt;
};
struct Fact {
    std::shared_ptr<Words const> words;
    Digest128 box;  // of the box that the value's words came in
    Moment occurred;
    Instant recorded;  // else when the message was written, else when it came
    Instant message_at, received;
    std::uint64_t record = 0;

    core::Value const& value() const { return words->value; }
    std::string const& source() const { return words->source; }
    std::string const& doubt() const { return words->doubt; }
};
struct Cancel {
    std::optional<Instant> occurred;
    std::optional<core::Location> location;
    std::string only_code;
    Instant recorded;
    std::string source;
    std::uint64_t record = 0;
};
struct Field {
    std::vector<Fact> facts;  // in the order of what happened
    std::vector<Cancel> cancels;
    std::optional<Instant> confirmed;
};

struct Blocker {
    core::BlockerOpened said;
    std::optional<Moment> closed;
    std::string closed_why, doubt, source;
};
struct HandOver {
    core::BlockerId blocker;
    Instant at;
    std::uint64_t record = 0;
};
struct Action {
    core::ActionAssigned said;
    core::ActionState state = core::ActionState::open;
    Instant deadline;
    bool overdue = false;
    unsigned moved = 0;
};

struct Person {
    std::map<core::Field, Field> fields;
    std::vector<core::IdentifierAdded> numbers;
    std::set<core::StayId> stays;
    core::PersonId read_through;
    std::set<core::PersonId> reads;  // merged into this one
};
struct Stay {
    core::StayId id;
    core::PersonId person;
    bool provisional = false, inferred = false;
    core::StayId joined_into;
    std::set<core::StayId> joined;
    std::vector<core::VisitNumberAdded> visits;
    std::map<core::Field, Field> fields;
    std::vector<Blocker> blockers;
    std::vector<HandOver> hand_overs;
    std::vector<Action> actions;
    std::vector<core::MilestoneReached> milestones;
    bool asked = false;  // a person was asked on which ward it is
};

struct ById {
    std::size_t operator()(auto id) const { return std::hash<std::uint64_t>{}(id.value()); }
};

class Said {
  public:
    // The next record, boxes open.
    void add(core::Record const& record);
    // Stays whose row may be another by what was added since the last call.
    std::set<core::StayId> take_touched();

    core::PersonId reads_for(core::PersonId person) const;
    // The person's records, merged ones included.
    std::vector<core::PersonId> records_of(core::PersonId person) const;
    // The stay and the provisional stays that are read through it.
    std::vector<Stay const*> parts_of(Stay const& stay) const;

    core::Config config;
    Date today;
    std::uint64_t head = 0;
    Instant last_at;
    std::unordered_map<core::PersonId, Person, ById> persons;  // they are never let go
    std::map<core::StayId, Stay> stays;
    Notes notes;
    std::map<std::string, core::CapacityReported> services;
    std::map<std::string, core::StaffAdded> staff;
    std::map<core::InboxId, core::InboxKept> inbox;  // that wait for a person
    struct Source {
        std::uint64_t accepted = 0, inbox = 0, counted = 0, watermark = 0;
        Instant last_heard;
    };
    std::map<std::string, Source> sources;

  private:
    struct Adder;
    void touch_person(core::PersonId person);
    std::map<core::InboxId, std::uint64_t> counts_;
    std::set<core::StayId> touched_;
};

}  // namespace washup::sim::naive
