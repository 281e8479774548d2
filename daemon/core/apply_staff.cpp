#include "daemon/core/apply_staff.hpp"

#include "daemon/core/apply_cause.hpp"

namespace washup::core {

// Said again it corrects; the PIN and the absence stay.
void apply_event(State& state, Record const&, Changes& changes, StaffAdded const& e) {
    auto& staff = state.staff[e.staff];
    staff.id = e.staff;
    staff.name = e.name;
    staff.role = e.role;
    staff.team = e.team;
    staff.organisation = e.organisation;
    staff.email = e.email;
    staff.hours = e.hours;
    changes.staff.insert(e.staff);
}

void apply_event(State& state, Record const&, Changes&, StaffPinSet const& e) {
    auto const it = state.staff.find(e.staff);
    if (it != state.staff.end()) it->second.pin = e.pin;
}

void apply_event(State& state, Record const& record, Changes& changes, ActionHandedOver const& e) {
    auto const stay = state.stays.find(e.stay);
    if (stay == state.stays.end()) return;
    for (auto& action : stay->second.actions) {
        if (action.id != e.action) continue;
        keep_source_word(action, e.source, e.told, &ActionWord::owner, e.to);
        action.owner = e.to;
        action.owner_as_given = e.to_as_given;
        action.changed_at = record.at;
    }
    touch_stay(state, record, changes, e.stay);
}

void apply_event(State& state, Record const&, Changes& changes, StaffAwaySet const& e) {
    auto const it = state.staff.find(e.staff);
    if (it == state.staff.end()) return;
    it->second.away_from = e.from;
    it->second.away_until = e.until;
    it->second.deputy = e.deputy;
    changes.staff.insert(e.staff);
}

}  // namespace washup::core
