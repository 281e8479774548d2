#pragma once
// Why a report is another than it was at an earlier minute: lines that came, went or changed, whom
// they count now and then, and the facts about them that were recorded in between.

#include <cstdint>
#include <set>
#include <string>

#include "board/link/ask_report.hpp"

namespace washup::board::ctl {

// Two tables: the lines, and the facts. Error: as of ask_report.
Result<Report> reconciled(ReportQuestion now, std::string const& earlier);

// Pure: the first of them, from both reports. `stays`: whoever counts otherwise, by internal id.
ReportTable changed_lines(Report const& then, Report const& now, std::set<std::uint64_t>& stays);

}  // namespace washup::board::ctl
