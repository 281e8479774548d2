#pragma once
// The text in which wrong PINs in a row are kept over a restart: for each staff id how many. Pure.
// Nothing is decided by it that was not decided before the restart (sessions.hpp), and it holds no
// PIN and no name.

#include <cstdint>
#include <map>
#include <string>
#include <string_view>

#include "proto/base/result.hpp"

namespace washup::access {

using FailureCounts = std::map<std::string, std::uint32_t>;  // by staff id

std::string to_text(FailureCounts const& counts);
// Error::field = line. It was written whole or not at all, so anything odd is a damaged disk or a
// hand, and half of it would give a guesser fresh tries.
Result<FailureCounts> read_failures(std::string_view text);

}  // namespace washup::access
