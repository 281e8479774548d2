#include "daemon/core/decide.hpp"
#include "daemon/core/plausible.hpp"
#include "daemon/core/vocabulary.hpp"

// What another configuration brings beside itself: words that sources used and no vocabulary knew
// may be known now.

namespace washup::core {
namespace {

BlockerOpened mapped(Config const& config, Stay const& stay, Blocker const& held,
                     ReasonMatch const& reason) {
    BlockerOpened said_again;
    said_again.stay = stay.id;
    said_again.blocker = held.id;
    said_again.reason = reason.reason;
    said_again.local_reason = reason.local_reason;
    said_again.holder = held.holder.empty() ? default_holder(config, reason) : held.holder;
    said_again.note = held.note;
    said_again.opened = held.opened;
    said_again.source = held.source;
    said_again.reference = held.reference;
    said_again.actor = held.actor;
    said_again.doubt = held.doubt;
    drop_doubt(said_again.doubt, reason_to_be_mapped);
    said_again.told = held.told;
    return said_again;
}

}  // namespace

std::vector<Event> decide_mapped(State const& state, Config const& config) {
    std::vector<Event> events;
    for (auto const& [id, stay] : state.stays) {
        for (auto const& blocker : stay.blockers) {
            if (!blocker.reason.empty() || blocker.as_given.text.empty()) continue;
            auto const said_at = blocker.told.ms != 0 ? blocker.told : blocker.recorded;
            auto const reason = map_reason(config, blocker.as_given.text, london_date(said_at));
            if (!reason) continue;
            if (events.size() == due_at_once_max) return events;
            events.emplace_back(mapped(config, stay, blocker, *reason));
        }
    }
    return events;
}

std::vector<Event> decide_config(State const& state, ConfigAdopted adopted) {
    auto corrections = decide_mapped(state, adopted.config);
    std::vector<Event> events;
    events.emplace_back(std::move(adopted));
    std::move(corrections.begin(), corrections.end(), std::back_inserter(events));
    return events;
}

}  // namespace washup::core
