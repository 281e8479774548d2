#pragma once
// What of a model a view of washupctl shows, for its table and its JSON alike: which stays, which
// items of the inbox, in which order, and how many. Pure.

#include <cstdint>
#include <string>
#include <vector>

#include "board/model/alerts.hpp"
#include "board/model/model.hpp"
#include "proto/base/result.hpp"

namespace washup::board::ctl {

struct Glance {
    std::int64_t stays = 0, stays_live = 0, inbox_waiting = 0, alerts = 0;
};
Glance glance_at(Model const& model, Instant now);

// Those that pass, by their internal number.
std::vector<Stay const*> chosen_stays(Model const& model, Filter const& filter, bool live_only);

// Not what is settled, and not the counted lines of kinds that are not yet handled.
bool waits_for_a_person(InboxItem const& item);
// By number. Without `all`: those that wait for a person.
std::vector<InboxItem const*> chosen_items(Model const& model, bool all);

// "AUTH:123", or "#17" where the view carries no key.
std::string stay_name(Stay const& stay);
// By a key, "#17", or the end of a key ("123") when only one has it.
Result<Stay const*> find_stay(Model const& model, std::string const& name);
// Key of the stay of an internal number; empty when there is none, or it has left the live state.
std::string key_of_stay(Model const& model, std::uint64_t number);

}  // namespace washup::board::ctl
