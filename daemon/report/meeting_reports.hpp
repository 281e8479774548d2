#pragma once
// The reports of the wash-up, the staff list and the weekly cycle. Rows of report_kinds(), in a
// list of their own so that report.cpp stays the list of all.

#include "daemon/report/report.hpp"

namespace washup::report {

std::span<Kind const> meeting_kinds();

Result<Document> agenda(core::State const& state, Options const& options);      // agenda.cpp
Result<Document> since_last(core::State const& state, Options const& options);  // agenda.cpp
Result<Document> meetings(core::State const& state, Options const& options);    // minutes.cpp
Result<Document> minutes(core::State const& state, Options const& options);     // minutes.cpp
Result<Document> prompts(core::State const& state, Options const& options);     // minutes.cpp
Result<Document> staff(core::State const& state, Options const& options);       // staff.cpp
Result<Document> actions(core::State const& state, Options const& options);     // staff.cpp
Result<Document> causes(core::State const& state, Options const& options);      // cycle.cpp
Result<Document> cycle_pack(core::State const& state, Options const& options);  // cycle.cpp

// When the wash-up, or the cycle, that the options ask for was closed.
std::optional<Instant> wash_up_over_at(core::State const& state, Options const& options);
std::optional<Instant> cycle_over_at(core::State const& state, Options const& options);

// The team of the option `scope`. Error: left out, of something else, or not in the site file.
Result<core::TeamConfig const*> team_asked(core::State const& state, Options const& options);

}  // namespace washup::report
