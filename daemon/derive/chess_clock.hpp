#pragma once
// The chess clock: the time since the person was ready, split between the blockers that held it,
// without gap or overlap; the pieces add up to the whole, always (product.md section 3, Blockers).

#include <vector>

#include "daemon/core/state.hpp"

namespace washup::derive {

struct ClockPiece {
    Instant from, to;         // to = the end of the whole for the last piece
    core::BlockerId blocker;  // none = unattributed
    core::Code holder;        // of the blocker; empty = unattributed
    friend bool operator==(ClockPiece const&, ClockPiece const&) = default;
};

// The blockers of a stay and of the provisional stays joined into it.
std::vector<core::Blocker const*> blockers_of(core::State const& state, core::Stay const& stay);

// Which blocker holds the clock at an instant: the one it was last handed to, while that is open;
// otherwise the earliest opened of those open. Null = unattributed.
core::Blocker const* holding(core::State const& state, core::Stay const& stay, Instant at);

// The pieces from `ready` to `until`; empty when `until` is not after `ready`.
std::vector<ClockPiece> chess_clock(core::State const& state, core::Stay const& stay, Instant ready,
                                    Instant until);

// When the clock starts: the ready time, or the midnight that ends a ready date without a time.
Instant clock_start(Moment const& ready);

}  // namespace washup::derive
