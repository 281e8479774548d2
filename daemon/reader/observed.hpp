#pragma once
// A field as it is shown: its value with when it was observed, by whom, when last confirmed, and
// whether it is to be believed (product.md section 3, The row).

#include "daemon/core/reading.hpp"
#include "washup/v1/feed.pb.h"

namespace washup::reader {

v1::Observed observed(core::Current const& current);
void set_moment(v1::Moment& wire, Moment const& moment);
// Marks a value that is known as doubtful, with words.
void doubt(v1::Observed& value, std::string words);
std::string words_of(core::Value const& value);
// Words that may be gone: "erased" then.
std::string said(core::Sealed const& words);
std::string closed_why(core::Blocker const& blocker);

}  // namespace washup::reader
