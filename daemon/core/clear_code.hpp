#pragma once
// What of a value may stand in the clear: a code that the product or the site knows, or one that
// has the shape of a code where the list is other people's. Whatever else was written in its place
// is words about a person, and sealed. Pure.

#include "daemon/core/state.hpp"

namespace washup::core {

// Of a field whose codes are other people's (team, council, specialty): letters, digits
// and . _ - / without a blank, and no more than this.
inline constexpr std::size_t foreign_code_letters_max = 12;

// Moves what is no code of the field to `text`.
void seal_what_is_no_code(State const& state, Field field, Value& value);

// A source's own key of a blocker or an action is a code; a sentence is none.
inline constexpr std::size_t reference_letters_max = 64;
bool fit_for_a_reference(std::string_view text);

}  // namespace washup::core
