#include "tests/sim/checkers/naive/told.hpp"

namespace washup::sim::naive {

Gap gap(core::Config const& config, std::string const& ideal, std::string const& expected) {
    // All the places on the ladder that the words may mean.
    struct Place {
        std::vector<int> steps;
        int band = 0;
        bool off = false;
    };
    auto const places = [&](std::string const& code) {
        Place place;
        int step = 0;
        for (auto const& entry : config.ladder) {
            bool const off = entry.band == core::Band::off_ladder;
            if (off) place.off = place.off || entry.code == code;
            if (off) continue;
            ++step;
            char const* const band = entry.band == core::Band::home        ? "home"
                                     : entry.band == core::Band::short_bed ? "short_bed"
                                                                           : "long_bed";
            if (entry.code == code) place.steps = {step};
            if (code == band) place.steps.push_back(step);
            if (entry.code == code || code == band) place.band = static_cast<int>(entry.band);
        }
        return place;
    };
    auto const from = places(ideal), to = places(expected);
    Gap gap;
    gap.off_ladder = from.off || to.off;
    if (gap.off_ladder || from.steps.empty() || to.steps.empty()) return gap;
    gap.known = true;
    gap.at_least = from.steps.size() > 1 || to.steps.size() > 1;
    gap.bands = to.band - from.band;
    gap.steps = to.steps.front() - from.steps.front();
    for (auto const a : from.steps) {
        for (auto const b : to.steps) {
            if (std::abs(b - a) < std::abs(gap.steps)) gap.steps = b - a;
        }
    }
    return gap;
}

}  // namespace washup::sim::naive
