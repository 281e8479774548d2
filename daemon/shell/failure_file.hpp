#pragma once
// Where wrong PINs in a row outlive the daemon: a file beside the journal, whole or as it was.

#include <filesystem>

#include "daemon/access/failure_list.hpp"

namespace washup::shell {

inline constexpr char const* failure_file_name = "sign_in_failures";

// No file: nobody's. Error io or invalid, with what to do.
Result<access::FailureCounts> read_failure_file(std::filesystem::path const& data_dir);
// On the disk when it comes back. Error io.
Result<void> write_failure_file(std::filesystem::path const& data_dir,
                                access::FailureCounts const& counts);

}  // namespace washup::shell
