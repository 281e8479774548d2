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
    EXPECT_EQ(admission.name, "WARD") << "a name may be given to another key later";
    EXPECT_EQ(ring.name_of(admission.name), "ward-key");
    EXPECT_EQ(ring.admit("control", "LOST").name, "lost") << "for the log";
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
    EXPECT_TRUE(ring.may_send("WARD", Door::ingest, Kind::ingest_record));
    EXPECT_TRUE(ring.may_send("WALL", Door::control, Kind::snapshot_request));
    auto const no = ring.may_send("WALL", Door::control, Kind::command);
    ASSERT_FALSE(no);
    EXPECT_EQ(no.error().field, "role");
    EXPECT_EQ(no.error().words,
              "the key wall may not send commands; the daemon's key list says what it may");
    EXPECT_FALSE(ring.may_send("", Door::control, Kind::snapshot_request));
    EXPECT_FALSE(ring.may_send("LOST", Door::control, Kind::command));
    for (auto const signed_in : {false, true}) {
        EXPECT_TRUE(ring.may_see("WALL", 1, signed_in));
        EXPECT_FALSE(ring.may_see("WALL", 2, signed_in));
        EXPECT_FALSE(ring.may_see("WALL", 3, signed_in));
        EXPECT_FALSE(ring.may_see("WARD", 0, signed_in));
        EXPECT_FALSE(ring.may_see("nobody", 0, signed_in));
    }
}

TEST(KeyRing, LetsASourceSpeakForItselfAlone) {
    auto const ring = some_ring();
    EXPECT_TRUE(ring.may_speak_as("WARD", "ward"));
    auto const other = ring.may_speak_as("WARD", "hub");
    ASSERT_FALSE(other);
    EXPECT_EQ(other.error().field, "source");
    EXPECT_FALSE(ring.may_speak_as("WALL", "ward"));
    EXPECT_FALSE(ring.may_speak_as("WALL", ""));
    EXPECT_FALSE(ring.may_speak_as("nobody", "ward"));
}

TEST(KeyRing, TellsAPersonToSignInWhereThatIsAllThatLacks) {
    KeyEntry const pc{"pc", "PC", Role::workstation};
    KeyRing const ring{{pc}};
    auto const before = ring.may_see("PC", 3, false);
    ASSERT_FALSE(before);
    EXPECT_EQ(before.error().field, "session");
    EXPECT_TRUE(ring.may_see("PC", 3, true));
    EXPECT_TRUE(ring.may_see("PC", room_view, true));
    EXPECT_TRUE(ring.may_see("PC", 0, false));
    EXPECT_EQ(ring.may_see("PC", 1, true).error().field, "role") << "not given by its list";
    EXPECT_EQ(ring.may_see("PC", 99, true).error().field, "role");
}

TEST(KeyRing, TellsWhatAMachineShowsWhileNobodyIsSignedIn) {
    KeyEntry pc{"pc", "PC", Role::workstation}, wall{"wall", "WALL", Role::display};
    pc.tier = 1;
    wall.tier = 2;
    KeyRing const ring{{pc, wall, {"ward", "WARD", Role::source, "ward"}}};
    EXPECT_EQ(ring.standing("PC").tier, 1);
    EXPECT_TRUE(ring.standing("PC").people);
    EXPECT_EQ(ring.standing("WALL").tier, 2);
    EXPECT_FALSE(ring.standing("WALL").people);
    EXPECT_EQ(ring.standing("WARD").tier, -1);
    EXPECT_EQ(ring.standing("nobody").tier, -1);
    EXPECT_FALSE(ring.standing("PC").doors);
    EXPECT_EQ(KeyRing{{}}.standing("").tier, 3);
    EXPECT_TRUE(KeyRing{{}}.standing("").doors);
    EXPECT_TRUE((KeyRing{{{"desk", "DESK", Role::operator_}}}.standing("DESK").doors));
}

TEST(KeyRing, KnowsWhichKeysANewerListHoldsAsTheyWere) {
    KeyEntry const pc{"pc", "PC", Role::workstation};
    KeyEntry const desk{"desk", "DESK", Role::operator_};
    KeyRing const before{{pc, desk}};
    auto const kept = [&](std::vector<KeyEntry> const& keys) {
        return KeyRing{keys, true}.holds_as(before, "PC");
    };
    EXPECT_TRUE(kept({pc}));
    EXPECT_FALSE(kept({desk}));
    auto other = pc;
    other.revoked = "2026-11-22";
    EXPECT_FALSE(kept({other}));
    other = pc;
    other.tier = 1;
    EXPECT_FALSE(kept({other})) << "what it shows is another thing";
    other = pc;
    other.role = Role::auditor;
    EXPECT_FALSE(kept({other}));
    other = pc;
    other.public_key = "ANOTHER";
    EXPECT_FALSE(kept({other})) << "the name alone is not the key";
    EXPECT_FALSE((KeyRing{{other}}.may_enter("PC", Door::control)));
}

TEST(KeyRing, ThatHadKeysAndHasNoneLetsNobodyIn) {
    KeyRing const emptied{{}, true};
    EXPECT_TRUE(emptied.has_keys());
    EXPECT_FALSE(emptied.may_send("", Door::control, Kind::command));
    EXPECT_FALSE(emptied.may_see("", 0, true));
    EXPECT_FALSE(emptied.may_enter("", Door::tier_0));
}

TEST(KeyRing, LetsAnOperatorAloneErasePersons) {
    KeyEntry const pc{"pc", "PC", Role::workstation};
    KeyEntry const root{"root", "ROOT", Role::operator_};
    KeyRing const ring{{pc, root}};
    EXPECT_TRUE(ring.may_erase("ROOT"));
    auto const refused = ring.may_erase("PC");
    ASSERT_FALSE(refused);
    EXPECT_NE(refused.error().words.find("erase a person"), std::string::npos);
    EXPECT_FALSE(ring.may_erase("nobody"));
    EXPECT_FALSE(some_ring().may_erase("LOST")) << "a revoked operator";
    EXPECT_TRUE(KeyRing{{}}.may_erase(""));
}

TEST(KeyRing, WithoutKeysAsksNobody) {
    KeyRing const none{{}};
    EXPECT_FALSE(none.has_keys());
    EXPECT_TRUE(none.may_send("", Door::control, Kind::command));
    EXPECT_TRUE(none.may_see("", 3, false));
    EXPECT_TRUE(none.may_speak_as("", "ward"));
    EXPECT_FALSE(none.admit("control", "ANY").admitted) << "an empty list is no open door";
}

}  // namespace
}  // namespace washup::access
