#pragma once
// Commands of the wash-up, the staff list and the weekly cycle, from the wire. A part of
// read_command() alone.

#include <optional>
#include <string>

#include "daemon/core/command.hpp"

namespace washup::v1 {
class Command;
}

namespace washup::ingest {

// Sets `c.what` and gives the stay's name as written, empty when it is about none; nothing = it is
// not one of these commands.
std::optional<std::string> read_meeting_command(core::Command& c, v1::Command const& wire);

}  // namespace washup::ingest
