#include "daemon/access/rights.hpp"

#include "proto/base/check.hpp"

namespace washup::access {
namespace {

constexpr std::array<std::string_view, all_doors.size()> door_words{"ingest", "control", "tier_0",
                                                                    "tier_1", "tier_2",  "tier_3"};

}  // namespace

std::string_view to_words(Door door) {
    return door_words[static_cast<std::size_t>(door)];
}

std::optional<Door> door_named(std::string_view words) {
    for (auto const door : all_doors) {
        if (to_words(door) == words) return door;
    }
    return std::nullopt;
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
        case Role::operator_:
            return {.highest_tier = 3, .command = true, .history = true};
        case Role::auditor:
            return {.highest_tier = 3, .history = true};
        case Role::paper:  // the sheet names people
            return {.highest_tier = 3};
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
    return static_cast<int>(door) - static_cast<int>(Door::tier_0) <= rights.highest_tier;
}

bool may_send(Rights const& rights, Door door, wire::Kind kind) {
    if (!may_enter(rights, door)) return false;
    if (door == Door::ingest) {
        return kind == wire::Kind::source_hello || kind == wire::Kind::ingest_record;
    }
    if (door != Door::control) return false;  // a feed is listened to
    switch (kind) {
        case wire::Kind::snapshot_request:
            return true;  // of which view: may_see
        case wire::Kind::command:
            return rights.command;
        case wire::Kind::history_request:
            return rights.history;
        default:
            return false;
    }
}

bool may_see(Rights const& rights, int tier) {
    return tier >= 0 && tier <= 3 && tier <= rights.highest_tier;
}

}  // namespace washup::access
