#pragma once
// The State of a past minute, by the same fold as everything else. Two questions are kept apart
// (product.md section 11): what was known then, so what every board showed; and what is known now
// of then. Reads the journal; the engine's own State is not touched.

#include <functional>
#include <optional>

#include "daemon/core/state.hpp"
#include "daemon/engine/recover.hpp"

namespace washup::engine {

enum class KnownBy { then, now };

// An image of this journal's fold at that record or before, if there is one near.
using NearestImage = std::function<std::optional<core::State>(core::RecordNumber)>;

// Error not_found: the journal begins later, so nothing was known then. Otherwise as of
// Journal::read.
Result<core::State> past_state(journal::Journal& journal, journal::Sealer const& sealer,
                               NearestImage const& nearest_image, Instant at, KnownBy known_by);

}  // namespace washup::engine
