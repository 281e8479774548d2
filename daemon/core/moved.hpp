#pragma once
// A move to another hospital: the stay that ended there as a transfer and the one that goes on
// here are one way of one person, neither a discharge home nor a readmission (product.md section
// 3). Derived from the facts that stand, so a corrected ending or date links or parts them by
// itself. A move between sites of one trust is no such thing: that is one stay in another place.

#include "daemon/core/state.hpp"

namespace washup::core {

// The receiving hospital may write its admission down before the sending one writes the end, and
// a journey may pass midnight; by dates because either may be given as one.
inline constexpr int move_days = 1;

// The stay that this one goes on from; null = none.
Stay const* came_from(State const& state, Stay const& stay);
// The stay that goes on from this one; null = none, or nobody has told yet.
Stay const* went_on_as(State const& state, Stay const& stay);

}  // namespace washup::core
