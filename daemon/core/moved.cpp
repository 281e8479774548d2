#include "daemon/core/moved.hpp"

#include <cstdlib>
#include <tuple>

#include "daemon/core/reading.hpp"

namespace washup::core {
namespace {

Moment began(State const& state, Stay const& stay) {
    auto const said = read(state, stay, Field::admitted_at);
    return said.known() && said.fact->value.moment ? *said.fact->value.moment
                                                   : Moment{stay.opened_at, Precision::minute};
}

// The other stays of the person that somebody can still be in or have been in.
std::vector<Stay const*> others_of(State const& state, Stay const& stay) {
    std::vector<Stay const*> others;
    for (auto const* record : state.records_of(state.survivor_of(stay.person))) {
        for (auto const id : record->stays) {
            auto const it = state.stays.find(id);
            if (it == state.stays.end() || id == stay.id || it->second.joined_into) continue;
            others.push_back(&it->second);
        }
    }
    return others;
}

}  // namespace

Stay const* came_from(State const& state, Stay const& stay) {
    if (stay.joined_into) return nullptr;
    auto const own = began(state, stay);
    Stay const* found = nullptr;
    std::tuple<int, StayId> nearest;
    for (auto const* other : others_of(state, stay)) {
        auto const end = end_of(state, *other);
        if (!end || end->how != ended::transferred) continue;
        if (!(began(state, *other).at < own.at)) continue;
        auto const apart = std::abs(london_date(own.at) - london_date(end->at.at));
        if (apart > move_days) continue;
        std::tuple const near{apart, other->id};
        if (found == nullptr || near < nearest) {
            found = other;
            nearest = near;
        }
    }
    return found;
}

Stay const* went_on_as(State const& state, Stay const& stay) {
    for (auto const* other : others_of(state, stay)) {
        if (came_from(state, *other) == &stay) return other;
    }
    return nullptr;
}

}  // namespace washup::core
