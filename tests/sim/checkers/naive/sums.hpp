#pragma once
// What the Pareto and the head of the board should say: all lost midnights counted, one by one,
// from the first stay to the last (product.md, sections 3, 5 and 8).

#include <compare>
#include <map>
#include <set>
#include <string>

#include "tests/sim/checkers/naive/told.hpp"

namespace washup::sim::naive {

struct Bar {
    std::string scope, window, level, code, local;  // level: leaf, theme, reason
    friend auto operator<=>(Bar const&, Bar const&) = default;
};
struct Count {
    long bed_days = 0;
    std::set<core::PersonId> people;
};
struct Head {
    long ready = 0, live = 0, on_track_known = 0, on_track = 0;
    long discharged = 0, ideal_known = 0, ideal_reached = 0;
    std::map<std::string, long> days;  // by window
};
struct Sums {
    std::map<Bar, Count> bars;
    std::map<std::string, Head> heads;  // by scope
};

Sums count(Said const& said);

}  // namespace washup::sim::naive
