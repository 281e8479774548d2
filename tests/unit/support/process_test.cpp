// What the integration tests lean on must itself be able to see a program fail.
#include "tests/support/process.hpp"

#include <gtest/gtest.h>
#include <signal.h>

#include "tests/support/free_ports.hpp"
#include "tests/support/long_run.hpp"

namespace washup::test_support {
namespace {

TEST(Process, GivesTheExitCodeAndBothOutputs) {
    auto const done = run({"sh", "-c", "cat; echo trouble >&2; exit 3"}, {.input = "hello"});
    EXPECT_EQ(done.status, 3);
    EXPECT_EQ(done.out, "hello");
    EXPECT_EQ(done.err, "trouble\n");
}

TEST(Process, SaysWhichSignalEndedIt) {
    Process process{{"sleep", "600"}};
    EXPECT_TRUE(process.running());
    process.send_signal(SIGTERM);
    EXPECT_EQ(process.wait(seconds(10)), 128 + SIGTERM);
    EXPECT_FALSE(process.running());
}

TEST(Process, IsGoneAfterItsObject) {
    pid_t id = 0;
    {
        Process process{{"sleep", "600"}};
        id = process.id();
    }
    EXPECT_EQ(kill(id, 0), -1) << "it still runs, or was not reaped";
}

TEST(Process, WaitsForALineAndGivesUpWhenTheProgramEnds) {
    Process speaks{{"sh", "-c", "echo ready; exec sleep 600"}};
    EXPECT_TRUE(speaks.wait_for("ready", seconds(10)));
    Process silent{{"sh", "-c", "echo other"}};
    EXPECT_FALSE(silent.wait_for("ready", seconds(10)));
    EXPECT_TRUE(silent.wait_for("other", Duration{}));
}

TEST(Process, SaysWhenThereIsNoSuchProgram) {
    EXPECT_EQ(run({"./no-such-program"}).status, 127);
}

TEST(Process, TakesEnvironmentAndAFullDisk) {
    EXPECT_EQ(run({"sh", "-c", "echo $HOME"}, {.environment = {"HOME=there"}}).out, "there\n");
    TempDir folder;
    auto const done = run({"sh", "-c", "printf abcdefghij >x; printf abcdefghij >>x || exit 9"},
                          {.file_bytes_limit = 12, .folder = folder.path().string()});
    EXPECT_EQ(done.status, 9);
}

TEST(FreePorts, AreNotGivenTwice) {
    FreePorts one, other;
    EXPECT_GE(std::abs(one.base() - other.base()), 16);
    EXPECT_EQ(one.daemon(), "127.0.0.1:" + std::to_string(one.base()));
}

TEST(LongRun, IsATenthAndNeverNothing) {
    unsetenv("WASHUP_LONG");
    EXPECT_EQ(long_count(100), 10u);
    EXPECT_EQ(long_count(1), 1u);
    setenv("WASHUP_LONG", "1", 1);
    EXPECT_EQ(long_count(100), 100u);
    unsetenv("WASHUP_LONG");
}

}  // namespace
}  // namespace washup::test_support
