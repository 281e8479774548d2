#pragma once
// Who gets which of the places there are, when those who come first in a given order go before all
// who come after: the combinatorics alone, of numbers. What may be matched and who comes first is
// matching.hpp's.
//
// Candidates are looked at in their order; each takes a place when the places already given can be
// given anew so that nobody before it loses one (an augmenting path). The sets of people who can
// all have a place are independent sets of a matroid, so this is best in the strict sense: no
// assignment serves the first candidates who differ better, and none serves more people.

#include <cstddef>
#include <optional>
#include <vector>

namespace washup::derive {

struct Assignment {
    // By candidate; nothing = no place is left that may be theirs.
    std::vector<std::optional<std::size_t>> service;
};

// `may[candidate]` are the services it may have, the liked ones first; `places[service]` how many
// there are. Takes candidates x services steps for each candidate.
Assignment assign(std::vector<std::vector<std::size_t>> const& may,
                  std::vector<std::size_t> const& places);

}  // namespace washup::derive
