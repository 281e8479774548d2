// Keys on the real programs: with one the whole road works, without one nothing does, and strangers
// of every kind cost those who belong nothing but a little time.
#include <gtest/gtest.h>

#include <filesystem>
#include <functional>
#include <iostream>

#include "tests/support/long_run.hpp"
#include "tests/support/temp_dir.hpp"
#include "tests/support/town/adt.hpp"
#include "tests/support/town/keyed_town.hpp"

namespace washup::integration {
namespace {

using test_support::eventually;

TEST(Keys, CarryTheWholeRoad) {
    KeyedTown town;
    town.make("example", {"--role", "source", "--source", "example"});
    ASSERT_TRUE(town.start()) << town.daemon().err();
    auto const fed = town.feed_ward("ward");
    EXPECT_EQ(fed.status, 0) << fed.out << fed.err;
    // A machine sees names and no identifiers; a person who signs in sees all.
    auto const machine = town.ctl("desk", {"stays", "--wide"});
    EXPECT_NE(machine.out.find("Specimen7"), std::string::npos) << machine.out << machine.err;
    EXPECT_EQ(machine.out.find(key_of(7)), std::string::npos) << machine.out;
    town.hire("mary", "4711");
    auto const stays = town.ctl_as("desk", "mary", "4711", {"stays", "--wide"});
    EXPECT_NE(stays.out.find(key_of(7)), std::string::npos) << stays.out << stays.err;

    auto const example = source_file("adapters/examples/python/");
    auto const sent =
        test_support::run({WASHUP_PYTHON, example + "send_record.py", town.ports.daemon(), "4711"},
                          {.environment = {"WASHUP_KEYS=" + town.key("example")}});
    EXPECT_EQ(sent.status, 0) << sent.out << sent.err;
    auto const followed = test_support::run(
        {WASHUP_PYTHON, example + "follow_feed.py", town.ports.daemon(), "1", "4"},
        {.environment = {"WASHUP_KEYS=" + town.key("wall")}});
    EXPECT_EQ(followed.status, 0) << followed.out << followed.err;

    // The journal knows by which key a record came.
    town.daemon().send_signal(15);
    EXPECT_EQ(town.daemon().wait(seconds(30)), 0);
    auto const printed =
        test_support::run({program("washupd"), "journal", "--data", town.file("washupd"), "print"});
    EXPECT_NE(printed.out.find("\"key\":\"example\""), std::string::npos)
        << printed.out.substr(0, 2000) << printed.err;
}

TEST(Keys, TurnAwayWhoHasNoneOrAnotherRole) {
    KeyedTown town;
    ASSERT_TRUE(town.start()) << town.daemon().err();
    // Asking for the status is nothing that anybody is turned away for.
    EXPECT_EQ(town.ctl("wall", {"status"}).status, 0);
    auto const nobody = town.ctl("desk", {"status"}).out;
    EXPECT_NE(nobody.find("doors    0 turned away\n"), std::string::npos) << nobody;
    auto const without = town.ctl("", {"stays"});
    EXPECT_EQ(without.status, 1);
    EXPECT_NE(without.err.find("--keys"), std::string::npos) << without.err;
    // Which of the two depends on who hangs up first.
    auto const counted = [&] {
        auto const log = town.daemon().err();
        return log.find("why=not_curve") != std::string::npos ||
               log.find("why=broken_off") != std::string::npos;
    };
    EXPECT_TRUE(eventually(counted, seconds(10))) << town.daemon().err();
    EXPECT_EQ(town.ctl("wall", {"stays"}).status, 0) << "its own tier";
    auto const wall = town.ctl(
        "wall", {"stays", "--at", "2020-01-01 10:00", "--as", "mary", "--pin-fd", "0"}, "4711\n");
    EXPECT_EQ(wall.status, 1) << "and nobody signs in at it";
    EXPECT_NE(wall.err.find("may not let people sign in"), std::string::npos) << wall.err;
    EXPECT_NE(town.feed_ward("desk", 2).status, 0);
    auto const made = test_support::run({program("washupctl"), "keys", "new", "stranger", "--role",
                                         "operator", "--daemon-key", town.daemon_key(), "--out",
                                         town.key("stranger")});  // and on no list
    ASSERT_EQ(made.status, 0) << made.err;
    EXPECT_EQ(town.ctl("stranger", {"stays"}).status, 1);
    for (auto const* const why : {"why=wrong_role", "why=unknown_key"}) {
        EXPECT_TRUE(town.daemon().wait_for(why, seconds(10))) << why << town.daemon().err();
    }
    EXPECT_EQ(town.daemon().err().find(family_of(7)), std::string::npos);
    EXPECT_EQ(town.ctl("desk", {"stays"}).status, 0);
}

TEST(Keys, ComeInNoMoreOnceRevoked) {
    KeyedTown town;
    ASSERT_TRUE(town.start()) << town.daemon().err();
    EXPECT_EQ(town.ctl("desk", {"status"}).status, 0);
    auto const revoked = test_support::run(
        {program("washupctl"), "keys", "revoke", "desk", "--list", town.file("keys.toml")});
    EXPECT_EQ(revoked.status, 0) << revoked.err;
    ASSERT_TRUE(town.start()) << town.daemon().err();
    EXPECT_EQ(town.ctl("desk", {"status"}).status, 1);
    EXPECT_TRUE(town.daemon().wait_for("why=revoked", seconds(10)));
}

TEST(Keys, AreNotMadeWithAWordThatWouldBeLeftOut) {
    KeyedTown town;
    auto const made = [&](std::vector<std::string> const& role) {
        std::vector<std::string> command{program("washupctl"), "keys", "new", "odd"};
        command.insert(command.end(), role.begin(), role.end());
        command.insert(command.end(),
                       {"--daemon-key", town.daemon_key(), "--out", town.key("odd")});
        return test_support::run(command).status;
    };
    EXPECT_EQ(made({"--role", "bi", "--tier", "2"}), 2);
    EXPECT_EQ(made({"--role", "workstation", "--source", "ward"}), 2);
    EXPECT_EQ(made({"--role", "paper", "--approver", "me"}), 2);
    EXPECT_EQ(made({"--role", "workstation", "--tier", "1"}), 2) << "nobody answers for it";
    EXPECT_EQ(made({"--role", "display", "--tier", "3", "--approver", "me"}), 2);
    EXPECT_FALSE(std::filesystem::exists(town.key("odd")));
    EXPECT_EQ(made({"--role", "auditor"}), 0);
    // A folder is no list with nothing in it.
    EXPECT_EQ(
        test_support::run({program("washupctl"), "keys", "list", town.file("washupd")}).status, 75);
}

TEST(Keys, AreNeededToListenBeyondThisMachine) {
    KeyedTown town;
    auto text = test_support::read_file(source_file("config/site/demo.toml"));
    auto const put = [&text](std::string const& what, std::string const& instead) {
        for (auto at = text.find(what); at != std::string::npos; at = text.find(what)) {
            text.replace(at, what.size(), instead);
        }
    };
    put("\"../", "\"" + source_file("config/"));
    put("host = \"127.0.0.1\"", "host = \"0.0.0.0\"");
    test_support::TempDir folder;
    auto const site = folder.write("site.toml", text);
    auto const refused =
        test_support::run({program("washupd"), "--config", site, "--data", folder.file("washupd")});
    EXPECT_EQ(refused.status, 78);
    EXPECT_NE(refused.err.find("listening on 0.0.0.0 needs keys"), std::string::npos)
        << refused.err;
    EXPECT_FALSE(std::filesystem::exists(folder.file("washupd")));

    auto const with_keys = folder.write(
        "keyed.toml", "include = [\"site.toml\", \"" + town.file("keys.toml") + "\"]\n");
    Process daemon{{program("washupd"), "--config", with_keys, "--data", town.file("washupd"),
                    "--port", std::to_string(town.ports.base())}};
    EXPECT_TRUE(daemon.wait_for("event=ready", seconds(60))) << daemon.err();
    EXPECT_EQ(town.ctl("desk", {"status"}).status, 0);
}

// The figures are for the reader of the log; a busy machine has no right ones.
TEST(Keys, KeepThoseWhoBelongServedInAFlood) {
    KeyedTown town;
    ASSERT_TRUE(town.start()) << town.daemon().err();
    auto const flood = python(
        "keys_flood.py", {std::to_string(town.ports.base()), town.key("ward"), town.key("wall"),
                          town.key("desk"), std::to_string(test_support::long_count(1000))});
    std::cout << flood.out;
    EXPECT_EQ(flood.status, 0) << flood.out << flood.err;
    EXPECT_TRUE(town.daemon().running());
    for (auto const* const why :
         {"why=broken_off", "why=unknown_key", "why=wrong_role",
          "event=frame_refused door=control why=role key=wall", "event=sign_in_refused"}) {
        EXPECT_TRUE(town.daemon().wait_for(why, seconds(20))) << why << town.daemon().err();
    }
    auto const status = town.ctl("desk", {"status"});
    EXPECT_NE(status.out.find(" turned away ("), std::string::npos) << status.out;
    EXPECT_EQ(town.ctl("wall", {"status"}).out.find("turned away"), std::string::npos)
        << "not told to everybody";
    auto const doors = town.ctl("desk", {"doors"});
    EXPECT_EQ(doors.status, 0) << doors.err;
    for (auto const* const why : {"broken_off", "unknown_key", "wrong_role", "role"}) {
        EXPECT_NE(doors.out.find(why), std::string::npos) << why << doors.out;
    }
}

void expect_nothing_on_the_cable(std::uint16_t base, std::uint16_t proxy, std::string const& key,
                                 std::string const& expected, std::function<Finished()> const& feed,
                                 std::string const& person = {}) {
    Process capture{{WASHUP_PYTHON, source_file("tests/integration/keys_capture.py"),
                     std::to_string(base), std::to_string(proxy), key, family_of(7), "Ann",
                     nhs_number_of(7), "L5007", "19410309", "1941-03-09", key_of(7), "V1007"},
                    {.environment = {std::string{"PYTHONPATH="} + WASHUP_PYTHON_SCHEMA,
                                     "PYTHONDONTWRITEBYTECODE=1", "CAPTURE_PERSON=" + person}}};
    ASSERT_TRUE(capture.wait_for("listening", seconds(30))) << capture.out() << capture.err();
    auto const fed = feed();
    ASSERT_EQ(fed.status, 0) << fed.out << fed.err;
    EXPECT_EQ(capture.wait(seconds(60)), 0) << capture.out() << capture.err();
    EXPECT_NE(capture.out().find(expected), std::string::npos) << capture.out();
    auto const* const open = key == "-" ? "in the open" : "sealed";
    EXPECT_NE(capture.out().find(open), std::string::npos) << capture.out();
}

TEST(TierOneCable, CarriesNoNameAndNoNumberInTheOpen) {
    Town town;
    ASSERT_TRUE(town.start_daemon()) << town.daemon().err();
    test_support::FreePorts proxy;
    auto const one = town.folder().write("one.hl7", text_of({.control_id = "C1", .person = 7}));
    expect_nothing_on_the_cable(town.port(), proxy.base(), "-", "in the open",
                                [&] { return test_support::run(town.hl7_file({one})); });
}

TEST(TierOneCable, CarriesNothingReadableWithKeys) {
    KeyedTown town;
    ASSERT_TRUE(town.start()) << town.daemon().err();
    town.hire("mary", "470119");
    test_support::FreePorts proxy;
    expect_nothing_on_the_cable(
        town.ports.base(), proxy.base(), town.key("wall"), "a person saw the name",
        [&] { return town.feed_ward("ward"); }, town.key("desk") + ":mary:470119");
}

}  // namespace
}  // namespace washup::integration
