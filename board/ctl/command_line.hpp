#pragma once
// One line of JSON as a command: {"raise_blocker": {"stay": "RXX:123", "reason": "CP4"}, "actor":
// "kfinch"}. Names are those of command.proto. For people's sake a moment may be written as RFC
// 3339 or a date, a field by its plain word ("discharge_ready"), and the value of set_field as one
// text. Pure; sends nothing.

#include <string>
#include <string_view>
#include <vector>

#include "proto/base/result.hpp"

namespace washup::v1 {
class Command;
class Moment;
class Value;
}  // namespace washup::v1

namespace washup::board::ctl {

inline constexpr std::size_t command_line_bytes_max = 64 * 1024;

Result<void> parse_command_line(std::string_view line, v1::Command& out);

// "2026-11-22", "2026-11-22T14:00", "2026-11-22T14:00:00+00:00".
Result<void> set_moment(v1::Moment& out, std::string_view text);

// The number of v1::Field by its word, "discharge_ready"; 0 and the known words in the Error.
Result<int> field_number(std::string_view word);
std::vector<std::string> field_words();
// A value in the shape its field has: a moment, a code, a text, "SITE/WARD/BAY/BED".
Result<void> set_value(v1::Value& out, int field, std::string_view text);

}  // namespace washup::board::ctl
