#pragma once
// What it means that a person is erased: which records are of one person, and what the state
// forgets with them. The keys themselves are daemon/journal's; here is what hangs on them.

#include <set>
#include <string>
#include <vector>

#include "daemon/core/apply.hpp"

namespace washup::core {

// The record and all that are of the same person: merged either way, joined by a provisional stay,
// or of the same valid NHS number. In the order of their numbers.
std::set<PersonId> linked_records(State const& state, PersonId person);

// Every number by which these records and their stays are known, as keyed hashes.
std::set<AliasKey> aliases_of(State const& state, std::set<PersonId> const& persons);

// Does this text say who the person is: a part of a name, a number, a date of birth?
bool names_somebody(State const& state, std::set<PersonId> const& persons, std::string_view text);

// Of apply(): wipes open words, takes the numbers out of the indexes, settles the inbox items.
void erase_words(State& state, PersonErased const& event, Record const& record, Changes& changes);

// Of apply(): an inbox item waits for nothing any more.
void stop_waiting(State& state, InboxKept const& kept);
// Of apply(): something was told of the person; retention counts from the last time.
void note_contact(State& state, PersonId person, Instant at);

// Of apply(): the stay is of another record from here on.
void give_stay(State& state, PersonBegunAnew const& event);

// Persons whose retention is over by `now`: no stay here any more, nothing told since.
std::vector<PersonId> due_for_erasure(State const& state, Instant now);

}  // namespace washup::core
