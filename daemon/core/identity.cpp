#include "daemon/core/identity.hpp"

#include <algorithm>
#include <tuple>

#include "daemon/core/reading.hpp"

namespace washup::core {
namespace {

PersonId by_key(State const& state, ObservedIdentifier const& identifier) {
    if (identifier.doubtful) return {};
    auto const it = state.person_by_key.find(identifier.key);
    return it == state.person_by_key.end() ? PersonId{} : it->second;
}

bool has_other_local_number(Person const& person,
                            std::vector<ObservedIdentifier> const& identifiers) {
    for (auto const& said : identifiers) {
        if (said.kind == IdentifierKind::nhs) continue;
        for (auto const& known : person.identifiers) {
            if (known.kind == said.kind && known.name_space == said.name_space &&
                known.key != said.key) {
                return true;
            }
        }
    }
    return false;
}

}  // namespace

PersonId resolve_person(State const& state, std::vector<ObservedIdentifier> const& identifiers) {
    for (auto const kind : {IdentifierKind::local, IdentifierKind::council}) {
        for (auto const& identifier : identifiers) {
            if (identifier.kind != kind) continue;
            if (auto const found = by_key(state, identifier)) return found;
        }
    }
    for (auto const& identifier : identifiers) {
        if (identifier.kind != IdentifierKind::nhs) continue;
        auto const found = by_key(state, identifier);
        if (found && !has_other_local_number(*state.person(found), identifiers)) return found;
    }
    return {};
}

StayId resolve_visit(State const& state, Subject const& subject) {
    for (auto const* visit : {&subject.visit, &subject.other_visit}) {
        if (!*visit) continue;
        auto const it = state.stay_by_key.find((*visit)->key);
        if (it != state.stay_by_key.end() && state.stays.contains(it->second)) return it->second;
    }
    return {};
}

bool surely_same(State const& state, PersonId person,
                 std::vector<ObservedIdentifier> const& identifiers) {
    auto const records = state.records_of(person);
    auto const known = [&](AliasKey const& key) {
        return std::any_of(records.begin(), records.end(), [&](Person const* record) {
            return std::any_of(record->identifiers.begin(), record->identifiers.end(),
                               [&](auto const& own) { return own.key == key; });
        });
    };
    int shared = 0;
    for (auto const& said : identifiers) {
        if (said.doubtful || !known(said.key)) continue;
        if (said.kind == IdentifierKind::nhs) return true;
        ++shared;
    }
    return shared >= 2;
}

namespace {

Instant since(State const& state, Stay const& stay) {
    auto const admitted = read(state, stay, Field::admitted_at);
    return admitted.known() && admitted.fact->value.moment ? admitted.fact->value.moment->at
                                                           : stay.opened_at;
}

// When it was told, or of a referral when that was made: a list that still has it next week tells
// of no other stay.
Instant told_of(Observation const& o) {
    auto told = o.times.occurred.at;
    for (auto const& fact : o.facts) {
        if (fact.field != Field::referred_at || !fact.value.moment) continue;
        if (told.ms == 0 || fact.value.moment->at < told) told = fact.value.moment->at;
    }
    return told;
}

// The hub seldom knows visit numbers: the stay the person was in when it was told is meant, which
// may have ended since; else the live one, the latest of several. What was told between two stays
// is of the next. An announced stay that was joined is read through its ward's, which may stand
// with another record of the same number.
Stay const* stay_of_person(State const& state, Observation const& o) {
    auto const person = resolve_person(state, o.subject.identifiers);
    if (!person) return nullptr;
    auto const told = told_of(o);
    Stay const* meant = nullptr;
    std::pair<int, std::int64_t> best;
    for (auto const* record : state.records_of(state.survivor_of(person))) {
        for (auto const id : record->stays) {
            auto const* stay = state.stay(id);
            if (stay == nullptr) continue;
            auto const began = since(state, *stay);
            std::pair<int, std::int64_t> rank{began <= told ? 3 : 1, began.ms};
            if (has_ended(state, *stay)) {
                auto const end = certain_by(end_of(state, *stay)->at);
                if (told.ms == 0 || told >= end) continue;
                rank = {2, -end.ms};
            }
            if (meant != nullptr && rank < best) continue;
            meant = stay;
            best = rank;
        }
    }
    return meant;
}

}  // namespace

Stay const* stay_meant(State const& state, Observation const& o, bool by_person) {
    if (auto const id = resolve_visit(state, o.subject)) return &state.stays.at(id);
    return by_person ? stay_of_person(state, o) : nullptr;
}

Stay const* stay_left_last(State const& state, Observation const& o) {
    auto const person = resolve_person(state, o.subject.identifiers);
    if (!person) return nullptr;
    Stay const* last = nullptr;
    Instant left;
    for (auto const* record : state.records_of(state.survivor_of(person))) {
        for (auto const id : record->stays) {
            auto const* stay = state.stay(id);
            if (stay == nullptr) continue;
            auto const end = end_of(state, *stay);
            if (!end || end->how == ended::recorded_in_error || end->at.at < left) continue;
            last = stay;
            left = end->at.at;
        }
    }
    return last;
}

}  // namespace washup::core
