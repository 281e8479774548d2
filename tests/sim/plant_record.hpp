#pragma once
// A fault in what a record says, on its way from the disk to those who look on: as if the daemon
// had written, or held, something else than what happened.

#include "daemon/core/record.hpp"
#include "tests/sim/plant.hpp"

namespace washup::sim {

void plant_in(core::Record& record, Plant plant);

}  // namespace washup::sim
