#pragma once
// One hospital stay: the row on the board. Facts by field, blockers, actions; nothing derived.

#include <map>
#include <set>
#include <vector>

#include "daemon/core/history.hpp"

namespace washup::core {

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
    Instant recorded;         // when it was recorded here, as all that follows it
    Instant closed_recorded;  // when the closing was; progress is judged by it
    Instant told;             // by its source, the last time it said something new
    Sealed closed_words;      // why it closed, when that is a sentence
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
    static void describe(auto& self, auto&& field) {
        field(1, self.name);
        field(2, self.at);
        field(3, self.source);
    }
};

// The lists of one stay are bounded; what comes beyond goes to the inbox.
inline constexpr std::size_t stay_blockers_max = 100;
inline constexpr std::size_t stay_actions_max = 200;
inline constexpr std::size_t stay_hand_overs_max = 200;
inline constexpr std::size_t stay_milestones_max = 200;

struct Stay {
    StayId id;
    PersonId person;
    SourceName opened_by;
    Instant opened_at;  // received
    bool provisional = false;
    bool inferred = false;
    StayId joined_into;              // a provisional stay that is read through its ward's stay
    std::set<StayId> joined;         // provisional stays that are read through this one
    std::vector<VisitAlias> visits;  // the first names the row
    std::map<Field, FieldHistory> fields;
    std::vector<Blocker> blockers;
    std::vector<HandOver> hand_overs;
    std::vector<Action> actions;
    std::vector<Milestone> milestones;
    Instant end_recorded_at;  // when its standing end was recorded here; 0 = not ended
    InboxId asked;            // the question which ward has what was announced
    RecordNumber changed;     // the last record that touched it: the version of its row
    static void describe(auto& self, auto&& field) {
        field(1, self.id);
        field(2, self.person);
        field(3, self.opened_by);
        field(4, self.opened_at);
        field(5, self.provisional);
        field(6, self.inferred);
        field(7, self.joined_into);
        field(8, self.visits);
        field(9, self.fields);
        field(10, self.blockers);
        field(11, self.hand_overs);
        field(12, self.actions);
        field(13, self.milestones);
        field(14, self.end_recorded_at);
        field(15, self.joined);
        field(16, self.changed);
        field(17, self.asked);
    }
    Blocker const* blocker(BlockerId wanted) const;
    Action const* action(ActionId wanted) const;
    FieldHistory const* history(Field wanted) const;
};

}  // namespace washup::core
