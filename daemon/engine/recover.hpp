#pragma once
// How a start comes back to the State it had: the fold of the journal, from record 1 or on from an
// image of an earlier fold. Both give the same State; the image is only nearer.

#include <optional>

#include "daemon/core/state.hpp"
#include "daemon/journal/journal.hpp"
#include "daemon/journal/seal.hpp"

namespace washup::engine {

struct Recovered {
    core::State state;
    core::RecordNumber from;     // of the image; none = record 1
    std::size_t boxes_shut = 0;  // words of the state whose key is not here
};

// The keys that the journal keeps, to open and to seal with; before anything else, and only at a
// start: keys that are made later are newer than what is durable.
Result<void> take_keys(journal::Journal& journal, journal::Sealer const& sealer);

// The fold alone, its words still shut where the image's or the records' are.
Result<Recovered> fold(journal::Journal& journal, std::optional<core::State> image,
                       core::RecordNumber until);

// `image` is of this journal's own chain (state_image.hpp), its words shut or open. `until`: the
// fold up to that record, as it was then; none = the head. Its words are open. Error as of
// Journal::read.
Result<Recovered> recover(journal::Journal& journal, journal::Sealer const& sealer,
                          std::optional<core::State> image = {}, core::RecordNumber until = {});

}  // namespace washup::engine
