#pragma once
// Dates and times as councils write them. Day first: dd/mm/yyyy [hh:mm[:ss]]; ISO second;
// DD-Mon-YY third; never month first (adapters.md 7.3). A date without a time is a date. London
// time unless the ISO form names an offset. Pure, and its errors never repeat the cell's words.

#include <string_view>

#include "proto/base/result.hpp"
#include "proto/base/time.hpp"

namespace washup::csv {

// A two-digit year is the one within the hundred years that begin with `two_digit_years_from`.
Result<Moment> parse_hub_moment(std::string_view text, int two_digit_years_from);

}  // namespace washup::csv
