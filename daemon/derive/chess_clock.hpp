#pragma once
// The chess clock: the time since the person was ready, split between the blockers that held it,
// without gap or overlap; the pieces add up to the whole, always (product.md section 3, Blockers).

#include <optional>
#include <vector>

#include "daemon/core/holding.hpp"

namespace washup::derive {

struct ClockPiece {
    Instant from, to;         // to = the end of the whole for the last piece
    core::BlockerId blocker;  // none = unattributed
    core::Code holder;        // of the blocker; empty = unattributed
    friend bool operator==(ClockPiece const&, ClockPiece const&) = default;
};

using core::blockers_of;
using core::Holding;
core::Blocker const* holding(core::State const& state, core::Stay const& stay, Instant at);

// The pieces from `ready` to `until`; empty when `until` is not after `ready`.
std::vector<ClockPiece> chess_clock(core::State const& state, core::Stay const& stay, Instant ready,
                                    Instant until);

// What is split: from the instant the person was ready and in bed here, to the end of the stay;
// without an end while it runs. Nothing for who is not ready, or was recorded in error. What a
// ready date before the admission claims of the time before it was no night in this bed.
struct Whole {
    Instant from;
    std::optional<Instant> until;
};
std::optional<Whole> whole_of(core::State const& state, core::Stay const& stay);
// Its pieces; until `now` while it runs.
std::vector<ClockPiece> chess_clock(core::State const& state, core::Stay const& stay, Instant now);

// When the clock starts: the ready time, or the midnight that ends a ready date without a time.
Instant clock_start(Moment const& ready);

}  // namespace washup::derive
