#include "daemon/engine/erasure.hpp"

#include <algorithm>

#include "daemon/core/erase.hpp"
#include "proto/base/fold.hpp"

namespace washup::engine {
namespace {

using core::Field;

// Name and date of birth as somebody gave them, made comparable.
using Called = std::pair<std::string, std::string>;

void add_called(core::State const& state, core::PersonId id, std::set<Called>& called) {
    auto const& fields = state.persons.at(id).fields;
    auto const names = fields.find(Field::name);
    auto const births = fields.find(Field::birth_date);
    if (names == fields.end() || births == fields.end()) return;
    for (auto const& name : names->second.facts) {
        for (auto const& birth : births->second.facts) {
            if (name.value.text.text.empty() || birth.value.text.text.empty()) continue;
            called.emplace(washup::fold(name.value.text.text), washup::fold(birth.value.text.text));
        }
    }
}

Called called_in(core::Observation const& observation) {
    Called called;
    for (auto const& fact : observation.facts) {
        if (fact.field == Field::name) called.first = washup::fold(fact.value.text.text);
        if (fact.field == Field::birth_date) called.second = washup::fold(fact.value.text.text);
    }
    return called;
}

struct Known {
    std::set<core::AliasKey> numbers;
    std::set<core::StayId> stays;
    std::set<Called> called;
};

bool is_about(core::Observation const& observation, Known const& known) {
    auto const& subject = observation.subject;
    for (auto const* visit : {&subject.visit, &subject.other_visit}) {
        if (*visit && known.numbers.contains((*visit)->key)) return true;
    }
    auto const named = [&](auto const& said) { return known.numbers.contains(said.key); };
    if (std::any_of(subject.identifiers.begin(), subject.identifiers.end(), named)) return true;
    if (auto const* merge = std::get_if<core::MergeSeen>(&observation.kind)) {
        if (std::any_of(merge->retired.begin(), merge->retired.end(), named)) return true;
    }
    auto const called = called_in(observation);
    return !called.first.empty() && !called.second.empty() && known.called.contains(called);
}

}  // namespace

std::vector<core::InboxId> items_about(core::State const& state,
                                       std::set<core::PersonId> const& persons,
                                       ingest::AliasHash const& hash) {
    Known known{core::aliases_of(state, persons), {}, {}};
    for (auto const id : persons) {
        auto const& stays = state.persons.at(id).stays;
        known.stays.insert(stays.begin(), stays.end());
        add_called(state, id, known.called);
    }
    std::vector<core::InboxId> items;
    for (auto const& [id, item] : state.inbox) {
        auto const& kept = item.kept;
        auto about = known.stays.contains(kept.stay) ||
                     (kept.waiting_for && known.numbers.contains(*kept.waiting_for));
        if (!about && !kept.observation.text.empty()) {
            auto const observation = ingest::observe_again(kept.observation.text, hash);
            about = observation && is_about(*observation, known);
        }
        if (about) items.push_back(id);
    }
    return items;
}

}  // namespace washup::engine
