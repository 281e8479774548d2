#include "daemon/shell/image_keeper.hpp"

#include "proto/base/log.hpp"

namespace washup::shell {

void ImageKeeper::look(core::State const& state, bool stopping) {
    auto const records = state.head.value() - kept_;
    if (records < (stopping ? image_at_stop_records : image_every_records)) return;
    kept_ = state.head.value();
    auto const chain = journal_.digest_at(state.head);
    auto const done =
        chain ? images_.keep(state, {journal_.info().epoch, state.head, state.last_at, *chain})
              : Result<void>{chain.error()};
    if (!done) {
        log_warn("image_not_kept", "record", kept_, "why", done.error().words);
    } else {
        log_info("image_kept", "record", kept_);
    }
}

}  // namespace washup::shell
