#pragma once
// The wash-ups and weekly cycles that the house remembers: who sat when, over whom, and what a
// cycle took, decided and froze. What was said of one person lies with the stay (stay_parts.hpp).
// Not the schedule (wash_up.hpp).

#include <map>
#include <set>
#include <string>
#include <vector>

#include "daemon/core/event.hpp"

namespace washup::core {

struct Meeting {
    MeetingId id;
    Code team;
    Instant planned;  // 0 = an extra one
    Instant opened;
    Instant closed;  // 0 = it goes on
    StaffId chair;
    std::set<StayId> discussed;
    std::set<StayId> parked;
    RecordNumber opened_by;
    RecordNumber closed_by;
    static void describe(auto& self, auto&& field) {
        field(1, self.id);
        field(2, self.team);
        field(3, self.planned);
        field(4, self.opened);
        field(5, self.closed);
        field(6, self.chair);
        field(7, self.discussed);
        field(8, self.parked);
        field(9, self.opened_by);
        field(10, self.closed_by);
    }
};

struct SentCause {
    Code cause;
    StayId stay;  // at which it was seen; none = it was named
    BlockerId blocker;
    Instant at;
    StaffId actor;
    static void describe(auto& self, auto&& field) {
        field(1, self.cause);
        field(2, self.stay);
        field(3, self.blocker);
        field(4, self.at);
        field(5, self.actor);
    }
};

struct CycleDecision {
    DecisionId id;
    CycleId cycle;
    Code cause;
    Sealed text;
    StaffId owner;
    Instant deadline;
    Instant made;
    StaffId actor;
    ActionState state = ActionState::open;
    Sealed why;
    Instant finished;
    static void describe(auto& self, auto&& field) {
        field(1, self.id);
        field(2, self.cycle);
        field(3, self.cause);
        field(4, self.text);
        field(5, self.owner);
        field(6, self.deadline);
        field(7, self.made);
        field(8, self.actor);
        field(9, self.state);
        field(10, self.why);
        field(11, self.finished);
    }
};

struct Answer {
    Code cause;
    Code level;
    Sealed text;
    Instant at;
    StaffId actor;
    RecordNumber record;
    static void describe(auto& self, auto&& field) {
        field(1, self.cause);
        field(2, self.level);
        field(3, self.text);
        field(4, self.at);
        field(5, self.actor);
        field(6, self.record);
    }
};

struct FrozenPareto {
    std::string scope;
    Code window;
    Date date;
    std::vector<FrozenLeaf> leaves;
    static void describe(auto& self, auto&& field) {
        field(1, self.scope);
        field(2, self.window);
        field(3, self.date);
        field(4, self.leaves);
    }
};

struct Cycle {
    CycleId id;
    Code code;
    std::string scope;
    Date week;
    Instant opened;
    Instant closed;
    std::vector<SentCause> sent;
    std::vector<FrozenPareto> frozen;
    RecordNumber closed_by;
    static void describe(auto& self, auto&& field) {
        field(1, self.id);
        field(2, self.code);
        field(3, self.scope);
        field(4, self.week);
        field(5, self.opened);
        field(6, self.closed);
        field(7, self.sent);
        field(8, self.frozen);
        field(9, self.closed_by);
    }
};

// Meetings are remembered as long as an ended stay is; the journal has the older ones.
inline constexpr Duration meetings_kept = hours(100 * 24);
// A year of weeks, and the ones that the last weeks are compared with.
inline constexpr Duration cycles_kept = hours(400 * 24);
inline constexpr std::size_t answers_max = 2000;  // remembered; the oldest go first

}  // namespace washup::core
