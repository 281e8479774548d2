#pragma once
// `--forget FILE`: a person was erased at the daemon, and what this adapter keeps of them goes too.
// FILE has one word a line by which records are known; "-" is standard input, so that none of it
// stands in a list of processes. Run while the adapter is stopped: one process holds a store.

#include <filesystem>
#include <string>
#include <vector>

#include "adapters/common/forget.hpp"
#include "adapters/common/record_store.hpp"

namespace washup::adapters {

struct ForgotPerson {
    std::uint64_t records = 0;  // whose raw octets are gone
    std::uint64_t waiting = 0;  // that the daemon has not answered: kept, because it needs them
};
Result<ForgotPerson> forget_person(RecordStore& store, ForgetWords const& words);

// The rows of every file of a folder; gives how many went.
Result<std::uint64_t> forget_rows(std::filesystem::path const& folder, ForgetWords const& words);

// The option's work: opens the store, says on standard output what went. Exit codes: 0; 1 records
// wait for the daemon and were kept; 2 wrong words; 75 the disk, or the store is held.
int forget_now(std::string const& data, std::string const& file,
               std::vector<std::filesystem::path> const& folders);

}  // namespace washup::adapters
