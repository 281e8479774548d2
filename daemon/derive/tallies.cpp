#include "daemon/derive/tallies.hpp"

#include "daemon/core/reading.hpp"

namespace washup::derive {
namespace {

std::vector<std::string> scopes_of(LostMidnight const& entry) {
    std::vector<std::string> scopes{"all"};
    if (!entry.site.empty()) scopes.push_back("site:" + entry.site);
    if (!entry.team.empty()) scopes.push_back("team:" + entry.team);
    return scopes;
}

std::vector<Window> windows_of(LostMidnight const& entry, Date today, bool here) {
    std::vector<Window> windows;
    auto const age = today - entry.date;  // 1 = the midnight that began today
    if (here) windows.push_back(Window::now);
    if (age == 1) windows.push_back(Window::today);
    if (age >= 1 && age <= 7) windows.push_back(Window::days_7);
    if (age >= 1 && age <= 28) windows.push_back(Window::days_28);
    if (age >= 1 && age <= 91) windows.push_back(Window::days_91);
    if (age >= 8 && age <= 14) windows.push_back(Window::prior_7);
    return windows;
}

}  // namespace

char const* name_of(Window window) {
    switch (window) {
        case Window::now:
            return "now";
        case Window::today:
            return "today";
        case Window::days_7:
            return "7";
        case Window::days_28:
            return "28";
        case Window::days_91:
            return "91";
        case Window::prior_7:
            return "prior_7";
    }
    return "now";
}

Contribution contribution(core::State const& state, core::Stay const& stay, Date today) {
    Contribution parts;
    if (stay.joined_into) return parts;  // counted with the stay it was joined into
    auto const here = !core::has_ended(state, stay);
    for (auto const& entry : ledger(state, stay, today)) {
        for (auto const window : windows_of(entry, today, here)) {
            for (auto const& scope : scopes_of(entry)) {
                auto& leaf = parts[LeafKey{scope, window, entry.reason, entry.local_reason}];
                ++leaf.bed_days;
                leaf.people = 1;
            }
        }
    }
    return parts;
}

void Tallies::update(core::State const& state, core::StayId id) {
    auto& held = by_stay_[id];
    auto const it = state.stays.find(id);
    auto fresh =
        it == state.stays.end() ? Contribution{} : contribution(state, it->second, state.today);
    if (fresh != held) {
        add(held, -1);
        add(fresh, +1);
        held = std::move(fresh);
    }
    if (held.empty()) by_stay_.erase(id);
}

void Tallies::recount(core::State const& state) {
    for (auto const& [id, stay] : state.stays) update(state, id);
}

void Tallies::add(Contribution const& parts, int sign) {
    for (auto const& [key, part] : parts) {
        auto& leaf = leaves_[key];
        leaf.bed_days += sign * part.bed_days;
        leaf.people += sign * part.people;
        changed_.insert(key);
        if (leaf.bed_days == 0 && leaf.people == 0) leaves_.erase(key);
    }
}

std::set<LeafKey> Tallies::take_changed() {
    std::set<LeafKey> taken;
    taken.swap(changed_);
    return taken;
}

}  // namespace washup::derive
