// What somebody may do who has signed in, on the real programs: the machine's key lets them do
// everything, and their role does not.
#include <gtest/gtest.h>

#include "proto/base/clock.hpp"
#include "tests/support/town/adt.hpp"
#include "tests/support/town/keyed_town.hpp"

namespace washup::integration {
namespace {

using test_support::eventually;

std::string const pin = "470119";

struct House : KeyedTown {
    House() {
        EXPECT_TRUE(start()) << daemon().err();
        EXPECT_EQ(feed_ward("ward").status, 0);
        hire("mary", pin, "chair");
        hire("jess", pin, "physiotherapist");
    }
    // What a person is told, whether it was done or not.
    std::string told(std::string const& staff, std::vector<std::string> words, int status) {
        auto const done = ctl_as("desk", staff, pin, std::move(words));
        EXPECT_EQ(done.status, status) << done.out << done.err;
        return done.out + done.err;
    }
    std::string doors() { return ctl("desk", {"doors"}).out; }
};

bool has(std::string const& text, std::string const& words) {
    return text.find(words) != std::string::npos;
}

std::vector<std::string> const raise{"raise-blocker", "#1", "--reason", "CP4"};

TEST(StaffRole, BoundsWhatAPersonMayDoAndSaysWhoMay) {
    House town;
    auto const refused = town.told("jess", raise, 1);
    EXPECT_TRUE(has(refused,
                    "the role physiotherapist is not for changing outcomes, dates, blockers, or "
                    "other people's actions; for that it takes: chair, social worker, hub "
                    "coordinator"))
        << refused;
    EXPECT_TRUE(has(town.doors(), "staff_role")) << town.doors();
    town.told("mary", raise, 0);

    town.hire("ann", pin, "auditor");
    for (auto const& words : std::vector<std::vector<std::string>>{
             raise,
             {"set-outcome", "actual", "#1", "own_home"},
             {"erase-person", "#1", "--reason", "asked in writing", "--yes"}}) {
        auto const said = town.told("ann", words, 1);
        EXPECT_TRUE(has(said, "the role auditor is not for")) << words.front() << said;
    }
    EXPECT_EQ(town.ctl_as("desk", "ann", pin, {"stay", "#1"}).status, 0) << "auditors look";
}

TEST(StaffRole, LetsWhoOwesAnActionFinishThatOneAlone) {
    House town;
    for (auto const* owner : {"jess", "mary"}) {
        town.told("mary",
                  {"assign-action", "#1", "--text", "ring the hub", "--owner", owner, "--deadline",
                   to_rfc3339(system_now() + hours(24))},
                  0);
    }
    auto const other = town.told("jess", {"finish-action", "#1", "--action", "2"}, 1);
    EXPECT_TRUE(has(other, "this action is not yours")) << other;
    town.told("jess", {"finish-action", "#1", "--action", "1"}, 0);
    town.told("mary", {"finish-action", "#1", "--action", "2"}, 0);
}

TEST(StaffRole, ShowsNamesToWhomTheyAreForAlone) {
    House town;
    town.hire("amy", pin, "area manager");
    auto const stay = town.told("amy", {"stay", "#1"}, 1);
    EXPECT_TRUE(has(stay, "the role area manager is not for seeing names")) << stay;
    auto const stays = town.told("amy", {"stays"}, 1);
    EXPECT_TRUE(has(stays, "the role area manager is not for seeing names")) << stays;
    EXPECT_FALSE(has(stay, "pecimen7")) << stay;
    EXPECT_TRUE(has(town.told("jess", {"stay", "#1"}, 0), key_of(7)));
}

// Who runs the daemon erases whom they are asked to, and reads nobody's history for it.
TEST(StaffRole, CommandsAlsoWhereItSeesNothing) {
    House town;
    town.hire("otto", pin, "operator");
    town.told("otto", {"stay", "#1"}, 1);
    town.told("otto", {"erase-person", "#1", "--reason", "asked in writing", "--yes"}, 0);
}

TEST(StaffRole, ThatTheSiteHasNotIsGivenToNobody) {
    House town;
    auto const added =
        town.ctl("desk", {"--actor", "boss", "add-staff", "bob", "Bob", "sochal worker", ""});
    EXPECT_EQ(added.status, 1);
    EXPECT_TRUE(has(added.out + added.err, "\"sochal worker\" is no role of this site's"))
        << added.out << added.err;
}

TEST(StaffRole, IsNotChangedByThePersonNorByWhoeverTheyWorkWith) {
    House town;
    town.make("pc", {"--role", "workstation"});
    town.hire("otto", pin, "operator");
    auto const listed = [&] { return town.ctl("pc", {"status"}).status == 0; };
    ASSERT_TRUE(eventually(listed, seconds(20))) << town.daemon().err();
    auto const add = [&](char const* by, char const* whom) {
        return town.ctl_as("pc", by, pin, {"add-staff", whom, "Name", "chair", ""});
    };
    EXPECT_TRUE(has(add("jess", "jess").out, "nobody changes their own entry"));
    EXPECT_TRUE(has(add("jess", "tom").out, "is not for keeping the staff list"));
    EXPECT_TRUE(has(add("otto", "otto").out, "nobody changes their own entry"));
    EXPECT_EQ(add("otto", "tom").status, 0);
}

TEST(StaffRole, CountsAtOnceWhenItIsChanged) {
    House town;
    Process mary{{WASHUP_PYTHON, "-u", source_file("tests/integration/personal_view.py"),
                  std::to_string(town.ports.base()), "mary", "3"},
                 {.environment = {"WASHUP_KEYS=" + town.key("desk"), "PYTHONDONTWRITEBYTECODE=1"},
                  .input = pin + "\n"}};
    ASSERT_TRUE(mary.wait_for("signed in as mary", seconds(30))) << mary.out() << mary.err();
    town.hire("mary", pin, "county manager");
    EXPECT_TRUE(mary.wait_for("ended role_changed", seconds(30))) << mary.out();
    EXPECT_TRUE(has(town.told("mary", raise, 1), "the role county manager is not for"));

    // And when the site's own file says something else of a role.
    auto const keys = test_support::read_file(town.file("keys.toml"));
    town.write("keys.toml", keys +
                                "\n[[staff_role]]\ncode = \"porter\"\nwords = \"porter\"\n"
                                "may = [\"plan\"]\n");
    ASSERT_TRUE(town.daemon().wait_for("event=staff_roles_read", seconds(20)));
    town.hire("mary", pin, "porter");
    town.told("mary", raise, 0);
}

}  // namespace
}  // namespace washup::integration
