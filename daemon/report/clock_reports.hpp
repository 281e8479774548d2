#pragma once
// The reports of time: the chess clock and the configured clocks. Rows of report_kinds(), in a list
// of their own so that report.cpp stays the list of all.

#include "daemon/report/report.hpp"

namespace washup::report {

std::span<Kind const> clock_kinds();

Result<Document> chess_clock(core::State const& state, Options const& options);  // chess_clock.cpp
Result<Document> chess_clock_person(core::State const& state,
                                    Options const& options);                    // chess_clock.cpp
Result<Document> clock_runs(core::State const& state, Options const& options);  // clocks.cpp
Result<Document> clocks(core::State const& state, Options const& options);      // clocks.cpp

// "36:05": hours and minutes.
std::string hours_minutes(Duration time);

}  // namespace washup::report
