#include "daemon/derive/ledger.hpp"

#include <algorithm>

#include "daemon/core/reading.hpp"
#include "daemon/derive/chess_clock.hpp"

namespace washup::derive {

std::optional<Date> delayed_since(core::State const& state, core::Stay const& stay) {
    auto const ready = core::read(state, stay, core::Field::discharge_ready);
    if (!ready.known() || !ready.fact->value.moment) return {};
    auto const since = london_date(ready.fact->value.moment->at);
    auto const admitted = core::read(state, stay, core::Field::admitted_at);
    if (!admitted.known() || !admitted.fact->value.moment) return since;
    return std::max(since, london_date(admitted.fact->value.moment->at));
}

std::vector<LostMidnight> ledger(core::State const& state, core::Stay const& stay, Date today) {
    std::vector<LostMidnight> entries;
    auto const since = delayed_since(state, stay);
    if (!since) return entries;
    auto const end = core::end_of(state, stay);
    if (end && end->how == core::ended::recorded_in_error) return entries;
    auto last = today - 1;
    if (end) last = std::min(last, london_date(end->at.at) - 1);
    auto const first = std::max(*since, last - (ledger_days_max - 1));
    if (first > last) return entries;
    Holding const held{state, stay};
    core::Places const places{state, stay};
    for (auto date = first; date <= last; date = date + 1) {
        // A midnight is the last instant of the date it ends: what is said of the next date alone,
        // which is kept as that date's first instant, came after it.
        auto const midnight = london_midnight(date + 1) - milliseconds(1);
        auto const place = places.at(midnight);
        auto const site = core::site_code(state.config, place.site);
        auto const* blocker = held.at(midnight);
        LostMidnight entry{date,       site.empty() ? place.site : site,
                           place.ward, core::team_of(state, stay, place),
                           {},         {},
                           {},         {}};
        if (blocker != nullptr) {
            entry.blocker = blocker->id;
            entry.reason = blocker->reason;
            entry.local_reason = blocker->local_reason;
            entry.holder = blocker->holder;
        }
        entries.push_back(std::move(entry));
    }
    return entries;
}

}  // namespace washup::derive
