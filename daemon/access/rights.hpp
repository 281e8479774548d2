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

// The number of v1::VIEW_ROOM; those below it are the tiers.
inline constexpr int room_view = 4;

struct Rights {
    bool ingest = false;    // say hello and send records, for the key's one source
    int highest_tier = -1;  // that comes to the machine by itself, whoever is in front of it
    bool sheet = false;     // and of all reports the wash-up's sheet, where nobody signs in
    // What a person has there who signed in: tier 3, the room, histories, and commands if so.
    bool sign_in = false;
    bool command = false;     // change anything
    bool staff_list = false;  // add people and set their PINs, before anybody can sign in
    bool erase = false;       // destroy the keys of a person's words
    bool doors = false;       // ask who was turned away and who is in
};
Rights rights_of(config::KeyEntry const& key);

bool may_enter(Rights const& rights, Door door);
bool may_send(Rights const& rights, Door door, wire::Kind kind);
// A snapshot of that view. The personal ones: tier 3 and the room.
bool is_personal(int view);
bool may_see(Rights const& rights, int view, bool signed_in);

// The only report that a machine is given which prints it for when everything is down; of now, and
// without a list of who stands behind its lines.
inline constexpr std::string_view sheet_report = "sheet";

}  // namespace washup::access
