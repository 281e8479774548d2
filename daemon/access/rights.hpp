#pragma once
// What a role may do, in one table: the only place that knows. A key bounds what may ever reach a
// machine; it says nothing about the person in front of it. Pure.

#include <array>
#include <optional>
#include <string_view>

#include "config/keys/key_list.hpp"
#include "proto/wire/envelope.hpp"

namespace washup::access {

// Each is a socket of the daemon, and the domain that its handshakes are judged in.
enum class Door { ingest, control, tier_0, tier_1, tier_2, tier_3 };
inline constexpr std::array<Door, 6> all_doors{Door::ingest, Door::control, Door::tier_0,
                                               Door::tier_1, Door::tier_2,  Door::tier_3};
std::string_view to_words(Door door);  // "tier_1"
std::optional<Door> door_named(std::string_view words);
Door feed_door(int tier);

struct Rights {
    bool ingest = false;   // say hello and send records, for the key's one source
    int highest_tier = -1;     // highest view: its feed and its snapshots; -1 none
    bool command = false;  // change anything
    bool history = false;  // everything about one stay: tier 3 with identifiers
};
Rights rights_of(config::KeyEntry const& key);

bool may_enter(Rights const& rights, Door door);
bool may_send(Rights const& rights, Door door, wire::Kind kind);
bool may_see(Rights const& rights, int tier);

}  // namespace washup::access
