#pragma once
// The list of erasures: the names of the keys that were destroyed in a journal. It says nothing of
// whose they were, so it may lie beside any copy; with it, a copy that was made before an erasure
// is restored without the erased words. Text, one line a key.
//
//   washup-erasures 1 ORIGIN
//   erased KEY_ID person|inbox NUMBER

#include <filesystem>
#include <string>
#include <vector>

#include "daemon/journal/person_keys.hpp"
#include "daemon/journal/sqlite.hpp"

namespace washup::journal {

struct Erasures {
    std::string origin;  // of the chain whose keys they were
    std::vector<Bytes> ids;
};

// Of the journal of a data directory; also while its daemon runs.
Result<std::string> list_erasures(std::filesystem::path const& data_dir);

// Error invalid names the line that is none.
Result<Erasures> read_erasures(std::string const& text);

// Destroys the keys of the list in a copy that nobody else has open; gives how many were there.
// Error refused: the list is of another journal, or the copy is of before persons had keys.
Result<std::size_t> destroy_listed(std::filesystem::path const& file, Erasures const& erasures);

// The copies that were made of a journal, a line each ("TIME FILE"), as far as this machine knows.
Result<void> note_copy(std::filesystem::path const& data_dir, std::filesystem::path const& file,
                       Instant at);
std::string copies_made(std::filesystem::path const& data_dir);

}  // namespace washup::journal
