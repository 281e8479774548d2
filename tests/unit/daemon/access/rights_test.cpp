// The whole table, written a second time as what people expect of it: every role, at every door,
// with every kind.
#include "daemon/access/rights.hpp"

#include <gtest/gtest.h>

#include <set>
#include <string>

namespace washup::access {
namespace {

using config::KeyEntry;
using config::Role;
using wire::Kind;

KeyEntry key_of(Role role, int tier = 0) {
    KeyEntry key;
    key.name = "k";
    key.role = role;
    key.tier = tier;
    if (role == Role::source) key.source = "ward";
    return key;
}

std::set<std::string> doors(KeyEntry const& key) {
    std::set<std::string> open;
    for (auto const door : all_doors) {
        if (may_enter(rights_of(key), door)) open.insert(std::string(to_words(door)));
    }
    return open;
}

// "door kind" of all that may be sent; numbers of kinds that do not exist yet are tried as well.
std::set<std::string> sends(KeyEntry const& key) {
    std::set<std::string> out;
    for (auto const door : all_doors) {
        for (int number = 0; number < 64; ++number) {
            auto const kind = static_cast<Kind>(number);
            if (may_send(rights_of(key), door, kind)) {
                out.insert(std::string(to_words(door)) + " " + std::string(wire::to_words(kind)));
            }
        }
    }
    return out;
}

int highest_view(KeyEntry const& key) {
    int highest = -1;
    for (int tier = -2; tier < 10; ++tier) {
        if (may_see(rights_of(key), tier)) highest = tier;
    }
    return highest;
}

using Words = std::set<std::string>;
Words const every_feed{"tier_0", "tier_1", "tier_2", "tier_3"};

TEST(Rights, OfASourceAreToSpeakAndToSeeNothing) {
    auto const key = key_of(Role::source);
    EXPECT_EQ(doors(key), Words{"ingest"});
    EXPECT_EQ(sends(key), (Words{"ingest source_hello", "ingest ingest_record"}));
    EXPECT_EQ(highest_view(key), -1);
}

TEST(Rights, OfADisplayAreItsTierAndThoseBelow) {
    for (int tier = 0; tier <= config::display_tier_max; ++tier) {
        auto const key = key_of(Role::display, tier);
        Words expected{"control"};
        for (int below = 0; below <= tier; ++below) {
            expected.insert("tier_" + std::to_string(below));
        }
        EXPECT_EQ(doors(key), expected) << tier;
        EXPECT_EQ(sends(key), Words{"control snapshot_request"}) << tier;
        EXPECT_EQ(highest_view(key), tier);
    }
}

TEST(Rights, OfThePeoplesMachinesAreEverythingButToBeASource) {
    for (auto const role : {Role::workstation, Role::operator_}) {
        auto expected = every_feed;
        expected.insert("control");
        EXPECT_EQ(doors(key_of(role)), expected);
        EXPECT_EQ(sends(key_of(role)), (Words{"control snapshot_request", "control command",
                                              "control history_request"}));
        EXPECT_EQ(highest_view(key_of(role)), 3);
    }
}

TEST(Rights, OfThoseWhoReadAreToChangeNothing) {
    for (auto const role : {Role::auditor, Role::paper}) {
        auto expected = every_feed;
        expected.insert("control");
        EXPECT_EQ(doors(key_of(role)), expected);
        EXPECT_EQ(highest_view(key_of(role)), 3);
    }
    EXPECT_EQ(sends(key_of(Role::auditor)),
              (Words{"control snapshot_request", "control history_request"}));
    EXPECT_EQ(sends(key_of(Role::paper)), Words{"control snapshot_request"});
}

TEST(Rights, OfThoseWhoTakeCountsAreCounts) {
    for (auto const role : {Role::area, Role::county, Role::sender, Role::bi}) {
        EXPECT_EQ(doors(key_of(role)), (Words{"control", "tier_0"}));
        EXPECT_EQ(sends(key_of(role)), Words{"control snapshot_request"});
        EXPECT_EQ(highest_view(key_of(role)), 0);
    }
}

TEST(Rights, OfARevokedKeyAreNone) {
    for (auto const role : config::all_roles) {
        auto key = key_of(role, config::display_tier_max);
        key.revoked = "2026-11-22";
        EXPECT_EQ(doors(key), Words{}) << config::to_words(role);
        EXPECT_EQ(sends(key), Words{}) << config::to_words(role);
        EXPECT_EQ(highest_view(key), -1) << config::to_words(role);
    }
}

TEST(Doors, AreFoundByTheirNames) {
    for (auto const door : all_doors) EXPECT_EQ(door_named(to_words(door)), door);
    EXPECT_FALSE(door_named(""));
    EXPECT_FALSE(door_named("tier_4"));
    EXPECT_EQ(feed_door(0), Door::tier_0);
    EXPECT_EQ(feed_door(3), Door::tier_3);
    EXPECT_DEATH(feed_door(4), "four tiers");
}

}  // namespace
}  // namespace washup::access
