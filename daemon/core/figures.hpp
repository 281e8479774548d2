#pragma once
// Figures that the house remembers: a point a day for trends, what other systems counted, what
// somebody answers for. Not the measures themselves, which are derived (derive/measures.hpp).

#include <map>
#include <string>
#include <tuple>
#include <vector>

#include "daemon/core/event.hpp"

namespace washup::core {

struct TrendPoint {
    std::int64_t value = 0;
    std::int64_t of = 0;
    static void describe(auto& self, auto&& field) {
        field(1, self.value);
        field(2, self.of);
    }
};

struct Figure {
    std::int64_t value = 0;  // in thousandths
    SourceName source;
    StaffId actor;
    Instant recorded;
    static void describe(auto& self, auto&& field) {
        field(1, self.value);
        field(2, self.source);
        field(3, self.actor);
        field(4, self.recorded);
    }
};

struct ConfirmedPeriod {
    Code measure;
    std::string scope;
    Date from;
    Date until;
    StaffId actor;
    Instant recorded;
    static void describe(auto& self, auto&& field) {
        field(1, self.measure);
        field(2, self.scope);
        field(3, self.from);
        field(4, self.until);
        field(5, self.actor);
        field(6, self.recorded);
    }
};

struct Maturity {
    Code level;
    Sealed evidence;
    StaffId actor;
    Instant recorded;
    static void describe(auto& self, auto&& field) {
        field(1, self.level);
        field(2, self.evidence);
        field(3, self.actor);
        field(4, self.recorded);
    }
};

// Scope, then measure, then day.
using Trends = std::map<std::string, std::map<Code, std::map<Date, TrendPoint>>>;
// Measure, scope, first and last day.
using FigureKey = std::tuple<Code, std::string, Date, Date>;

// Two years and the weeks that a limit is reckoned from.
inline constexpr int trend_days_max = 800;

}  // namespace washup::core
