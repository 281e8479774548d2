#pragma once
// Files that are there whole or not at all: written beside their place, on the disk, then renamed.

#include <sys/types.h>

#include <string>
#include <string_view>

#include "proto/base/result.hpp"

namespace washup::board::ctl {

Error not_written(std::string const& path, int why);
// A new file with that mode from its first octet on, on the disk. What stood there goes.
Result<void> write_draft(std::string const& draft, std::string_view octets, mode_t mode);
// The folder of this path, so that a rename in it lasts.
void sync_folder(std::string const& path);
// All three: "PATH.part", renamed to PATH.
Result<void> write_whole(std::string const& path, std::string_view octets, mode_t mode);

}  // namespace washup::board::ctl
