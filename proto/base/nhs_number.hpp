#pragma once
// The NHS number's own arithmetic: ten digits, modulus 11. A number that fails is kept and shown as
// doubtful, never used to match (product.md section 3, Identity).

#include <string>
#include <string_view>

namespace washup {

// The ten digits of a number written with or without blanks or hyphens; empty when it is not ten
// digits.
std::string nhs_number_digits(std::string_view text);

// Ten digits, right check digit, and not one digit ten times: all ten of those pass modulus 11.
bool valid_nhs_number(std::string_view digits);

}  // namespace washup
