#pragma once
// What a display may not show never reaches it: rows are narrowed to a privacy tier here, in the
// daemon (product.md section 10). The schema says the tier of each field (common.proto, `tier`);
// what depends on values (sensitive blockers, people who died) is below.

#include "washup/v1/feed.pb.h"

namespace washup::reader {

// A discharged row stays on walls until the next wash-up: over a bank-holiday weekend that is four
// days.
inline constexpr int ended_on_walls_days_max = 4;

// False = this row is not for that tier at all. `today` as days since 1970: ended stays leave walls
// a few days later, so that the wash-up after a weekend still sees them.
bool restrict_to(v1::View view, std::int32_t today_days, v1::Row& row);

}  // namespace washup::reader
