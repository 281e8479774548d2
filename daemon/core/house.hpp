#pragma once
// A State of which only the house is here: whatever rows and histories are made of, so all stays,
// and the persons whose they are with all whom merges link to them; and the way to everybody else.
// What only deciding needs is not in it, so nothing may be decided on it.

#include <functional>

#include "daemon/core/state.hpp"
#include "proto/base/result.hpp"

namespace washup::core {

struct House {
    State state;
    // Gives `into` the person, and all whom merges link to it, as they were when the house was
    // kept. Who is there already, or was not known then, is left. Empty: everybody is in the house.
    // Error: what was kept is damaged there.
    std::function<Result<void>(PersonId, State& into)> bring;
};

}  // namespace washup::core
