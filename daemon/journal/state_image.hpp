#pragma once
// The fold of the journal up to one record, written beside it, so that a start and a look at a past
// minute begin there and not at record 1. Never the record itself: an image that is of another
// journal, another version or in any doubt is passed over, and the fold from further back gives the
// same State. Sealed words are in it as boxes, as in the journal.
//
// images/NUMBER.state: "WSHUIMG1", state_version (4 octets), length of the head (4 octets), head
// (epoch, number, instant, digest of the chain there), State, and a keyed digest of all before it.

#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "daemon/core/state.hpp"
#include "daemon/journal/journal.hpp"
#include "daemon/journal/seal.hpp"
#include "proto/base/result.hpp"

namespace washup::journal {

// Raised when State or apply() changes so that an older image would not be what a fold gives now.
inline constexpr std::uint32_t state_version = 5;
// A year of one hospital at one image each 20 000 records is 33; above this the oldest go.
inline constexpr std::size_t images_max = 200;

// State and its indexes, whole; two threads read it. Error invalid names the field by its path.
Bytes encode_state(core::State const& state);
Result<core::State> decode_state(std::string_view bytes);

struct ImageHead {
    std::string epoch;
    core::RecordNumber number;
    Instant at;  // of that record
    Digest128 chain;
    static void describe(auto& self, auto&& field) {
        field(1, self.epoch);
        field(2, self.number);
        field(3, self.at);
        field(4, self.chain);
    }
};

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

  private:
    std::vector<core::RecordNumber> numbers() const;  // newest first
    std::filesystem::path path_of(core::RecordNumber number) const;
    Result<core::State> read(core::RecordNumber number, Fits const& fits) const;
    Result<core::State> read_marked(core::RecordNumber number, std::string_view marked,
                                    Fits const& fits) const;

    std::filesystem::path folder_;
    Sealer const& sealer_;
};

}  // namespace washup::journal
