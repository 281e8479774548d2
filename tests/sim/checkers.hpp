#pragma once
// Those who look on: each holds the house to one promise and says in words what was broken. None of
// them shares code with what it checks, beyond the fold itself.

#include <string>
#include <vector>

#include "daemon/journal/memory_journal.hpp"
#include "daemon/journal/seal.hpp"
#include "proto/wire/replica.hpp"
#include "tests/sim/house.hpp"

namespace washup::sim {

std::vector<core::Record> read_records(journal::MemoryDisk const& disk);

// Durability: whatever was acknowledged to a source or a person is in the journal, at that record.
std::vector<std::string> check_durability(std::vector<core::Record> const& records,
                                          Promises const& promises);
// OnceOnly: no source's record and no command has more than one effect.
std::vector<std::string> check_once_only(std::vector<core::Record> const& records);
// Oracle: a live board shows exactly what a fresh fold of the journal up to its head shows, row by
// row: no sum kept on the way may differ from the recount.
std::vector<std::string> check_oracle(journal::MemoryDisk const& disk,
                                      journal::Sealer const& sealer, v1::View view,
                                      wire::Replica const& replica);

}  // namespace washup::sim
