// What the daemon does when it is stopped, started, and started twice.
#include <gtest/gtest.h>
#include <signal.h>

#include <filesystem>

#include "tests/integration/same_state.hpp"
#include "tests/support/town/adt.hpp"
#include "tests/support/town/town.hpp"

namespace washup::integration {
namespace {

using test_support::eventually;

void feed(Town& town, int people) {
    ASSERT_TRUE(town.start_hl7()) << town.hl7().err();
    MllpClient ward{town.hl7_port()};
    ASSERT_TRUE(ward.connected());
    for (int person = 1; person <= people; ++person) {
        auto const id = "R" + std::to_string(person);
        ASSERT_TRUE(ward.send(framed(text_of({.control_id = id, .person = person}))));
        auto const ack = ward.receive(seconds(40));
        ASSERT_TRUE(ack.has_value()) << town.hl7().err();
        ASSERT_EQ(ack_code(*ack), "AA") << *ack;
        ASSERT_EQ(ack_of(*ack), id);
    }
}

TEST(Restart, GivesTheSameStateAndFingerprint) {
    Town town;
    ASSERT_TRUE(town.start_daemon()) << town.daemon().err();
    feed(town, 12);
    auto const before = town.heartbeat();
    ASSERT_GE(before.head, 12u);
    ASSERT_EQ(before.fingerprint.size(), 32u);
    town.hl7().send_signal(SIGTERM);
    EXPECT_EQ(town.hl7().wait(seconds(20)), 0) << town.hl7().err();
    town.daemon().send_signal(SIGTERM);
    EXPECT_EQ(town.daemon().wait(seconds(20)), 0) << town.daemon().err();

    ASSERT_TRUE(town.start_daemon()) << town.daemon().err();
    expect_same(town.heartbeat(), before);
    EXPECT_EQ(town.stays().size(), 12u);
}

TEST(Restart, SurvivesAKillWithTheSameFingerprint) {
    Town town;
    ASSERT_TRUE(town.start_daemon()) << town.daemon().err();
    feed(town, 5);
    auto const before = town.heartbeat();
    ASSERT_GE(before.head, 5u);
    town.hl7().kill_9();
    town.kill_daemon();
    ASSERT_TRUE(town.start_daemon()) << town.daemon().err();
    expect_same(town.heartbeat(), before);
}

TEST(Restart, GoesOnFromAnImageAndFromRecordOneWithTheSameState) {
    Town town;
    ASSERT_TRUE(town.start_daemon()) << town.daemon().err();
    feed(town, 120);
    auto const before = town.heartbeat();
    town.hl7().kill_9();
    town.daemon().send_signal(SIGTERM);
    ASSERT_EQ(town.daemon().wait(seconds(20)), 0) << town.daemon().err();
    ASSERT_NE(town.daemon().err().find("event=image_kept"), std::string::npos);

    ASSERT_TRUE(town.start_daemon()) << town.daemon().err();
    EXPECT_EQ(town.daemon().err().find("from_image=0"), std::string::npos) << town.daemon().err();
    expect_same(town.heartbeat(), before);
    EXPECT_EQ(town.stays().size(), 120u);
    town.kill_daemon();

    std::filesystem::remove_all(town.folder().file("washupd/images"));
    ASSERT_TRUE(town.start_daemon()) << town.daemon().err();
    EXPECT_NE(town.daemon().err().find("from_image=0"), std::string::npos) << town.daemon().err();
    expect_same(town.heartbeat(), before);
}

TEST(Restart, EndsWithZeroOnSigterm) {
    Town town;
    ASSERT_TRUE(town.start_daemon()) << town.daemon().err();
    town.daemon().send_signal(SIGTERM);
    EXPECT_EQ(town.daemon().wait(seconds(20)), 0) << town.daemon().err();
}

TEST(Restart, EndsWithZeroOnASigtermInTheMiddleOfItsStart) {
    Town town;
    Process daemon{town.daemon_command()};
    ASSERT_TRUE(daemon.wait_for("event=journal_made", seconds(30))) << daemon.err();
    daemon.send_signal(SIGTERM);
    EXPECT_EQ(daemon.wait(seconds(20)), 0) << daemon.err();
}

TEST(SecondDaemon, RefusesAndSaysWhoHoldsTheJournal) {
    Town town;
    ASSERT_TRUE(town.start_daemon()) << town.daemon().err();
    auto const holder = std::to_string(town.daemon().id());
    test_support::FreePorts others;
    auto command = town.daemon_command();
    command.back() = std::to_string(others.base());
    auto const second = test_support::run(command, {}, seconds(30));
    EXPECT_NE(second.status, 0);
    EXPECT_NE(second.status, -1) << "it runs beside the first";
    EXPECT_NE(second.err.find(holder), std::string::npos) << second.err;
    EXPECT_TRUE(town.daemon().running());
    EXPECT_GT(town.heartbeat().head, 0u);
}

// The lock of a daemon that died by force must not keep its successor out.
TEST(SecondDaemon, TakesOverFromOneThatWasKilled) {
    Town town;
    ASSERT_TRUE(town.start_daemon()) << town.daemon().err();
    town.kill_daemon();
    EXPECT_TRUE(town.start_daemon()) << town.daemon().err();
}

}  // namespace
}  // namespace washup::integration
