#include "daemon/derive/tallies.hpp"

#include <utility>

#include "daemon/core/reading.hpp"
#include "daemon/derive/scope.hpp"

namespace washup::derive {
namespace {

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

char const* name_of(Level level) {
    return level == Level::theme ? "theme" : "reason";
}

core::Code theme_of(core::Config const& config, core::Code const& reason,
                    core::Code const& local_reason) {
    if (reason.empty() && local_reason.empty()) return {};
    for (auto const& code : {local_reason, reason}) {
        if (code.empty()) continue;
        for (auto const& entry : config.reasons) {
            if (entry.code == code && !entry.theme.empty()) return entry.theme;
        }
    }
    return other_theme;
}

static Contribution contribution(core::State const& state, core::PersonId person, bool here,
                                 std::vector<LostMidnight> const& ledger, Date today) {
    Contribution parts;
    parts.person = person;
    for (auto const& entry : ledger) {
        auto const unmapped = entry.blocker && entry.reason.empty() && entry.local_reason.empty();
        auto const reason = unmapped ? core::Code{unmapped_reason} : entry.reason;
        auto const theme = theme_of(state.config, reason, entry.local_reason);
        auto const scopes = names_of(place_of(state.config, entry));
        for (auto const window : windows_of(entry, today, here)) {
            for (auto const& scope : scopes) {
                ++parts.bed_days[LeafKey{scope, window, reason, entry.local_reason}];
                parts.people.insert(PeopleKey{scope, window, Level::theme, theme});
                parts.people.insert(PeopleKey{scope, window, Level::reason, reason});
            }
        }
    }
    return parts;
}

Contribution contribution(core::State const& state, core::Stay const& stay, Date today) {
    if (stay.joined_into) return {};  // counted with the stay it was joined into
    return contribution(state, state.survivor_of(stay.person), !core::end_of(state, stay),
                        ledger(state, stay, today), today);
}

void Tallies::update(core::State const& state, core::StayId id) {
    Held fresh;
    auto const it = state.stays.find(id);
    if (it != state.stays.end() && !it->second.joined_into) {
        auto const& stay = it->second;
        fresh.ledger = ledger(state, stay, state.today);
        fresh.person = state.survivor_of(stay.person);
        fresh.here = !core::end_of(state, stay);
        fresh.today = state.today;
    }
    auto const held = by_stay_.find(id);
    if (held == by_stay_.end() && fresh.ledger.empty()) return;
    if (held != by_stay_.end()) {
        auto const& h = held->second;
        if (h.today == fresh.today && h.here == fresh.here && h.person == fresh.person &&
            h.ledger == fresh.ledger) {
            return;
        }
    }
    fresh.parts = contribution(state, fresh.person, fresh.here, fresh.ledger, state.today);
    take_over(id, std::move(fresh));
}

void Tallies::take_over(core::StayId id, Held fresh) {
    auto& held = by_stay_[id];
    if (fresh.parts != held.parts) {
        add(held.parts, -1);
        add(fresh.parts, +1);
    }
    held = std::move(fresh);
    // In no window any more, and it can come into none by the day alone.
    if (held.parts.bed_days.empty()) by_stay_.erase(id);
}

// Another config gives other names to the same midnights.
void Tallies::recount(core::State const& state) {
    for (auto& [id, held] : by_stay_) held.today = {};
    for (auto const& [id, stay] : state.stays) update(state, id);
}

void Tallies::turn_day(core::State const& state, std::set<core::StayId> still_open) {
    for (auto const& [id, held] : by_stay_) still_open.insert(id);
    for (auto const id : still_open) update(state, id);
}

void Tallies::add(Contribution const& parts, int sign) {
    auto const count = [&](auto& crowds, auto const& key) {
        auto& crowd = crowds[key];
        auto& stays = crowd[parts.person];
        sign > 0 ? ++stays : --stays;
        if (stays == 0) crowd.erase(parts.person);
        auto const people = static_cast<std::int64_t>(crowd.size());
        if (people == 0) crowds.erase(key);
        return people;
    };
    for (auto const& [key, days] : parts.bed_days) {
        auto& leaf = leaves_[key];
        leaf.bed_days += sign * days;
        leaf.people = count(of_leaf_, key);
        changed_.insert(key);
        if (leaf == Leaf{}) leaves_.erase(key);
    }
    for (auto const& key : parts.people) {
        count(of_level_, key);
        changed_people_.insert(key);
    }
}

std::int64_t Tallies::people(PeopleKey const& key) const {
    auto const it = of_level_.find(key);
    return it == of_level_.end() ? 0 : static_cast<std::int64_t>(it->second.size());
}

std::set<LeafKey> Tallies::take_changed() {
    return std::exchange(changed_, {});
}

std::set<PeopleKey> Tallies::take_changed_people() {
    return std::exchange(changed_people_, {});
}

}  // namespace washup::derive
