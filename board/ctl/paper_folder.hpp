#pragma once
// The folder in which a machine keeps its sheets: the lock, the newest sheets, nothing else of
// ours. When and how is board/keep's; this reads and writes.

#include <string>
#include <utility>
#include <vector>

#include "proto/base/result.hpp"
#include "proto/base/time.hpp"

namespace washup::board::ctl {

struct KeptSheet {
    std::string path;
    Instant written;
};
// The newest first. A folder that is not there has none.
std::vector<KeptSheet> sheets_in(std::string const& folder);

// Makes the folder too, for its owner alone. Error: there is a lock and `again` was not said.
Result<void> write_lock(std::string const& folder, std::string const& lock, bool again);
Result<std::string> read_lock(std::string const& folder);

// Whole or not at all; then all but the newest go. The path.
Result<std::string> write_sheet(std::string const& folder, Instant written,
                                std::string const& octets);
// Of a folder its newest. Error not_found: nothing there; invalid: more than any sheet.
Result<std::string> read_sheet(std::string const& file_or_folder);

}  // namespace washup::board::ctl
