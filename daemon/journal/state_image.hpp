#pragma once
// The fold of the journal up to one record, written beside it (images/NUMBER.state), so that a
// start and a look at a past minute begin there and not at record 1. Never the record itself: an
// image that is of another journal, another version or in any doubt is passed over, and the fold
// from further back gives the same State. Sealed words are in it as boxes, as in the journal.

#include <filesystem>
#include <functional>
#include <optional>
#include <vector>

#include "daemon/core/house.hpp"
#include "daemon/journal/image_file.hpp"
#include "daemon/journal/journal.hpp"
#include "daemon/journal/seal.hpp"
#include "proto/base/result.hpp"

namespace washup::journal {

// A year of one hospital at one image each 20 000 records is 33; above this the oldest go.
inline constexpr std::size_t images_max = 200;

class StateImages {
  public:
    // `data_dir` is the journal's. Nothing is made before the first keep().
    StateImages(std::filesystem::path data_dir, Sealer const& sealer)
        : folder_(data_dir / "images"), sealer_(sealer) {}

    // Whole and synced, or not there: a crash leaves no half image. Error io.
    Result<void> keep(core::State const& state, ImageHead const& head) const;

    // The newest image of record `up_to` or before that `fits` (the journal says whether it is of
    // its own chain), its words in their boxes (Sealer::open_state). None: fold from record 1. What
    // is passed over is named in the log.
    using Fits = std::function<bool(ImageHead const&)>;
    std::optional<core::State> newest(core::RecordNumber up_to, Fits const& fits) const;
    // The same, of the chain of this journal.
    std::optional<core::State> newest(core::RecordNumber up_to, Journal& journal) const;
    // The same, of what boards show alone: a tenth of the octets after a year.
    std::optional<core::House> newest_house(core::RecordNumber up_to, Fits const& fits) const;
    std::optional<core::House> newest_house(core::RecordNumber up_to, Journal& journal) const;

  private:
    std::vector<core::RecordNumber> numbers() const;  // newest first
    std::filesystem::path path_of(core::RecordNumber number) const;
    template <class T>
    std::optional<T> find(core::RecordNumber up_to, Fits const& fits,
                          Result<T> (*read)(ImageFile file)) const;

    std::filesystem::path folder_;
    Sealer const& sealer_;
};

}  // namespace washup::journal
