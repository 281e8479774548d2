#pragma once
// The cause of a blocker: its reason for one zone and area. That is what a weekly cycle takes and
// what goes up (product.md sections 2 and 6). Not who waits for it, which is counted elsewhere.

#include "daemon/core/state.hpp"

namespace washup::core {

// The zone's code where nobody knows it: a cause of its own.
inline constexpr char const* unknown_zone = "unknown";

// By the postcode district; where several councils have the district, by the council of residence.
// Empty = unknown.
Code zone_of(State const& state, Stay const& stay);
// The zone that a person corrected, else that one, else unknown_zone.
Code zone_of(State const& state, Stay const& stay, Blocker const& blocker);
// "night_sitting:thanet:coast": the local reason, or the published one; zone; area of the team.
Code cause_of(State const& state, Stay const& stay, Blocker const& blocker);
// The same in words: "Night sitting, Thanet, Coast". Codes that the house does not know stay codes.
std::string cause_words(Config const& config, Code const& cause);
// Is it made as cause_of() makes them, of a reason that the house knows?
bool is_cause(Config const& config, Code const& cause);

}  // namespace washup::core
