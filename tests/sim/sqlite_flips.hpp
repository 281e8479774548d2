#pragma once
// One bit of what is on the disk is another: in the database, its log, its witness, an image of the
// State or the checkpoints. Whatever is then read must be what was written, or be refused. The
// files are as before when it is over, whatever came of it, so the run goes on the same.

#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "daemon/journal/journal.hpp"
#include "daemon/journal/seal.hpp"
#include "proto/base/prng.hpp"
#include "tests/sim/disk.hpp"

namespace washup::sim {

using OpenJournal = std::function<Result<std::unique_ptr<journal::Journal>>()>;

// Of a journal in `data_dir` over memory_vfs; nobody has it open.
FlipResult flip_bits(std::filesystem::path const& data_dir, OpenJournal const& open,
                     journal::Sealer const& sealer, Prng chance, std::size_t flips);

}  // namespace washup::sim
