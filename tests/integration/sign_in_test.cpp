// People on the real programs: with a PIN they act under their name and see what is theirs to see;
// when their session ends, by whatever, it is over at once.
#include <gtest/gtest.h>

#include "tests/support/long_run.hpp"
#include "tests/support/town/adt.hpp"
#include "tests/support/town/keyed_town.hpp"

namespace washup::integration {
namespace {

using test_support::eventually;

std::string const pin = "470119";  // as a PIN, nothing else in a test looks like it

// Somebody who follows a personal view with the client of adapters/examples/python.
class Follower {
  public:
    Follower(KeyedTown const& town, std::string const& with, std::string const& staff,
             std::string const& view, std::vector<std::string> words = {})
        : client_{command(town, staff, view, std::move(words)),
                  {.environment = {"WASHUP_KEYS=" + town.key(with), "PYTHONDONTWRITEBYTECODE=1"},
                   .input = pin + "\n"}} {}
    bool says(std::string const& words, Duration within = seconds(30)) {
        return client_.wait_for(words, within);
    }
    std::string out() const { return client_.out() + client_.err(); }

  private:
    static std::vector<std::string> command(KeyedTown const& town, std::string const& staff,
                                            std::string const& view,
                                            std::vector<std::string> words) {
        std::vector<std::string> all{WASHUP_PYTHON,
                                     "-u",
                                     source_file("tests/integration/personal_view.py"),
                                     std::to_string(town.ports.base()),
                                     staff,
                                     view};
        all.insert(all.end(), words.begin(), words.end());
        return all;
    }
    Process client_;
};

struct House : KeyedTown {
    House() {
        EXPECT_TRUE(start()) << daemon().err();
        EXPECT_EQ(feed_ward("ward").status, 0);
        hire("mary", pin);
    }
    std::string journal() {
        daemon().send_signal(15);
        EXPECT_EQ(daemon().wait(seconds(30)), 0);
        return test_support::run(
                   {program("washupd"), "journal", "--data", file("washupd"), "print"})
            .out;
    }
};

TEST(SignIn, PutsThePersonsNameBehindACommand) {
    House town;
    auto const command = std::vector<std::string>{"raise-blocker", "#1", "--reason", "CP4"};
    auto const without =
        town.ctl("desk", {"--actor", "mary", "raise-blocker", "#1", "--reason", "CP4"});
    EXPECT_EQ(without.status, 1);
    EXPECT_NE(without.out.find("sign in first"), std::string::npos) << without.out << without.err;
    auto const with = town.ctl_as("desk", "mary", pin, command);
    EXPECT_EQ(with.status, 0) << with.out << with.err;
    auto another = command;
    another.insert(another.end(), {"--actor", "tom"});
    auto const as_tom = town.ctl_as("desk", "mary", pin, another);
    EXPECT_EQ(as_tom.status, 1) << as_tom.out;
    EXPECT_NE(as_tom.out.find("mary is signed in here"), std::string::npos) << as_tom.out;
    auto const printed = town.journal();
    EXPECT_NE(printed.find("\"actor\":\"mary\",\"actor_verified\":true"), std::string::npos)
        << printed.substr(printed.size() - 1000);
}

TEST(SignIn, LeavesThePinNowhere) {
    House town;
    EXPECT_EQ(town.ctl_as("desk", "mary", pin, {"stays"}).status, 0);
    EXPECT_EQ(town.ctl_as("desk", pin, "9999", {"stays"}).status, 1) << "in the wrong box";
    auto const printed = town.journal();
    for (auto const& where : {town.daemon().out(), town.daemon().err(), printed}) {
        EXPECT_EQ(where.find(pin), std::string::npos);
        EXPECT_EQ(where.find("argon2id"), std::string::npos) << "nor what is made of it, unsealed";
    }
    EXPECT_NE(town.daemon().err().find("event=signed_in staff=mary key=desk"), std::string::npos)
        << town.daemon().err();
    auto const kept = test_support::run({"grep", "-rlaE", pin + "|argon2id", town.file("washupd")});
    EXPECT_EQ(kept.out, "");
}

TEST(SignIn, IsRefusedForAWrongPinAndAsksForPatienceThen) {
    House town;
    for (int i = 0; i < 3; ++i) {
        auto const wrong = town.ctl_as("desk", "mary", "9876501", {"stays"});
        EXPECT_EQ(wrong.status, 1);
        EXPECT_NE(wrong.err.find("do not go together"), std::string::npos) << wrong.err;
    }
    auto const fourth = town.ctl_as("desk", "mary", "9876501", {"stays"});
    EXPECT_EQ(fourth.status, 1);
    auto const nobody = town.ctl_as("desk", "nobody", pin, {"stays"});
    EXPECT_NE(nobody.err.find("do not go together"), std::string::npos) << nobody.err;
    auto const doors = town.ctl("desk", {"doors"});
    EXPECT_NE(doors.out.find("5 sign-ins refused"), std::string::npos) << doors.out << doors.err;
    auto const eventually_in = [&] {
        return town.ctl_as("desk", "mary", pin, {"stays"}).status == 0;
    };
    EXPECT_TRUE(eventually(eventually_in, seconds(20)));
}

// Whoever can make the daemon start again has no fresh tries by it.
TEST(SignIn, CountsWrongPinsOverAKillAndARestart) {
    House town;
    auto const wrong = [&] { return town.ctl_as("desk", "mary", "9876501", {"stays"}).err; };
    for (int i = 0; i < 5; ++i) {
        auto const counted = [&] {
            return wrong().find("do not go together") != std::string::npos;
        };
        ASSERT_TRUE(eventually(counted, seconds(20)));
    }
    town.daemon().kill_9();
    ASSERT_TRUE(town.start()) << town.daemon().err();
    auto const right = [&] { return town.ctl_as("desk", "mary", pin, {"stays"}); };
    auto const at_once = right();
    EXPECT_EQ(at_once.status, 1);
    EXPECT_NE(at_once.err.find("too many wrong PINs"), std::string::npos) << at_once.err;
    EXPECT_TRUE(eventually([&] { return right().status == 0; }, seconds(30)));
    EXPECT_NE(test_support::read_file(town.file("washupd/sign_in_failures")).find("end 0"),
              std::string::npos);
}

TEST(SignIn, DoesNotStartWithACountThatIsNotWhole) {
    House town;
    EXPECT_NE(town.ctl_as("desk", "mary", "9876501", {"stays"}).status, 0);
    town.daemon().send_signal(15);
    EXPECT_EQ(town.daemon().wait(seconds(30)), 0);
    town.write("washupd/sign_in_failures", "washup-sign-in-failures 1\n3 6d");
    EXPECT_FALSE(town.start());
    EXPECT_EQ(town.daemon().wait(seconds(30)), 74);
    EXPECT_NE(town.daemon().err().find("sign_in_failures: line 2"), std::string::npos)
        << town.daemon().err();
}

TEST(SignIn, IsNotForWallsNorWithoutKeys) {
    House town;
    Follower wall{town, "wall", "mary", "3"};
    EXPECT_TRUE(wall.says("not signed in: the key wall may not let people sign in")) << wall.out();
    auto const pins =
        town.ctl("wall", {"--actor", "x", "staff", "pin", "mary", "--pin-fd", "0"}, "4711\n");
    EXPECT_EQ(pins.status, 1);

    Town open;
    ASSERT_TRUE(open.start_daemon());
    auto const none = test_support::run({program("washupctl"), "--daemon", open.address(), "stays",
                                         "--as", "mary", "--pin-fd", "0"},
                                        {.input = pin + "\n"});
    EXPECT_EQ(none.status, 1);
    EXPECT_NE(none.err.find("nobody signs in without keys"), std::string::npos) << none.err;
}

TEST(PersonalView, IsTierThreeWithTheRightFingerprintAndEndsWithTheSession) {
    House town;
    Follower mary{town, "desk", "mary", "3", {family_of(7), nhs_number_of(7), key_of(7)}};
    ASSERT_TRUE(mary.says("signed in as mary")) << mary.out();
    EXPECT_TRUE(mary.says("found ['" + family_of(7) + "', '" + nhs_number_of(7) + "', '" +
                          key_of(7) + "']"))
        << mary.out();
    EXPECT_NE(town.ctl("desk", {"doors"}).out.find("mary"), std::string::npos);
    town.set_pin("mary", "80213");  // the operator locks her out
    EXPECT_TRUE(mary.says("ended pin_changed")) << mary.out();
    EXPECT_TRUE(mary.says("after the end: refusal")) << mary.out();
}

TEST(PersonalView, IsDrawnForWhoeverSignsInAndForNobodyElse) {
    House town;
    auto const board = [&](std::vector<std::string> const& more, std::string const& input) {
        std::vector<std::string> words{program("washup-board"),
                                       "--daemon",
                                       town.ports.daemon(),
                                       "--keys",
                                       town.key("desk"),
                                       "--tier",
                                       "3"};
        words.insert(words.end(), more.begin(), more.end());
        return test_support::run(words, {.input = input}, seconds(40));
    };
    std::vector<std::string> const mary{"--as", "mary", "--pin-fd", "0"};
    auto dump = mary, picture = mary;
    dump.insert(dump.end(), {"--dump", "--everyone"});
    picture.insert(picture.end(), {"--snapshot", town.file("board.png")});
    auto const seen = board(dump, pin + "\n");
    EXPECT_EQ(seen.status, 0) << seen.err;
    EXPECT_NE(seen.out.find("Specimen7"), std::string::npos) << seen.out;
    EXPECT_EQ(board(picture, pin + "\n").status, 0);
    EXPECT_EQ(board(picture, "99999\n").status, 77);
    EXPECT_EQ(board(dump, "99999\n").status, 77);
    auto const nobody = board({"--dump", "--everyone"}, {});
    EXPECT_EQ(nobody.status, 0) << nobody.err;
    EXPECT_EQ(nobody.out.find(nhs_number_of(7)), std::string::npos);
    EXPECT_NE(nobody.err.find("--as"), std::string::npos) << nobody.err;
}

// Two real minutes, in which snapshots, beats and deltas go by and nobody does anything.
TEST(PersonalView, IsLockedAfterTwoMinutesOfNobody) {
    if (!test_support::long_run()) GTEST_SKIP() << "with --long";
    House town;
    Follower mary{town, "desk", "mary", "3", {family_of(7)}};
    ASSERT_TRUE(mary.says("found")) << mary.out();
    EXPECT_FALSE(mary.says("ended", seconds(110))) << mary.out();
    EXPECT_TRUE(mary.says("ended idle", seconds(20))) << mary.out();
}

TEST(PersonalView, OfTheRoomHasNamesAndNoIdentifiers) {
    House town;
    Follower room{town,
                  "desk",
                  "mary",
                  "4",
                  {family_of(7), nhs_number_of(7), key_of(7), "L5007", "1941-03-09"}};
    EXPECT_TRUE(room.says("found ['" + family_of(7) + "']\n")) << room.out();
}

TEST(Revocation, CountsAtOnceAndHangsUp) {
    House town;
    town.make("pc", {"--role", "workstation", "--tier", "2", "--approver", "the tests"});
    auto const listed = [&] { return town.ctl("pc", {"status"}).status == 0; };
    ASSERT_TRUE(eventually(listed, seconds(20))) << town.daemon().err();
    Follower mary{town, "pc", "mary", "3", {family_of(7)}};
    ASSERT_TRUE(mary.says("found")) << mary.out();
    Process wall{
        {program("washupctl"), "--daemon", town.ports.daemon(), "--keys", town.key("pc"), "watch"}};
    // A change that it tells of proves that it listens.
    int n = 0;
    auto const hears = [&] {
        auto const reason = "CP" + std::to_string(1 + n++ % 9);
        auto const raised =
            town.ctl_as("desk", "mary", pin, {"raise-blocker", "#1", "--reason", reason});
        EXPECT_EQ(raised.status, 0) << raised.out << raised.err;
        return wall.wait_for("stay #1", seconds(2));
    };
    EXPECT_TRUE(eventually(hears, seconds(30))) << wall.out() << wall.err();

    town.revoke("pc");
    EXPECT_TRUE(mary.says("ended key_revoked")) << mary.out();
    EXPECT_TRUE(mary.says("connection ended")) << mary.out();
    EXPECT_EQ(mary.out().find("after the end: snapshot"), std::string::npos) << mary.out();
    for (auto const* const door : {"door=control why=revoked", "door=tier_2 why=revoked"}) {
        EXPECT_TRUE(town.daemon().wait_for(door, seconds(20))) << town.daemon().err();
    }
    EXPECT_EQ(town.ctl("pc", {"status"}).status, 1);
    EXPECT_EQ(town.ctl("desk", {"status"}).status, 0) << "others are not held up";
    EXPECT_NE(town.ctl("desk", {"doors"}).out.find("4 keys, 1 revoked"), std::string::npos);
}

TEST(Revocation, IsSaidNotToCountWhileTheListHasAFault) {
    House town;
    auto const list = test_support::read_file(town.file("keys.toml"));
    test_support::run({"sed", "-i", "1i [[key", town.file("keys.toml")});
    EXPECT_TRUE(town.daemon().wait_for("event=keys_unchanged", seconds(20)));
    auto const doors = town.ctl("desk", {"doors"});
    EXPECT_NE(doors.out.find("key list of before counts"), std::string::npos) << doors.out;
    test_support::run({"sed", "-i", "1d", town.file("keys.toml")});
    auto const well = [&] {
        return town.ctl("desk", {"doors"}).out.find("of before") == std::string::npos;
    };
    EXPECT_TRUE(eventually(well, seconds(20)));
}

}  // namespace
}  // namespace washup::integration
