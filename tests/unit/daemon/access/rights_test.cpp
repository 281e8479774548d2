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

// "2", and beyond the tiers "room"; "-" = none.
std::string views(KeyEntry const& key, bool signed_in) {
    std::string seen;
    for (int view = -2; view < 64; ++view) {
        if (!may_see(rights_of(key), view, signed_in)) continue;
        seen += view == room_view ? "room" : std::to_string(view);
    }
    return seen.empty() ? "-" : seen;
}

using Words = std::set<std::string>;
Words const every_feed{"tier_0", "tier_1", "tier_2"};
Words const of_a_session{"control sign_in",          "control sign_out",
                         "control person_acted",     "control follow_request",
                         "control history_request",  "control snapshot_request",
                         "control standing_request", "control report_request"};
Words const of_who_looks{"control snapshot_request", "control standing_request",
                         "control report_request"};

Words with(Words words, Words const& more) {
    words.insert(more.begin(), more.end());
    return words;
}

TEST(Rights, OfASourceAreToSpeakAndToSeeNothing) {
    auto const key = key_of(Role::source);
    EXPECT_EQ(doors(key), Words{"ingest"});
    EXPECT_EQ(sends(key), (Words{"ingest source_hello", "ingest ingest_record"}));
    EXPECT_EQ(views(key, true), "-");
}

TEST(Rights, OfADisplayAreItsTierAndThoseBelow) {
    for (int tier = 0; tier <= config::standing_tier_max; ++tier) {
        auto const key = key_of(Role::display, tier);
        Words expected{"control"};
        for (int below = 0; below <= tier; ++below) {
            expected.insert("tier_" + std::to_string(below));
        }
        EXPECT_EQ(doors(key), expected) << tier;
        EXPECT_EQ(sends(key), of_who_looks) << tier;
        EXPECT_EQ(views(key, true),
                  std::string("012").substr(0, static_cast<std::size_t>(tier) + 1));
    }
}

TEST(Rights, OfThePeoplesMachinesAreTheirTierAndAllOfItOnceTheySignIn) {
    for (auto const role : {Role::workstation, Role::operator_, Role::auditor}) {
        for (int tier = 0; tier <= config::standing_tier_max; ++tier) {
            auto const key = key_of(role, tier);
            EXPECT_EQ(doors(key), doors(key_of(Role::display, tier))) << "no feed above it";
            auto expected = of_a_session;
            if (role != Role::auditor) expected.insert("control command");
            if (role != Role::workstation) expected.insert("control doors_request");
            EXPECT_EQ(sends(key), expected);
            EXPECT_EQ(views(key, false),
                      std::string("012").substr(0, static_cast<std::size_t>(tier) + 1));
            EXPECT_EQ(views(key, true), views(key, false) + "3room")
                << "what is below tier 3 goes on as it was";
            EXPECT_EQ(rights_of(key).staff_list, role == Role::operator_);
        }
    }
}

TEST(Rights, OfThePapersMachineAreTheSheetAndToHearThatTheDaemonLives) {
    auto const paper = key_of(Role::paper);
    EXPECT_EQ(doors(paper), (Words{"control", "tier_0"}));
    EXPECT_EQ(sends(paper), of_who_looks);
    EXPECT_EQ(views(paper, false), "0");
    EXPECT_EQ(views(paper, true), "0") << "nobody signs in where the sheet is printed";
    for (auto const role : config::all_roles)
        EXPECT_EQ(rights_of(key_of(role)).sheet, role == Role::paper) << to_words(role);
}

TEST(Rights, OfThoseWhoTakeCountsAreCounts) {
    for (auto const role : {Role::area, Role::county, Role::sender, Role::bi}) {
        EXPECT_EQ(doors(key_of(role)), (Words{"control", "tier_0"}));
        EXPECT_EQ(sends(key_of(role)), of_who_looks);
        EXPECT_EQ(views(key_of(role), true), "0");
    }
}

TEST(Rights, OfARevokedKeyAreNone) {
    for (auto const role : config::all_roles) {
        auto key = key_of(role, config::standing_tier_max);
        key.revoked = "2026-11-22";
        EXPECT_EQ(doors(key), Words{}) << config::to_words(role);
        EXPECT_EQ(sends(key), Words{}) << config::to_words(role);
        EXPECT_EQ(views(key, true), "-") << config::to_words(role);
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
