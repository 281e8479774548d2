#include "daemon/engine/house_fold.hpp"

#include "daemon/core/each_id.hpp"

namespace washup::engine {

Result<void> HouseFold::take(core::Record const& record) {
    Result<void> brought;
    if (image_.bring) {
        core::each_id<core::PersonId>(record.events, [&](core::PersonId id) {
            if (brought) brought = image_.bring(id, image_.state);
        });
    }
    if (!brought) {
        damaged_ = true;
        return brought;
    }
    core::Changes changes;  // nobody asks for them
    core::apply(image_.state, record, changes);
    return {};
}

}  // namespace washup::engine
