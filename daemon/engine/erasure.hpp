#pragma once
// Which inbox items are about a person: found by their numbers, or by name and date of birth where
// a record came without any. Pure; reads what the items keep, so it needs their words open.

#include <set>
#include <vector>

#include "daemon/core/state.hpp"
#include "daemon/ingest/observe.hpp"

namespace washup::engine {

std::vector<core::InboxId> items_about(core::State const& state,
                                       std::set<core::PersonId> const& persons,
                                       ingest::AliasHash const& hash);

}  // namespace washup::engine
