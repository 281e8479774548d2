#pragma once
// A row goes into one frame. One stay with hundreds of long notes would not fit, and must not stop
// the feed for everybody: its texts are shortened, nothing else of it changes.

#include <cstddef>

#include "washup/v1/feed.pb.h"

namespace washup::reader {

// Half a frame: a delta holds what fits beside it.
inline constexpr std::size_t row_bytes_max = 512 * 1024;
// A text of a row that was too large; cut at whole letters and marked "...".
inline constexpr std::size_t shortened_text_bytes_max = 200;

// Does nothing to a row of at most row_bytes_max.
void fit_row(v1::Row& row);

}  // namespace washup::reader
