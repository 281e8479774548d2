#pragma once
// The chess clock: the time since the person was ready, split between the blockers that held it,
// without gap or overlap; the pieces add up to the whole, always (product.md section 3, Blockers).

#include <optional>
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

// Which blocker of one stay holds the clock, asked for many instants: the blockers are put in order
// once. It points into the state, which must not change meanwhile.
class Holding {
  public:
    Holding(core::State const& state, core::Stay const& stay);
    // The one the clock was last handed to, while that is open; otherwise the earliest opened of
    // those open. Null = unattributed.
    core::Blocker const* at(Instant at) const;

  private:
    std::vector<core::Blocker const*> blockers_;
    std::vector<core::HandOver const*> hand_overs_;
};
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
