#include "daemon/access/key_ring.hpp"

#include <gtest/gtest.h>

namespace washup::access {
namespace {

using config::KeyEntry;
using config::Role;
using wire::Kind;

KeyRing some_ring() {
    KeyEntry ward{"ward-key", "WARD", Role::source};
    ward.source = "ward";
    KeyEntry wall{"wall", "WALL", Role::display};
    wall.tier = 1;
    KeyEntry lost{"lost", "LOST", Role::operator_};
    lost.revoked = "2026-11-22";
    return KeyRing{{ward, wall, lost}};
}

TEST(KeyRing, AdmitsAKnownKeyAtItsDoorsUnderItsName) {
    auto const ring = some_ring();
    auto const admission = ring.admit("ingest", "WARD");
    EXPECT_TRUE(admission.admitted);
    EXPECT_EQ(admission.name, "ward-key");
    EXPECT_TRUE(ring.admit("tier_1", "WALL").admitted);
    EXPECT_TRUE(ring.admit("control", "WALL").admitted);
}

TEST(KeyRing, SaysWhyAKeyStaysOutside) {
    auto const ring = some_ring();
    EXPECT_EQ(ring.admit("ingest", "NOBODY").why, "unknown_key");
    EXPECT_EQ(ring.admit("control", "WARD").why, "wrong_role");
    EXPECT_EQ(ring.admit("tier_2", "WALL").why, "wrong_role");
    EXPECT_EQ(ring.admit("cellar", "WALL").why, "wrong_role");
    EXPECT_EQ(ring.admit("control", "LOST").why, "revoked");
    for (auto const* key : {"NOBODY", "LOST"}) {
        for (auto const door : all_doors) {
            EXPECT_FALSE(ring.admit(to_words(door), key).admitted);
        }
    }
}

TEST(KeyRing, JudgesEachFrameAgain) {
    auto const ring = some_ring();
    EXPECT_TRUE(ring.may_send("ward-key", Door::ingest, Kind::ingest_record));
    EXPECT_TRUE(ring.may_send("wall", Door::control, Kind::snapshot_request));
    auto const no = ring.may_send("wall", Door::control, Kind::command);
    ASSERT_FALSE(no);
    EXPECT_EQ(no.error().field, "role");
    EXPECT_EQ(no.error().words,
              "the key wall may not send commands; the daemon's key list says what it may");
    EXPECT_FALSE(ring.may_send("", Door::control, Kind::snapshot_request));
    EXPECT_FALSE(ring.may_send("lost", Door::control, Kind::command));
    EXPECT_TRUE(ring.may_see("wall", 1));
    EXPECT_FALSE(ring.may_see("wall", 2));
    EXPECT_FALSE(ring.may_see("ward-key", 0));
    EXPECT_FALSE(ring.may_see("nobody", 0));
}

TEST(KeyRing, LetsASourceSpeakForItselfAlone) {
    auto const ring = some_ring();
    EXPECT_TRUE(ring.may_speak_as("ward-key", "ward"));
    auto const other = ring.may_speak_as("ward-key", "hub");
    ASSERT_FALSE(other);
    EXPECT_EQ(other.error().field, "source");
    EXPECT_FALSE(ring.may_speak_as("wall", "ward"));
    EXPECT_FALSE(ring.may_speak_as("wall", ""));
    EXPECT_FALSE(ring.may_speak_as("nobody", "ward"));
}

TEST(KeyRing, WithoutKeysAsksNobody) {
    KeyRing const none{{}};
    EXPECT_FALSE(none.has_keys());
    EXPECT_TRUE(none.may_send("", Door::control, Kind::command));
    EXPECT_TRUE(none.may_see("", 3));
    EXPECT_TRUE(none.may_speak_as("", "ward"));
    EXPECT_FALSE(none.admit("control", "ANY").admitted) << "an empty list is no open door";
}

}  // namespace
}  // namespace washup::access
