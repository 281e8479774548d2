#include "daemon/core/identity.hpp"

#include <algorithm>

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

}  // namespace washup::core
