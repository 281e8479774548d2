#pragma once
// The State of a past minute, by the same fold as everything else. Two questions are kept apart
// (product.md section 11): what was known then, so what every board showed; and what is known now
// of then. Reads the journal; the engine's own State is not touched.
//
// It is the house alone: what rows and histories are made of, and it makes the same of them as the
// whole State would. Persons whom no stay leads to, and what only deciding needs, may be missing.

#include <functional>
#include <optional>

#include "daemon/core/house.hpp"
#include "daemon/engine/past_index.hpp"
#include "daemon/journal/journal.hpp"
#include "daemon/journal/seal.hpp"

namespace washup::engine {

enum class KnownBy { then, now };

// An image of this journal's fold at that record or before, if there is one near.
using NearestImage = std::function<std::optional<core::House>(core::RecordNumber)>;

// What a PastIndex says, if it is whole; it shortens the way and changes nothing of the answer.
using LaterRecords = std::function<std::optional<PastIndex::Later>(
    core::State const& then, core::RecordNumber until, Instant at)>;

// Error not_found: the journal begins later, so nothing was known then. Otherwise as of
// Journal::read.
Result<core::State> past_state(journal::Journal& journal, journal::Sealer const& sealer,
                               NearestImage const& nearest_image, Instant at, KnownBy known_by,
                               LaterRecords const& later_records = {});

}  // namespace washup::engine
