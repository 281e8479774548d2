#include "daemon/access/staff_rights.hpp"

#include <gtest/gtest.h>

#include "config/load/faults.hpp"
#include "config/load/tree.hpp"

namespace washup::access {
namespace {

// As shipped: what these tests find allowed is what a site gets.
std::vector<config::StaffRole> shipped() {
    config::Faults faults;
    auto tree = config::load_tree(WASHUP_SOURCE_DIR "/config/vocab/staff_roles.toml", faults);
    config::StaffRoleReader reader;
    reader.read(tree.root(faults));
    tree.report_unknown(faults);
    EXPECT_TRUE(faults.empty()) << config::to_text(faults.list().front());
    return reader.roles();
}

std::string deeds(std::string_view role) {
    std::string out;
    for (auto const deed : StaffRights(shipped()).deeds_of(role)) {
        out += std::string(out.empty() ? "" : " ") + std::string(to_words(deed));
    }
    return out;
}

TEST(StaffRights, AsShippedGiveEachRoleWhatItNeedsAndNoMore) {
    EXPECT_EQ(deeds("chair"), "see room plan act correct");
    EXPECT_EQ(deeds("social_worker"), "see plan act");
    EXPECT_EQ(deeds("hub coordinator"), "see plan act correct");
    EXPECT_EQ(deeds("physiotherapist"), "see act");
    EXPECT_EQ(deeds("business support"), "see correct");
    EXPECT_EQ(deeds("auditor"), "see");
    EXPECT_EQ(deeds("area manager"), "") << "causes and counts, never a person";
    EXPECT_EQ(deeds("county manager"), "");
    EXPECT_EQ(deeds("operator"), "staff erase");
}

TEST(StaffRights, KnowARoleHoweverItIsWritten) {
    StaffRights const rights(shipped());
    for (auto const* role : {"social worker", "Social Worker", "SOCIAL-WORKER", "social_worker",
                             "  social  worker "}) {
        EXPECT_TRUE(rights.may(role, Deed::plan)) << role;
    }
}

// As the demo's hospital and its script write them.
TEST(StaffRights, KnowTheRolesOfTheDemo) {
    StaffRights const rights(shipped());
    for (auto const* role : {"chair", "social worker", "senior social worker",
                             "discharge coordinator", "occupational therapist", "physiotherapist",
                             "hub coordinator", "brokerage officer", "housing officer"}) {
        EXPECT_TRUE(rights.is_role(role)) << role;
    }
}

TEST(StaffRights, GiveNothingToARoleThatTheSiteHasNot) {
    StaffRights const rights(shipped());
    for (auto const* role : {"", "soc worker", "chairman", "plan"}) {
        for (auto const deed : config::all_deeds) {
            auto const may = rights.may(role, deed);
            ASSERT_FALSE(may) << role;
            EXPECT_EQ(may.error().field, "staff_role");
            EXPECT_NE(may.error().words.find("there are: chair, social worker"), std::string::npos)
                << may.error().words;
        }
        EXPECT_FALSE(rights.may_touch(role, "a", "a"));
        EXPECT_EQ(rights.is_role(role).error().field, "role");
    }
    EXPECT_FALSE(StaffRights().may("chair", Deed::see)) << "a site without roles";
}

TEST(StaffRights, SayWhatTheRoleIsNotForAndWhichRolesAre) {
    auto const may = StaffRights(shipped()).may("auditor", Deed::correct);
    ASSERT_FALSE(may);
    EXPECT_EQ(may.error().words,
              "the role auditor is not for putting endings, actual outcomes or the inbox right; "
              "for that it takes: chair, hub coordinator, business support");
}

TEST(StaffRights, LetWhoOwesAnActionFinishThatOneAlone) {
    StaffRights const rights(shipped());
    EXPECT_TRUE(rights.may_touch("physiotherapist", "jess", "jess"));
    auto const other = rights.may_touch("physiotherapist", "jess", "tom");
    ASSERT_FALSE(other);
    EXPECT_NE(other.error().words.find("not yours"), std::string::npos);
    EXPECT_TRUE(rights.may_touch("chair", "mary", "tom"));
    EXPECT_TRUE(rights.may_touch("physiotherapist", "jess", "")) << "told by whoever looks for it";
    EXPECT_FALSE(rights.may_touch("auditor", "ann", "ann"));
}

}  // namespace
}  // namespace washup::access
