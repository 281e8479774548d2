#include "daemon/engine/clock_keeper.hpp"

#include <cstdlib>

namespace washup::engine {

ClockKeeper::Verdict ClockKeeper::check(Instant ours, Instant systems, std::int64_t steady_ms) {
    auto const difference = systems - ours;
    auto const size = [](Duration d) { return std::abs(d.ms); };
    if (size(difference) <= step_min.ms) {
        since_ms_.reset();
        return {difference, true, false};
    }
    auto const moved = size(difference - last_difference_) > 500;  // it is not stable yet
    last_difference_ = difference;
    if (!since_ms_ || moved) since_ms_ = steady_ms;
    if (steady_ms - *since_ms_ < stable_for.ms) return {{}, false, false};
    since_ms_.reset();
    return {difference, true, true};
}

}  // namespace washup::engine
