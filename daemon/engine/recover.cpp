#include "daemon/engine/recover.hpp"

#include "daemon/core/apply.hpp"

namespace washup::engine {

Result<void> take_keys(journal::Journal& journal, journal::Sealer const& sealer) {
    auto const keys = journal.keys();
    if (!keys) return keys.error();
    sealer.person_keys().note_old_words(journal.info().old_words);
    return sealer.take_keys(*keys);
}

Result<Recovered> fold(journal::Journal& journal, std::optional<core::State> image,
                       core::RecordNumber until) {
    Recovered recovered;
    if (image) recovered.state = std::move(*image);
    recovered.from = recovered.state.head;
    auto const next = core::RecordNumber{recovered.state.head.value() + 1};
    if (!until || next <= until) {
        auto const read = journal.read(next, until, [&](core::Record record) -> Result<void> {
            core::Changes changes;  // nobody asks for them, and those of a whole journal are many
            core::apply(recovered.state, record, changes);
            return boost::system::in_place_value;
        });
        if (!read) return read.error();
    }
    return recovered;
}

Result<Recovered> recover(journal::Journal& journal, journal::Sealer const& sealer,
                          std::optional<core::State> image, core::RecordNumber until) {
    auto recovered = fold(journal, std::move(image), until);
    if (!recovered) return recovered.error();
    // The fold needs no words, so only those that are left in the end are opened.
    recovered->boxes_shut = sealer.open_state(recovered->state);
    return recovered;
}

}  // namespace washup::engine
