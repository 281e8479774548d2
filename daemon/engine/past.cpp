#include "daemon/engine/past.hpp"

#include "daemon/core/apply.hpp"
#include "daemon/core/as_of.hpp"

namespace washup::engine {
namespace {

// Goes on from `then` to the head, and keeps whoever was let go meanwhile.
Result<core::State> with_what_is_known_now(journal::Journal& journal, journal::Sealer const& sealer,
                                           core::State then, Instant at) {
    auto now = then;
    auto const next = core::RecordNumber{then.head.value() + 1};
    auto const read = journal.read(next, [&](core::Record record) -> Result<void> {
        std::erase_if(record.events, [](core::Event const& event) {
            return std::holds_alternative<core::StayLetGo>(event);
        });
        core::Changes changes;
        core::apply(now, record, changes);
        return boost::system::in_place_value;
    });
    if (!read) return read.error();
    core::forget_after(now, at);
    sealer.open_state(now);
    now.services = std::move(then.services);
    now.inbox = std::move(then.inbox);
    now.sources = std::move(then.sources);
    return now;
}

}  // namespace

Result<core::State> past_state(journal::Journal& journal, journal::Sealer const& sealer,
                               NearestImage const& nearest_image, Instant at, KnownBy known_by) {
    auto const until = journal.number_at(at);
    if (!until) return until.error();
    if (!*until && known_by == KnownBy::now) {  // told later, and of before the first record
        return with_what_is_known_now(journal, sealer, {}, at);
    }
    if (!*until) {
        return Error{ErrorCode::not_found, "the journal begins after " + to_rfc3339(at), "at"};
    }
    auto then = recover(journal, sealer, nearest_image(*until), *until);
    if (!then) return then.error();
    if (known_by == KnownBy::then) return std::move(then->state);
    return with_what_is_known_now(journal, sealer, std::move(then->state), at);
}

}  // namespace washup::engine
