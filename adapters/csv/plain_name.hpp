#pragma once
// Under which name a file is kept, reported and told of: its own, unless it may name somebody
// ("referrals Ann Smith.csv"). A name stands in the clear everywhere, so it must not be a person's.
// Pure.

#include <string>
#include <string_view>

#include "adapters/csv/profile.hpp"
#include "proto/base/digest.hpp"

namespace washup::csv {

// Besides a time a count of a few digits may stand there; ten of them are an NHS number.
inline constexpr std::size_t count_digits_max = 4;

// The file's own name where nothing but digits, - and _ stands in the place of the pattern's `*`.
// Else the pattern with the time that stood in the name and a part of `digest` (of the content) in
// that place; it is of the same [[file]] and has the same time. Of a name that no pattern knows:
// "file-" and the digest, and the ending when it is a usual one.
std::string plain_name(Profile const& profile, std::string_view file_name, Digest256 const& digest);

}  // namespace washup::csv
