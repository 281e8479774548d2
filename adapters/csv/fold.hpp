#pragma once
// Words as people type them, made comparable: case, blanks, dashes, underscores and punctuation do
// not count. For headings and for lists of words; never for anything that is kept or shown.

#include <string>
#include <string_view>

namespace washup::csv {

std::string folded(std::string_view text);

// "referrals*.csv" against a file name, without case; * any octets, ? one.
bool name_matches(std::string_view pattern, std::string_view name);

}  // namespace washup::csv
