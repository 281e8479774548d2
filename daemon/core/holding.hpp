#pragma once
// Which blocker of a stay holds the clock at an instant (product.md section 3, Blockers): by
// hand-over, else the earliest opened. Not the split of the time since ready, which derive makes of
// it (derive/chess_clock.hpp).

#include <limits>
#include <vector>

#include "daemon/core/state.hpp"

namespace washup::core {

// The blockers of a stay and of the provisional stays joined into it, the earliest opened first.
std::vector<Blocker const*> blockers_of(State const& state, Stay const& stay);

// What was recorded by then; by default all that is known now.
struct RecordedBy {
    RecordNumber record{std::numeric_limits<std::uint64_t>::max()};
    Instant at{std::numeric_limits<std::int64_t>::max()};
};

// Asked for many instants: the blockers are put in order once. It points into the state, which must
// not change meanwhile.
class Holding {
  public:
    Holding(State const& state, Stay const& stay, RecordedBy known = {});
    // The one the clock was last handed to, while that is open; otherwise the earliest opened of
    // those open. Null = unattributed.
    Blocker const* at(Instant at) const;

  private:
    bool is_open(Blocker const& blocker, Instant at) const;

    RecordedBy known_;
    std::vector<Blocker const*> blockers_;
    std::vector<HandOver const*> hand_overs_;
};

}  // namespace washup::core
