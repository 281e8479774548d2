#pragma once
// The midnight ledger: one entry for each midnight a person spent in bed after being ready. Every
// bed-day figure, Pareto window and report is a sum over it (design.md law 4). A midnight carries
// the date it ends: ready 9 Nov, discharged 10 Nov = one entry, dated 9 Nov.

#include <optional>
#include <vector>

#include "daemon/core/state.hpp"

namespace washup::derive {

struct LostMidnight {
    Date date;
    core::Code site, ward, team;
    core::BlockerId blocker;  // that held at that midnight; none = unattributed
    core::Code reason, local_reason, holder;
    friend bool operator==(LostMidnight const&, LostMidnight const&) = default;
};

// One person cannot lose more: a stay of ten years is a feed's fault, not a delay.
inline constexpr int ledger_days_max = 3660;

// The date whose midnight is the first that may be lost: that of the ready date, or of the
// admission where that is later, for who is not in bed yet loses no midnight there. Nothing without
// a ready date.
std::optional<Date> delayed_since(core::State const& state, core::Stay const& stay);

// The stay's entries up to the midnight that began `today`, oldest first, for the final (or
// current) ready period. They stop at the stay's end or the person's death; a stay recorded in
// error has none, a provisional one has those that the council's word gives it.
std::vector<LostMidnight> ledger(core::State const& state, core::Stay const& stay, Date today);

}  // namespace washup::derive
