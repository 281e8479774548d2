#include "daemon/derive/gap.hpp"

#include <algorithm>

namespace washup::derive {
namespace {

using core::Band;

// The steps an outcome may stand at: one, or all of its band.
struct Place {
    int first = 0, last = 0;  // 0 = unknown
    Band band = Band::off_ladder;
    bool off_ladder = false;
};

Place place_of(core::Config const& config, core::Code const& code) {
    Place place;
    int step = 0;
    for (auto const& entry : config.ladder) {
        if (entry.band == Band::off_ladder) {
            if (entry.code == code) place.off_ladder = true;
            continue;
        }
        ++step;
        if (entry.code == code) return Place{step, step, entry.band, false};
        if (core::name_of(entry.band) == code) {
            if (place.first == 0) place.first = step;
            place.last = step;
            place.band = entry.band;
        }
    }
    return place;
}

// The step of `place` nearest to the other one.
int nearest(Place const& place, Place const& other) {
    if (place.last < other.first) return place.last;
    return place.first > other.last ? place.first : std::max(place.first, other.first);
}

}  // namespace

Gap gap(core::Config const& config, core::Code const& ideal, core::Code const& expected) {
    auto const from = place_of(config, ideal);
    auto const to = place_of(config, expected);
    Gap result;
    result.off_ladder = from.off_ladder || to.off_ladder;
    if (from.first != 0) result.ideal_step = from.first;
    if (to.first != 0) result.expected_step = to.first;
    if (result.off_ladder || from.first == 0 || to.first == 0) return result;
    result.known = true;
    result.ideal_step = nearest(from, to);
    result.expected_step = nearest(to, from);
    result.steps = result.expected_step - result.ideal_step;
    result.bands = static_cast<int>(to.band) - static_cast<int>(from.band);
    result.at_least = from.first != from.last || to.first != to.last;
    return result;
}

Reached reached(core::Config const& config, core::Code const& ideal, core::Code const& actual) {
    auto const between = gap(config, ideal, actual);
    if (!between.known) return Reached::unknown;
    return between.steps <= 0 ? Reached::yes : Reached::no;
}

}  // namespace washup::derive
