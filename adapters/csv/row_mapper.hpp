#pragma once
// One row of a council's file as one observation, by the profile. Pure: it asks no clock, no store
// and no daemon. What it cannot map it sets aside with the heading and words that hold nothing of
// the row, and never drops. Whether the facts are plausible is the daemon's to decide.

#include <optional>

#include "adapters/csv/row_reader.hpp"
#include "washup/v1/ingest.pb.h"

namespace washup::csv {

v1::Observation map_row(Profile const& profile, FileKind const& kind, Columns const& columns,
                        Row const& row, std::optional<Moment> file_time);

// The time a file's name states: "blockers_20261122_0915.csv", "2026-11-22", "20261122T091500".
// The file's own clock is not asked: a copied file has another.
std::optional<Moment> time_in_name(std::string_view file_name);

v1::Moment to_proto(Moment const& moment);

}  // namespace washup::csv
