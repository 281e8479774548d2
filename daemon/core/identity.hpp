#pragma once
// Whom a message means: rules of matching (product.md section 3, Identity). Pure; State alone.

#include "daemon/core/observation.hpp"
#include "daemon/core/state.hpp"

namespace washup::core {

// The record a set of numbers addresses: by a local or council number first, because facts stay
// with the record they were addressed to; by the NHS number when its record has no other local
// number of the same namespace. None = a person who is new here.
PersonId resolve_person(State const& state, std::vector<ObservedIdentifier> const& identifiers);

// The stay that a visit number addresses, as it was opened (joining is followed by reading).
StayId resolve_visit(State const& state, Subject const& subject);

// The stay an observation is about: by its visit number; with `by_person` else the one its person
// was in when it was told, live or ended since; else the person's live one. Null = none is here.
Stay const* stay_meant(State const& state, Observation const& o, bool by_person);

// The stay that a milestone after home is of: the last one of the person that has ended. Null =
// none.
Stay const* stay_left_last(State const& state, Observation const& o);

// Do these numbers and this person's records, merged ones included, name the same person surely: by
// a valid NHS number or by two numbers of any kind.
bool surely_same(State const& state, PersonId person,
                 std::vector<ObservedIdentifier> const& identifiers);

}  // namespace washup::core
