#include "daemon/core/erase.hpp"

#include <algorithm>
#include <sstream>

#include "daemon/core/each_sealed.hpp"
#include "proto/base/fold.hpp"

namespace washup::core {
namespace {

// A shorter part of a name ("Li", "de") would be found in any sentence.
constexpr std::size_t telling_letters_min = 3;

void add_neighbours(State const& state, Person const& person, std::set<PersonId>& found) {
    if (person.survivor) found.insert(person.survivor);
    found.insert(person.retired.begin(), person.retired.end());
    for (auto const id : person.stays) {
        auto const it = state.stays.find(id);
        if (it == state.stays.end()) continue;
        auto others = it->second.joined;
        others.insert(it->second.joined_into);
        for (auto const other : others) {
            auto const joined = state.stays.find(other);
            if (joined != state.stays.end()) found.insert(joined->second.person);
        }
    }
}

// Two records may have one NHS number, when their local numbers told them apart.
void add_namesakes(State const& state, std::set<PersonId>& found) {
    std::set<AliasKey> numbers;
    auto const is_nhs = [](KnownIdentifier const& known) {
        return known.kind == IdentifierKind::nhs && !known.doubtful;
    };
    for (auto const id : found) {
        for (auto const& known : state.persons.at(id).identifiers) {
            if (is_nhs(known)) numbers.insert(known.key);
        }
    }
    for (auto const& [id, person] : state.persons) {
        if (person.erased()) continue;
        auto const& own = person.identifiers;
        if (std::any_of(own.begin(), own.end(), [&](auto const& known) {
                return is_nhs(known) && numbers.contains(known.key);
            })) {
            found.insert(id);
        }
    }
}

std::set<PersonId> merged_or_joined(State const& state, std::set<PersonId> found) {
    for (std::size_t before = 0; before != found.size();) {
        before = found.size();
        auto const known = found;
        for (auto const id : known) {
            auto const it = state.persons.find(id);
            if (it != state.persons.end()) add_neighbours(state, it->second, found);
        }
    }
    std::erase_if(found, [&](PersonId id) { return !state.persons.contains(id); });
    return found;
}

void settle(State& state, InboxId id, Changes& changes) {
    auto const it = state.inbox.find(id);
    if (it == state.inbox.end()) return;
    auto& item = it->second;
    wipe_words(item);
    stop_waiting(state, item.kept);
    // A counted line stands for other people's records too.
    if (item.settled.empty() && item.count == 1) item.settled = "erased";
    changes.inbox.insert(id);
}

}  // namespace

std::set<PersonId> linked_records(State const& state, PersonId person) {
    auto found = merged_or_joined(state, {person});
    for (std::size_t before = 0; before != found.size();) {
        before = found.size();
        add_namesakes(state, found);
        found = merged_or_joined(state, std::move(found));
    }
    return found;
}

std::set<AliasKey> aliases_of(State const& state, std::set<PersonId> const& persons) {
    std::set<AliasKey> keys;
    for (auto const id : persons) {
        auto const& person = state.persons.at(id);
        for (auto const& known : person.identifiers) keys.insert(known.key);
        for (auto const stay : person.stays) {
            for (auto const& visit : state.stays.at(stay).visits) keys.insert(visit.key);
        }
    }
    return keys;
}

bool names_somebody(State const& state, std::set<PersonId> const& persons, std::string_view text) {
    auto const said = fold(text);
    std::string compact;
    std::copy_if(said.begin(), said.end(), std::back_inserter(compact),
                 [](char c) { return c != ' ' && c != '-'; });
    auto telling = false;
    auto look = [&](Sealed const& sealed) {
        auto words = sealed.text;
        std::replace_if(
            words.begin(), words.end(), [](char c) { return c == ',' || c == '^'; }, ' ');
        std::istringstream parts{fold(words)};
        for (std::string part; parts >> part;) {
            if (part.size() < telling_letters_min) continue;
            telling = telling || said.find(part) != std::string::npos ||
                      compact.find(part) != std::string::npos;
        }
    };
    for (auto const id : persons) {
        auto const& person = state.persons.at(id);
        each_sealed(person.identifiers, look);
        for (auto const field : {Field::name, Field::birth_date}) {
            auto const history = person.fields.find(field);
            if (history != person.fields.end()) each_sealed(history->second, look);
        }
        for (auto const stay : person.stays) each_sealed(state.stays.at(stay).visits, look);
    }
    return telling;
}

void erase_words(State& state, PersonErased const& event, Record const& record, Changes& changes) {
    auto const touch = [&](StayId id) {
        auto const it = state.stays.find(id);
        if (it == state.stays.end()) return;
        it->second.changed = record.number;
        changes.stays.insert(id);
    };
    for (auto const id : event.persons) {
        auto const it = state.persons.find(id);
        if (it == state.persons.end()) continue;
        auto& person = it->second;
        person.erased_at = record.at;
        wipe_words(person);
        for (auto const& known : person.identifiers) {
            auto const named = state.person_by_key.find(known.key);
            if (named != state.person_by_key.end() && named->second == id) {
                state.person_by_key.erase(named);
            }
        }
        for (auto const stay : person.stays) {
            wipe_words(state.stays[stay]);
            touch(stay);
            touch(state.stays[stay].joined_into);
        }
    }
    for (auto const item : event.inbox) settle(state, item, changes);
}

void stop_waiting(State& state, InboxKept const& kept) {
    if (!kept.waiting_for) return;
    auto const queue = state.waiting.find(*kept.waiting_for);
    if (queue == state.waiting.end()) return;
    queue->second.erase(kept.item);
    if (queue->second.empty()) state.waiting.erase(queue);
}

void note_contact(State& state, PersonId person, Instant at) {
    auto& last = state.persons[person].last_contact;
    last = std::max(last, at);
}

void give_stay(State& state, PersonBegunAnew const& event) {
    auto& stay = state.stays[event.stay];
    state.persons[stay.person].stays.erase(event.stay);
    stay.person = event.person;
    state.persons[event.person].stays.insert(event.stay);
}

std::vector<PersonId> due_for_erasure(State const& state, Instant now) {
    std::vector<PersonId> due;
    auto const kept = state.config.keep_persons;
    if (kept.ms == 0) return due;
    auto const over = [&](Person const& person) {
        return person.erased() || (person.stays.empty() && person.last_contact + kept < now);
    };
    for (auto const& [id, person] : state.persons) {
        if (person.erased() || !over(person)) continue;
        auto const records = merged_or_joined(state, {id});
        if (std::all_of(records.begin(), records.end(),
                        [&](PersonId one) { return over(state.persons.at(one)); })) {
            due.push_back(id);
        }
    }
    return due;
}

}  // namespace washup::core
