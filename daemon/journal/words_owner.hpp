#pragma once
// Whose words an event holds: the one rule by which a key is chosen. Words about a stay are its
// person's; what the inbox keeps is of the item, because nobody may know yet whom it is about; the
// rest is the house's. Pure.

#include <map>

#include "daemon/core/state.hpp"
#include "daemon/journal/person_keys.hpp"

namespace washup::journal {

// Has open words, so that it needs a key.
bool has_words(core::Event const& event);

// The last words of the fact that this event says anew: a feed says a name with every message. Null
// for other events, and when there are none.
core::Sealed const* held_words(core::State const& before, core::Event const& event);

class WordsOwner {
  public:
    // `before`: the state that the record will be applied to.
    explicit WordsOwner(core::State const& before) : before_(before) {}
    // The events of one record, in their order: a stay may open in the same one.
    KeyOwner of(core::Event const& event);

  private:
    KeyOwner of_stay(core::StayId stay) const;

    core::State const& before_;
    std::map<core::StayId, core::PersonId> said_;
};

}  // namespace washup::journal
