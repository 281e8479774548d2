#include "daemon/shell/journal_watch.hpp"

#include "proto/base/clock.hpp"
#include "proto/base/log.hpp"

namespace washup::shell {

void JournalWatch::look(core::State const& state, bool stopping) {
    auto const signed_well =
        checkpoints_.look(journal_, state.head, state.last_at, steady_now(), stopping);
    if (!signed_well) log_warn("checkpoint_not_kept", "why", signed_well.error().words);
    auto const records = state.head.value() - kept_;
    if (records >= (stopping ? image_at_stop_records : image_every_records)) keep_image(state);
}

void JournalWatch::keep_image(core::State const& state) {
    kept_ = state.head.value();
    auto const chain = journal_.digest_at(state.head);
    auto const done =
        chain ? images_.keep(state, {journal_.info().epoch, state.head, state.last_at, *chain})
              : Result<void>{chain.error()};
    if (!done) return log_warn("image_not_kept", "record", kept_, "why", done.error().words);
    log_info("image_kept", "record", kept_);
}

}  // namespace washup::shell
