#pragma once
// `washupctl send`: a command a line, an answer a line, in order. A line that is no command is
// answered like a refused one and the rest goes on; without a daemon it stops.

#include <istream>

#include "board/ctl/program.hpp"

namespace washup::board::ctl {

int send_lines(std::istream& in, Options const& options);

}  // namespace washup::board::ctl
