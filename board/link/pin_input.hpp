#pragma once
// Where a program takes a PIN from: the terminal without echo, or a descriptor that somebody opened
// for it. Never the command line, which every user of the machine can read.

#include <string>

#include "proto/base/result.hpp"

namespace washup::board {

// More than any PIN; what is longer is none.
inline constexpr std::size_t pin_line_bytes_max = 64;

// The first line that comes there, without its end; the rest is left for whoever reads on. Error
// io; invalid: an empty line, or above pin_line_bytes_max.
Result<std::string> pin_from(int descriptor);
// Asks on the terminal of this process, wherever its input comes from. Error io: it has none.
Result<std::string> pin_from_terminal(std::string const& question);

}  // namespace washup::board
