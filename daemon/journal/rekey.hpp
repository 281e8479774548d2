#pragma once
// A journal of before persons had keys, written once more: the same records, their words about
// persons under keys of their own, in a new chain. The old file proves what the old chain proved,
// and holds the words as it did: it is for the operator to keep or to destroy.

#include <filesystem>

#include "daemon/journal/seal.hpp"

namespace washup::journal {

// Writes a copy that restore() takes. `sealer` has the site key of the journal. Gives the number of
// its records. Error refused: the file is there; invalid: the journal is not sound; io.
Result<core::RecordNumber> rekey(std::filesystem::path const& data_dir,
                                 std::filesystem::path const& file, Sealer const& sealer);

}  // namespace washup::journal
