#pragma once
// The outcome gap: steps and bands from the ideal to the expected outcome (product.md section 3,
// Outcomes). Unknown if either is unknown; an outcome known to its band only stands at the band's
// step nearest to the other, and the gap is "at least" that.

#include "daemon/core/config.hpp"

namespace washup::derive {

struct Gap {
    bool known = false;
    int steps = 0;  // negative = more independent than the ideal
    int bands = 0;
    bool at_least = false;
    int ideal_step = 0;  // 1 = most independent; 0 = unknown or off the ladder
    int expected_step = 0;
    bool off_ladder = false;
    friend bool operator==(Gap const&, Gap const&) = default;
};

Gap gap(core::Config const& config, core::Code const& ideal, core::Code const& expected);

// Is the actual outcome at least as independent as the ideal? Nothing when it cannot be told.
enum class Reached { unknown, yes, no };
Reached reached(core::Config const& config, core::Code const& ideal, core::Code const& actual);

}  // namespace washup::derive
