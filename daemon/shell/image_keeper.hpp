#pragma once
// When an image of the State is written beside the journal: every so many records, and at a clean
// stop. Used on the reader's thread, whose fold is durable. A failure is logged and not more: the
// next start only folds further.

#include "daemon/journal/journal.hpp"
#include "daemon/journal/state_image.hpp"

namespace washup::shell {

// About a second of folding at a start, and 33 images in a year of one hospital.
inline constexpr std::uint64_t image_every_records = 20'000;
// At a clean stop: below this many records a fold is as quick as reading the image.
inline constexpr std::uint64_t image_at_stop_records = 100;

class ImageKeeper {
  public:
    // `kept` is the record of the newest image there is.
    ImageKeeper(journal::StateImages images, journal::Journal& journal, core::RecordNumber kept)
        : images_(std::move(images)), journal_(journal), kept_(kept.value()) {}

    void look(core::State const& state, bool stopping);

  private:
    journal::StateImages images_;
    journal::Journal& journal_;
    std::uint64_t kept_;
};

}  // namespace washup::shell
