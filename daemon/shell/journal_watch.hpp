#pragma once
// What is written beside the journal while it grows: signed checkpoints of its chain, and now and
// then an image of the State. Used on the reader's thread, whose fold is durable. A failure is
// logged and not more: neither is needed to go on, and the journal itself fails for itself.

#include "daemon/journal/checkpoint_log.hpp"
#include "daemon/journal/journal.hpp"
#include "daemon/journal/state_image.hpp"

namespace washup::shell {

// About a second of folding at a start, and 33 images in a year of one hospital.
inline constexpr std::uint64_t image_every_records = 20'000;
// At a clean stop: below this many records a fold is as quick as reading the image.
inline constexpr std::uint64_t image_at_stop_records = 100;

class JournalWatch {
  public:
    // `kept` is the record of the newest image there is.
    JournalWatch(journal::Journal& journal, journal::StateImages images, core::RecordNumber kept,
                 journal::CheckpointLog checkpoints)
        : journal_(journal),
          images_(std::move(images)),
          kept_(kept.value()),
          checkpoints_(std::move(checkpoints)) {}

    void look(core::State const& state, bool stopping);

  private:
    void keep_image(core::State const& state);

    journal::Journal& journal_;
    journal::StateImages images_;
    std::uint64_t kept_;
    journal::CheckpointLog checkpoints_;
};

}  // namespace washup::shell
