#pragma once
// How many people stand behind a bar of the Pareto. The daemon counts them, because a person who
// waited for two reasons is in two leaves; here they are only found again, never added up.

#include "board/model/model.hpp"

namespace washup::board {

// `level`: "theme" or "reason"; `code`: of the bar, "unattributed" included. Nothing when the feed
// does not tell it.
std::optional<std::int64_t> people_of(Model const& model, std::string const& scope,
                                      std::string const& window, std::string const& level,
                                      std::string const& code);

// Adds a leaf to what is known of a bar's people: the first one's are the bar's, two cannot be
// added.
void add_leaf_people(std::optional<std::int64_t>& people, bool first, Tally const& leaf);

}  // namespace washup::board
