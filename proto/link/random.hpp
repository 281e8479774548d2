#pragma once
// Chance from the system, for shells: ids that nobody can guess, and seeds for the machines that
// take chance as an argument.

#include <cstdint>
#include <string>

namespace washup::link {

std::string random_id();  // 32 hex digits: the epoch of a store, a command's id
std::uint64_t random_seed();

}  // namespace washup::link
