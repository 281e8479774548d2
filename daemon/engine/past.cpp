#include "daemon/engine/past.hpp"

#include <algorithm>

#include "daemon/core/as_of.hpp"
#include "daemon/engine/house_fold.hpp"
#include "proto/base/log.hpp"

namespace washup::engine {
namespace {

using core::RecordNumber;

// What the house lets go later, stays and with each new day old wash-ups and figures, it held then.
bool lets_go(core::Event const& event) {
    return std::holds_alternative<core::StayLetGo>(event) ||
           std::holds_alternative<core::DayTurned>(event);
}

struct Past {
    journal::Journal& journal;
    LaterRecords const& later_records;
    Instant at;

    Result<void> fold_then(HouseFold& fold, RecordNumber until) const {
        auto const next = RecordNumber{fold.from().value() + 1};
        if (next > until) return boost::system::in_place_value;
        return journal.read(next, until, [&](core::Record record) { return fold.take(record); });
    }

    // Goes on from then to the head, and keeps whoever was let go meanwhile.
    Result<void> fold_what_is_known_now(HouseFold& fold) const {
        auto const then = fold.state();
        auto const later =
            later_records ? later_records(then, then.head, at) : std::optional<PastIndex::Later>{};
        auto const folded = later ? fold_what_matters(fold, *later) : fold_all_that_came(fold);
        if (!folded) return folded.error();
        auto& now = fold.state();
        core::forget_after(now, at);
        now.services = then.services;
        now.inbox = then.inbox;
        now.sources = then.sources;
        return boost::system::in_place_value;
    }
    Result<void> fold_all_that_came(HouseFold& fold) const {
        auto const next = RecordNumber{fold.state().head.value() + 1};
        return journal.read(next, [&](core::Record record) {
            std::erase_if(record.events, lets_go);
            return fold.take(record);
        });
    }
    Result<void> fold_what_matters(HouseFold& fold, PastIndex::Later const& later) const {
        auto const read = journal.read_each(later.records, [&](core::Record record) {
            std::erase_if(record.events, [&](core::Event const& event) {
                return lets_go(event) || !later.matters(event);
            });
            fold.skip_to(record.number);
            return fold.take(record);
        });
        fold.skip_to(RecordNumber{std::max(later.head, fold.state().head).value() + 1});
        return read;
    }
};

}  // namespace

Result<core::State> past_state(journal::Journal& journal, journal::Sealer const& sealer,
                               NearestImage const& nearest_image, Instant at, KnownBy known_by,
                               LaterRecords const& later_records) {
    auto const until = journal.number_at(at);
    if (!until) return until.error();
    if (!*until && known_by == KnownBy::then) {
        return Error{ErrorCode::not_found, "the journal begins after " + to_rfc3339(at), "at"};
    }
    Past const past{journal, later_records, at};
    for (auto near = *until;;) {
        HouseFold fold{near ? nearest_image(near) : std::nullopt};
        auto done = past.fold_then(fold, *until);
        if (done && known_by == KnownBy::now) done = past.fold_what_is_known_now(fold);
        if (done) {
            sealer.open_state(fold.state());
            return std::move(fold.state());
        }
        if (!fold.image_damaged()) return done.error();
        log_warn("image_passed_over", "record", fold.from().value(), "why", done.error().words);
        near = RecordNumber{fold.from().value() - 1};
    }
}

}  // namespace washup::engine
