#pragma once
// Small numbers left out of a document of counts, so that nobody is found again by being one of
// two. Primary: a count from 1 to below - 1 becomes "*"; 0 stays, and what is worked out from a
// cell that is left out goes with it. Secondary: while one of these could be told from all that
// still stands in any table of the document (by the sums that tie cells together, and by no count
// being below 0), a further cell goes, the smallest first. What is left out depends on the document
// alone; two documents of overlapping periods or places may still tell something together.

#include "daemon/report/report.hpp"

namespace washup::report {

inline constexpr int suppress_below_max = 100;

inline constexpr OptionKind suppress_option{
    "suppress", "tell no count from 1 to N-1, nor what would give it away"};

void suppress(Document& document, int below);

// By the option `suppress`, of a report that counts. Error: no number from 2 to suppress_below_max.
Result<void> suppress(Document& document, Options const& options);

}  // namespace washup::report
