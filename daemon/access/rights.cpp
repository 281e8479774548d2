#include "daemon/access/rights.hpp"

#include "proto/base/check.hpp"
#include "proto/base/word_list.hpp"

namespace washup::access {
namespace {

constexpr std::array<std::string_view, all_doors.size()> door_words{"ingest", "control", "tier_0",
                                                                    "tier_1", "tier_2",  "tier_3"};

}  // namespace

std::string_view to_words(Door door) {
    return door_words[static_cast<std::size_t>(door)];
}

std::optional<Door> door_named(std::string_view words) {
    return named<Door>(door_words, words);
}

Door feed_door(int tier) {
    WASHUP_CHECK(tier >= 0 && tier <= 3, "there are four tiers");
    return static_cast<Door>(static_cast<int>(Door::tier_0) + tier);
}

Rights rights_of(config::KeyEntry const& key) {
    using config::Role;
    if (!key.revoked.empty()) return {};
    switch (key.role) {
        case Role::source:
            return {.ingest = true};
        case Role::display:
            return {.highest_tier = key.tier};
        case Role::workstation:
            return {.highest_tier = key.tier, .sign_in = true, .command = true};
        case Role::operator_:
            return {.highest_tier = key.tier,
                    .sign_in = true,
                    .command = true,
                    .staff_list = true,
                    .erase = true,
                    .doors = true};
        case Role::auditor:
            return {.highest_tier = key.tier, .sign_in = true, .doors = true};
        case Role::paper:  // whether the daemon lives it hears with the counts
            return {.highest_tier = 0, .sheet = true};
        // What these need beyond counts is not made yet; until it is they get no more.
        case Role::area:
        case Role::county:
        case Role::sender:
        case Role::bi:
            return {.highest_tier = 0};
    }
    return {};
}

bool may_enter(Rights const& rights, Door door) {
    if (door == Door::ingest) return rights.ingest;
    if (door == Door::control) return rights.highest_tier >= 0;
    // The whole view is for a daemon without keys: with them it goes to people, one to one.
    if (door == Door::tier_3) return false;
    return static_cast<int>(door) - static_cast<int>(Door::tier_0) <= rights.highest_tier;
}

bool may_send(Rights const& rights, Door door, wire::Kind kind) {
    if (!may_enter(rights, door)) return false;
    if (door == Door::ingest) {
        return kind == wire::Kind::source_hello || kind == wire::Kind::ingest_record;
    }
    if (door != Door::control) return false;  // a feed is listened to
    switch (kind) {
        case wire::Kind::snapshot_request:  // of which view: may_see
        case wire::Kind::standing_request:
        case wire::Kind::report_request:  // of which tier: may_see
            return true;
        case wire::Kind::command:
            return rights.command;
        case wire::Kind::sign_in:
        case wire::Kind::sign_out:
        case wire::Kind::person_acted:
        case wire::Kind::follow_request:
        case wire::Kind::history_request:
            return rights.sign_in;
        case wire::Kind::doors_request:
            return rights.doors;
        default:
            return false;
    }
}

bool is_personal(int view) {
    return view >= 3;
}

bool may_see(Rights const& rights, int view, bool signed_in) {
    if (view < 0 || view > room_view) return false;
    if (!is_personal(view)) return view <= rights.highest_tier;
    return rights.sign_in && signed_in;
}

}  // namespace washup::access
