#pragma once
// What people wait for, cause by cause, with whom each of them holds now: for the list of causes
// and for the weekly cycle that they are sent to. Not the Pareto: that is of reasons and of
// midnights.

#include <map>
#include <set>
#include <string>

#include "daemon/derive/scope.hpp"

namespace washup::report {

struct Held {
    std::set<core::PersonId> people;
    std::int64_t bed_days_7 = 0;
    Instant since;  // the earliest blocker that is open
};
std::map<core::Code, Held> held_by_cause(core::State const& state, derive::Scope const& scope);

// "2026-W47" of the week that begins on this Monday.
std::string week_words(Date monday);

}  // namespace washup::report
