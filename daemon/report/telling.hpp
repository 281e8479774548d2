#pragma once
// What can still be told of cells that are left out of sums: whoever reads the others solves the
// sums for them. Exact for what equations alone determine; and by bounds, because no count is below
// 0. Numbers are whole (suppress.hpp works in hundredths). Nothing of tables or reports.

#include <cstdint>
#include <map>
#include <set>
#include <vector>

namespace washup::report {

using Unknown = std::size_t;

// The unknowns, each with its sign, add up to what the rest of a sum leaves for them.
struct Equation {
    std::map<Unknown, std::int64_t> of;
    std::int64_t is = 0;
};

// The unknowns that have one value only.
std::set<Unknown> told_by(std::vector<Equation> const& equations);

}  // namespace washup::report
