#include "daemon/derive/frozen.hpp"

#include <map>
#include <set>

#include "daemon/core/reading.hpp"
#include "daemon/derive/ledger.hpp"
#include "daemon/derive/scope.hpp"
#include "daemon/derive/tallies.hpp"

namespace washup::derive {
namespace {

constexpr int week_days = 7;

struct Counting {
    std::int64_t bed_days = 0;
    std::set<core::PersonId> people;
};

// The scope of a cycle that is still open, or that opens in these events.
std::string scope_of(core::State const& state, std::vector<core::Event> const& events,
                     core::CycleId id) {
    if (auto const it = state.cycles.find(id); it != state.cycles.end()) return it->second.scope;
    for (auto const& event : events) {
        auto const* const opened = std::get_if<core::CycleOpened>(&event);
        if (opened != nullptr && opened->cycle == id) return opened->scope;
    }
    return "all";
}

}  // namespace

std::vector<core::FrozenLeaf> leaves_of(core::State const& state, std::string const& scope,
                                        core::Code const& window) {
    std::vector<core::FrozenLeaf> leaves;
    auto const parsed = parse_scope(state, scope);
    if (!parsed) return leaves;  // a place that left the site file since the cycle opened
    std::map<std::pair<core::Code, core::Code>, Counting> counted;
    auto const now = window == "now";
    for (auto const& [id, stay] : state.stays) {
        if (stay.joined_into || (now && core::end_of(state, stay))) continue;
        for (auto const& night : ledger(state, stay, state.today)) {
            if (!now && night.date + week_days < state.today) continue;
            if (!parsed->holds(place_of(state.config, night))) continue;
            auto const unmapped =
                night.blocker && night.reason.empty() && night.local_reason.empty();
            auto& leaf = counted[{unmapped ? core::Code{unmapped_reason} : night.reason,
                                  night.local_reason}];
            ++leaf.bed_days;
            leaf.people.insert(state.survivor_of(stay.person));
        }
    }
    for (auto const& [key, leaf] : counted) {
        leaves.push_back(
            {key.first, key.second, leaf.bed_days, static_cast<std::int64_t>(leaf.people.size())});
    }
    return leaves;
}

void add_frozen(core::State const& state, std::vector<core::Event>& events) {
    std::vector<core::Event> frozen;
    for (auto const& event : events) {
        auto const* const closed = std::get_if<core::CycleClosed>(&event);
        if (closed == nullptr) continue;
        auto const scope = scope_of(state, events, closed->cycle);
        for (auto const* const window : frozen_windows) {
            frozen.emplace_back(core::ParetoFrozen{closed->cycle, scope, window, state.today,
                                                   leaves_of(state, scope, window)});
        }
    }
    for (auto& event : frozen) events.push_back(std::move(event));
}

}  // namespace washup::derive
