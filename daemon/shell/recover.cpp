#include "daemon/core/apply.hpp"
#include "daemon/shell/daemon.hpp"

namespace washup::shell {

Result<Recovered> recover(journal::Journal& journal, journal::Sealer const& sealer) {
    Recovered recovered;
    core::Changes changes;
    auto const read = journal.read(core::RecordNumber{1}, [&](core::Record record) -> Result<void> {
        for (auto& event : record.events) recovered.boxes_shut += sealer.open_event(event);
        core::apply(recovered.state, record, changes);
        return boost::system::in_place_value;
    });
    if (!read) return read.error();
    return recovered;
}

}  // namespace washup::shell
