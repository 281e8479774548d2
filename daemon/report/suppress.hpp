#pragma once
// Small numbers left out of a table of counts, so that nobody is found again by being one of two.
// Primary: a count from 1 to below - 1 becomes "*"; 0 stays. Secondary: where one cell alone of a
// sum is left out, the others would tell it, so the smallest of them goes too; what is worked out
// from a cell that is left out goes with it. What is left out depends on the table alone; two
// tables of overlapping periods may still tell something together.

#include "daemon/report/report.hpp"

namespace washup::report {

inline constexpr int suppress_below_max = 100;

inline constexpr OptionKind suppress_option{
    "suppress", "tell no count from 1 to N-1, nor what would give it away"};

void suppress(Table& table, int below);

// By the option `suppress`, of a report that counts. Error: no number from 2 to suppress_below_max.
Result<void> suppress(Document& document, Options const& options);

}  // namespace washup::report
