#include "daemon/derive/measures.hpp"

#include "daemon/core/reading.hpp"
#include "daemon/derive/discharge.hpp"
#include "daemon/derive/gap.hpp"
#include "daemon/derive/scope.hpp"

namespace washup::derive {
namespace {

core::Code code_of(core::State const& state, core::Stay const& stay, core::Field field) {
    auto const said = core::read(state, stay, field);
    return said.known() ? said.fact->value.code : core::Code{};
}

Headline live_part(core::State const& state, core::Stay const& stay) {
    Headline h;
    h.live = 1;
    if (core::read(state, stay, core::Field::discharge_ready).known()) h.ready_still_here = 1;
    auto const track = reached(state.config, code_of(state, stay, core::Field::ideal_outcome),
                               code_of(state, stay, core::Field::expected_outcome));
    if (track != Reached::unknown) h.on_track_known = 1;
    if (track == Reached::yes) h.on_track = 1;
    return h;
}

Headline ended_part(core::State const& state, core::Stay const& stay, core::End const& end) {
    Headline h;
    if (end.how != core::ended::discharged) return h;
    auto const age = state.today - london_date(end.at.at);
    auto const ideal = first_ideal(state, stay);
    if (age < 1 || age > 28 || ideal.empty()) return h;
    h.discharged = 1;
    auto const outcome =
        reached(state.config, ideal, code_of(state, stay, core::Field::actual_outcome));
    if (outcome != Reached::unknown) h.ideal_known = 1;
    if (outcome == Reached::yes) h.ideal_reached = 1;
    return h;
}

}  // namespace

Headline& Headline::operator+=(Headline const& other) {
    ready_still_here += other.ready_still_here;
    live += other.live;
    on_track_known += other.on_track_known;
    on_track += other.on_track;
    discharged += other.discharged;
    ideal_known += other.ideal_known;
    ideal_reached += other.ideal_reached;
    return *this;
}

Headline& Headline::operator-=(Headline const& other) {
    ready_still_here -= other.ready_still_here;
    live -= other.live;
    on_track_known -= other.on_track_known;
    on_track -= other.on_track;
    discharged -= other.discharged;
    ideal_known -= other.ideal_known;
    ideal_reached -= other.ideal_reached;
    return *this;
}

Measures::Part Measures::part_of(core::State const& state, core::Stay const& stay) {
    Part part;
    if (stay.joined_into) return part;
    auto const end = core::end_of(state, stay);
    part.headline = end ? ended_part(state, stay, *end) : live_part(state, stay);
    if (part.headline == Headline{}) return part;
    // The place that is shown. Not the place at the hour: a sender's clock may be ahead, and then
    // this would change by itself, with no event of the stay that says so.
    for (auto& name : names_of(shown_place(state, stay))) part.scopes.insert(std::move(name));
    return part;
}

void Measures::update(core::State const& state, core::StayId id) {
    auto const it = state.stays.find(id);
    auto fresh = it == state.stays.end() ? Part{} : part_of(state, it->second);
    auto& held = by_stay_[id];
    if (fresh == held) {
        if (held.scopes.empty()) by_stay_.erase(id);
        return;
    }
    changed_ = true;
    for (auto const& scope : held.scopes) by_scope_[scope] -= held.headline;
    for (auto const& scope : fresh.scopes) by_scope_[scope] += fresh.headline;
    // A scope nobody is in is not there: a restarted daemon would not know it either.
    for (auto const& scope : held.scopes) {
        if (by_scope_[scope] == Headline{}) by_scope_.erase(scope);
    }
    held = std::move(fresh);
    if (held.scopes.empty()) by_stay_.erase(id);
}

void Measures::recount(core::State const& state) {
    for (auto const& [id, stay] : state.stays) update(state, id);
}

void Measures::turn_day(core::State const& state, std::set<core::StayId> still_open) {
    for (auto const& [id, part] : by_stay_) still_open.insert(id);
    for (auto const id : still_open) update(state, id);
}

}  // namespace washup::derive
