#pragma once
// The lists that a stay is made of besides its facts: blockers, actions, milestones, requests, and
// what meetings said. Not the stay itself (stay.hpp), and nothing derived.

#include <optional>
#include <string>
#include <vector>

#include "daemon/core/event.hpp"

namespace washup::core {

// What a source itself last said of its blocker, when people have said otherwise since: repeating
// it overwrites nothing.
struct SourceWord {
    Code reason, local_reason, holder;
    Moment opened;
    std::optional<Moment> closed;
    static void describe(auto& self, auto&& field) {
        field(1, self.reason);
        field(2, self.local_reason);
        field(3, self.holder);
        field(4, self.opened);
        field(5, self.closed);
    }
    friend bool operator==(SourceWord const&, SourceWord const&) = default;
};

struct Blocker {
    BlockerId id;
    Code reason, local_reason, holder;
    Sealed note, as_given;
    Moment opened;
    std::optional<Moment> closed;
    Code closed_why;
    SourceName source;
    std::string reference;
    StaffId actor;
    std::string doubt;
    RecordNumber record;
    Instant recorded;          // when it was recorded here, as all that follows it
    Instant closed_recorded;   // when the closing was; progress is judged by it
    Instant told;              // by its source, the last time it said something new
    Sealed closed_words;       // why it closed, when that is a sentence
    std::vector<Code> claims;  // who was named as the holder; two and more dispute it
    Code zone;                 // corrected by a person; empty = by the postcode district
    std::optional<SourceWord> source_said;
    Instant reopened;         // recorded, the last time its closing was taken back; 0 = never
    std::string reopened_by;  // staff id, else the source
    static void describe(auto& self, auto&& field) {
        field(1, self.id);
        field(2, self.reason);
        field(3, self.local_reason);
        field(4, self.holder);
        field(5, self.note);
        field(6, self.as_given);
        field(7, self.opened);
        field(8, self.closed);
        field(9, self.closed_why);
        field(10, self.source);
        field(11, self.reference);
        field(12, self.actor);
        field(13, self.doubt);
        field(14, self.record);
        field(15, self.closed_recorded);
        field(16, self.recorded);
        field(17, self.told);
        field(18, self.closed_words);
        field(19, self.claims);
        field(20, self.zone);
        field(21, self.source_said);
        field(22, self.reopened);
        field(23, self.reopened_by);
    }
    bool open_at(Instant at) const { return opened.at <= at && (!closed || at < closed->at); }
};

struct HandOver {
    BlockerId blocker;
    Instant at;
    RecordNumber record;
    static void describe(auto& self, auto&& field) {
        field(1, self.blocker);
        field(2, self.at);
        field(3, self.record);
    }
};

// As SourceWord, of an action.
struct ActionWord {
    Instant deadline;
    ActionState state = ActionState::open;
    StaffId owner;  // empty = one who is not on the staff list
    static void describe(auto& self, auto&& field) {
        field(1, self.deadline);
        field(2, self.state);
        field(3, self.owner);
    }
    friend bool operator==(ActionWord const&, ActionWord const&) = default;
};

struct Action {
    ActionId id;
    Sealed text;
    StaffId owner;
    Sealed owner_as_given;
    Instant deadline;
    BlockerId blocker;
    Instant agreed;
    SourceName source;
    std::string reference;
    StaffId actor;
    ActionState state = ActionState::open;
    Sealed why;
    bool overdue = false;
    std::uint32_t moved = 0;
    RecordNumber record;
    Instant recorded;
    Instant changed_at;
    Instant told;  // the last time its source said something, or people something new
    std::optional<ActionWord> source_said;
    static void describe(auto& self, auto&& field) {
        field(1, self.id);
        field(2, self.text);
        field(3, self.owner);
        field(4, self.owner_as_given);
        field(5, self.deadline);
        field(6, self.blocker);
        field(7, self.agreed);
        field(8, self.source);
        field(9, self.reference);
        field(10, self.actor);
        field(11, self.state);
        field(12, self.why);
        field(13, self.overdue);
        field(14, self.moved);
        field(15, self.record);
        field(16, self.changed_at);
        field(17, self.recorded);
        field(18, self.told);
        field(19, self.source_said);
    }
};

struct VisitAlias {
    Code authority;
    AliasKey key;
    Sealed number;
    static void describe(auto& self, auto&& field) {
        field(1, self.authority);
        field(2, self.key);
        field(3, self.number);
    }
};

struct Milestone {
    Code name;
    Moment at;
    SourceName source;
    StaffId actor;
    static void describe(auto& self, auto&& field) {
        field(1, self.name);
        field(2, self.at);
        field(3, self.source);
        field(4, self.actor);
    }
};

// A run of a clock that ran out while somebody could see it.
struct Breach {
    Code clock;
    Instant started;
    Instant due;
    Instant recorded;
    BlockerId blocker;  // then holding; none = unattributed
    Code reason;
    Code holder;
    bool withdrawn = false;
    static void describe(auto& self, auto&& field) {
        field(1, self.clock);
        field(2, self.started);
        field(3, self.due);
        field(4, self.recorded);
        field(5, self.blocker);
        field(6, self.reason);
        field(7, self.holder);
        field(8, self.withdrawn);
    }
};

// What a wash-up said of this person, or that it was put off.
struct Discussion {
    MeetingId meeting;
    Instant at;
    Sealed note;
    bool parked = false;
    StaffId actor;
    StaffId decided_by;
    RecordNumber record;
    static void describe(auto& self, auto&& field) {
        field(1, self.meeting);
        field(2, self.at);
        field(3, self.note);
        field(4, self.parked);
        field(5, self.actor);
        field(6, self.decided_by);
        field(7, self.record);
    }
};

struct PromptAnswer {
    MeetingId meeting;
    Instant at;
    Code prompt;
    Sealed answer;
    Sealed managed_by;
    StaffId actor;
    static void describe(auto& self, auto&& field) {
        field(1, self.meeting);
        field(2, self.at);
        field(3, self.prompt);
        field(4, self.answer);
        field(5, self.managed_by);
        field(6, self.actor);
    }
};

struct RequestStep {
    Code how;
    Code service;
    Code why;
    Moment at;
    SourceName source;
    static void describe(auto& self, auto&& field) {
        field(1, self.how);
        field(2, self.service);
        field(3, self.why);
        field(4, self.at);
        field(5, self.source);
    }
};

// A place of a service that is wanted, and what came of it.
struct Request {
    RequestId id;
    Code kind;
    Code zone;
    Moment wanted;
    SourceName source;
    std::string reference;
    Instant recorded;
    std::vector<RequestStep> steps;  // in the order of their times
    static void describe(auto& self, auto&& field) {
        field(1, self.id);
        field(2, self.kind);
        field(3, self.zone);
        field(4, self.wanted);
        field(5, self.source);
        field(6, self.reference);
        field(7, self.recorded);
        field(8, self.steps);
    }
};

struct InappropriateDischarge {
    Code kind;
    Moment at;
    Sealed note;
    Sealed reporter;
    StaffId actor;
    Instant recorded;
    static void describe(auto& self, auto&& field) {
        field(1, self.kind);
        field(2, self.at);
        field(3, self.note);
        field(4, self.reporter);
        field(5, self.actor);
        field(6, self.recorded);
    }
};

// The lists of one stay are bounded; what comes beyond goes to the inbox.
inline constexpr std::size_t stay_blockers_max = 100;
inline constexpr std::size_t stay_actions_max = 200;
inline constexpr std::size_t stay_hand_overs_max = 200;
inline constexpr std::size_t stay_milestones_max = 200;

}  // namespace washup::core
