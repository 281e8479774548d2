#pragma once
// Text as octets of a file: UTF-8 as it is, or Windows-1252, which older spreadsheets and the
// published returns use. A character that has no place there is an error and never another one.

#include <string>
#include <string_view>

#include "proto/base/result.hpp"

namespace washup::board::paper {

enum class Encoding { utf8, cp1252 };
char const* name_of(Encoding encoding);
// Error: neither "utf-8" nor "cp1252".
Result<Encoding> encoding_of(std::string_view name);

// Error: the first character that cannot be written, by its number and words.
Result<std::string> encoded(std::string_view utf8, Encoding encoding);

}  // namespace washup::board::paper
