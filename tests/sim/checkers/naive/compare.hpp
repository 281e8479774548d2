#pragma once
// A row as it is shown against what was said. Each gives the words of the first difference, or
// nothing. None asks the daemon's own rules.

#include <string>

#include "tests/sim/checkers/naive/sums.hpp"
#include "washup/v1/feed.pb.h"

namespace washup::sim::naive {

// The full row of a stay. `crowded`: somebody else is in this bed.
std::string differs(Said const& said, Stay const& stay, bool crowded, v1::StayRow const& row);
// What the display of a tier got of the full row: nothing that is above it, and all that is not.
// `got` as protobuf wrote it; empty = nothing.
std::string differs(Said const& said, v1::View view, Stay const& stay, v1::Row const& full,
                    std::string_view got);

std::string differs(core::CapacityReported const& said, v1::ServiceRow const& row);
std::string differs(core::StaffAdded const& said, v1::StaffRow const& row);
std::string differs(core::InboxKept const& said, v1::InboxRow const& row);
std::string differs(Said::Source const& said, v1::SourceRow const& row);

std::string differs(Count const& count, Bar const& bar, v1::Row const& row);
std::string differs(Head const& head, Date today, v1::HeadlineRow const& row);

}  // namespace washup::sim::naive
