#pragma once
// Events of what is counted or wanted: clocks that ran out, figures that were frozen or imported,
// requests for a service. See event.hpp for what an event is.

#include <cstdint>
#include <string>
#include <vector>

#include "daemon/core/value.hpp"

namespace washup::core {

// ---- clocks

// A clock ran out while somebody could see it. The time belongs to the blocker that held then.
struct ClockBreached {
    StayId stay;
    Code clock;
    Instant started;
    Instant due;
    BlockerId blocker;  // then holding; none = unattributed
    Code reason;
    Code holder;
    static void describe(auto& self, auto&& field) {
        field(1, self.stay);
        field(2, self.clock);
        field(3, self.started);
        field(4, self.due);
        field(5, self.blocker);
        field(6, self.reason);
        field(7, self.holder);
    }
    friend bool operator==(ClockBreached const&, ClockBreached const&) = default;
};

// What is known now says that this run did not run out: a late or corrected fact.
struct BreachWithdrawn {
    StayId stay;
    Code clock;
    Instant started;
    static void describe(auto& self, auto&& field) {
        field(1, self.stay);
        field(2, self.clock);
        field(3, self.started);
    }
    friend bool operator==(BreachWithdrawn const&, BreachWithdrawn const&) = default;
};

// ---- figures

// One leaf of a frozen Pareto.
struct FrozenLeaf {
    Code reason;
    Code local_reason;
    std::int64_t bed_days = 0;
    std::int64_t people = 0;
    static void describe(auto& self, auto&& field) {
        field(1, self.reason);
        field(2, self.local_reason);
        field(3, self.bed_days);
        field(4, self.people);
    }
    friend bool operator==(FrozenLeaf const&, FrozenLeaf const&) = default;
};

// One figure of a day or a week, with what it is a share of; `of` 0 = of nothing.
struct CountedPoint {
    std::string scope;
    Code measure;
    std::int64_t value = 0;
    std::int64_t of = 0;
    static void describe(auto& self, auto&& field) {
        field(1, self.scope);
        field(2, self.measure);
        field(3, self.value);
        field(4, self.of);
    }
    friend bool operator==(CountedPoint const&, CountedPoint const&) = default;
};

// The Pareto of a cycle as it stood when it closed, kept as it was whatever is learned later.
struct ParetoFrozen {
    CycleId cycle;
    std::string scope;
    Code window;
    Date date;  // the day it stood on
    std::vector<FrozenLeaf> leaves;
    static void describe(auto& self, auto&& field) {
        field(1, self.cycle);
        field(2, self.scope);
        field(3, self.window);
        field(4, self.date);
        field(5, self.leaves);
    }
    friend bool operator==(ParetoFrozen const&, ParetoFrozen const&) = default;
};

// The figures of a complete day, as known when it was counted. Trends are made of these.
struct DayCounted {
    Date date;
    std::vector<CountedPoint> points;
    static void describe(auto& self, auto&& field) {
        field(1, self.date);
        field(2, self.points);
    }
    friend bool operator==(DayCounted const&, DayCounted const&) = default;
};

// A figure that another system counts: allocations, caseload, reablement, OPEL. In thousandths.
// Said again for the same measure, scope and days it corrects.
struct FigureImported {
    Code measure;
    std::string scope;
    Date from;
    Date until;
    std::int64_t value = 0;
    SourceName source;
    StaffId actor;
    static void describe(auto& self, auto&& field) {
        field(1, self.measure);
        field(2, self.scope);
        field(3, self.from);
        field(4, self.until);
        field(5, self.value);
        field(6, self.source);
        field(7, self.actor);
    }
    friend bool operator==(FigureImported const&, FigureImported const&) = default;
};

// Somebody answers for it that nothing was left out on these London dates, both included.
struct PeriodConfirmed {
    Code measure;
    std::string scope;
    Date from;
    Date until;
    StaffId actor;
    static void describe(auto& self, auto&& field) {
        field(1, self.measure);
        field(2, self.scope);
        field(3, self.from);
        field(4, self.until);
        field(5, self.actor);
    }
    friend bool operator==(PeriodConfirmed const&, PeriodConfirmed const&) = default;
};

struct InappropriateDischargeReported {
    StayId stay;
    Code kind;  // unsafe, no_care, wrong_setting
    Moment at;
    Sealed note;
    Sealed reporter;
    StaffId actor;
    static void describe(auto& self, auto&& field) {
        field(1, self.stay);
        field(2, self.kind);
        field(3, self.at);
        field(4, self.note);
        field(5, self.reporter);
        field(6, self.actor);
    }
    friend bool operator==(InappropriateDischargeReported const&,
                           InappropriateDischargeReported const&) = default;
};

// A line of a team's sustainability matrix: bronze, silver or gold.
struct MaturityConfirmed {
    Code team;
    Code dimension;
    Code level;
    Sealed evidence;
    StaffId actor;
    static void describe(auto& self, auto&& field) {
        field(1, self.team);
        field(2, self.dimension);
        field(3, self.level);
        field(4, self.evidence);
        field(5, self.actor);
    }
    friend bool operator==(MaturityConfirmed const&, MaturityConfirmed const&) = default;
};

// A stay asks for a place of a kind of service.
struct RequestMade {
    StayId stay;
    RequestId request;
    Code kind;
    Code zone;
    Moment wanted;
    SourceName source;
    std::string reference;
    StaffId actor;
    static void describe(auto& self, auto&& field) {
        field(1, self.stay);
        field(2, self.request);
        field(3, self.kind);
        field(4, self.zone);
        field(5, self.wanted);
        field(6, self.source);
        field(7, self.reference);
        field(8, self.actor);
    }
    friend bool operator==(RequestMade const&, RequestMade const&) = default;
};

// offered, refused, started, withdrawn. A refusal says why.
struct RequestAnswered {
    StayId stay;
    RequestId request;
    Code how;
    Code service;
    Code why;
    Moment at;
    SourceName source;
    StaffId actor;
    static void describe(auto& self, auto&& field) {
        field(1, self.stay);
        field(2, self.request);
        field(3, self.how);
        field(4, self.service);
        field(5, self.why);
        field(6, self.at);
        field(7, self.source);
        field(8, self.actor);
    }
    friend bool operator==(RequestAnswered const&, RequestAnswered const&) = default;
};

}  // namespace washup::core
