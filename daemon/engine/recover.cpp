#include "daemon/engine/recover.hpp"

#include "daemon/core/apply.hpp"

namespace washup::engine {

Result<Recovered> recover(journal::Journal& journal, journal::Sealer const& sealer,
                          std::optional<core::State> image, core::RecordNumber until) {
    Recovered recovered;
    if (image) recovered.state = std::move(*image);
    recovered.from = recovered.state.head;
    core::Changes changes;
    auto const next = core::RecordNumber{recovered.state.head.value() + 1};
    if (until && next > until) return recovered;
    auto const read = journal.read(next, until, [&](core::Record record) -> Result<void> {
        for (auto& event : record.events) recovered.boxes_shut += sealer.open_event(event);
        core::apply(recovered.state, record, changes);
        return boost::system::in_place_value;
    });
    if (!read) return read.error();
    return recovered;
}

}  // namespace washup::engine
