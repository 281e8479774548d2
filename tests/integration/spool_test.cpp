// An adapter whose daemon is away: it goes on, says so, and stops when it is full.
#include <gtest/gtest.h>
#include <signal.h>

#include <fmt/format.h>

#include "tests/support/town/adt.hpp"
#include "tests/support/town/town.hpp"

namespace washup::integration {
namespace {

using test_support::eventually;

std::string status(Town const& town, int exit_code) {
    auto const done = test_support::run(
        {program("washup-hl7"), "--data", town.folder().file("washup-hl7"), "--status"});
    EXPECT_EQ(done.status, exit_code) << done.out << done.err;
    return done.out;
}

bool contains(std::string const& text, std::string const& part) {
    return text.find(part) != std::string::npos;
}

void send(MllpClient& ward, int person) {
    ASSERT_TRUE(
        ward.send(framed(text_of({.control_id = fmt::format("S{}", person), .person = person}))));
}

TEST(Spool, GoesOnWithoutTheDaemonStopsWhenFullAndSaysSo) {
    Town town;
    town.hl7_words = {"--spool-after", "0.1", "--spool-records", "3"};
    ASSERT_TRUE(town.start_hl7()) << town.hl7().err();
    MllpClient ward{town.hl7_port()};
    for (int person = 1; person <= 3; ++person) {
        ASSERT_NO_FATAL_FAILURE(send(ward, person));
        auto const ack = ward.receive(seconds(20));
        ASSERT_TRUE(ack.has_value()) << town.hl7().err();
        EXPECT_EQ(ack_code(*ack), "AA");
    }
    ASSERT_NO_FATAL_FAILURE(send(ward, 4));
    EXPECT_FALSE(ward.receive(seconds(1)).has_value()) << "it has no room for this one";
    EXPECT_TRUE(eventually(
        [&] {
            auto const said = status(town, 1);
            return contains(said, "running=yes") && contains(said, "daemon=away") &&
                   contains(said, "state=spooling") && contains(said, "waiting=3\n") &&
                   contains(said, "full=yes");
        },
        seconds(10)));
    EXPECT_TRUE(contains(town.hl7().err(), "event=spool_began"));
    EXPECT_TRUE(contains(town.hl7().err(), "event=spool_full"));

    ASSERT_TRUE(town.start_daemon()) << town.daemon().err();
    auto const ack = ward.receive(seconds(20));
    ASSERT_TRUE(ack.has_value()) << town.hl7().err();
    EXPECT_EQ(ack_of(*ack), "S4");
    EXPECT_EQ(ack_code(*ack), "AA");
    EXPECT_TRUE(eventually([&] { return town.stays().size() == 4; }, seconds(20)));
    EXPECT_TRUE(
        eventually([&] { return contains(town.hl7().err(), "event=spool_ended"); }, seconds(20)));
    town.hl7().send_signal(SIGTERM);
    EXPECT_EQ(town.hl7().wait(seconds(20)), 0);
    auto const said = status(town, 0);
    EXPECT_TRUE(contains(said, "running=no")) << said;
    EXPECT_TRUE(contains(said, "waiting=0\n")) << said;
}

TEST(Spool, OutlivesAKillOfTheAdapterAndSaysWhatWaits) {
    Town town;
    town.hl7_words = {"--spool-after", "0.1"};
    ASSERT_TRUE(town.start_hl7()) << town.hl7().err();
    MllpClient ward{town.hl7_port()};
    ASSERT_NO_FATAL_FAILURE(send(ward, 1));
    ASSERT_TRUE(ward.receive(seconds(20)).has_value()) << town.hl7().err();
    town.hl7().kill_9();
    auto const said = status(town, 1);
    EXPECT_TRUE(contains(said, "running=no")) << said;
    EXPECT_TRUE(contains(said, "waiting=1\n")) << said;
    ASSERT_TRUE(town.start_daemon()) << town.daemon().err();
    ASSERT_TRUE(town.start_hl7()) << town.hl7().err();
    EXPECT_TRUE(eventually([&] { return town.stays().size() == 1; }, seconds(20)));
}

}  // namespace
}  // namespace washup::integration
