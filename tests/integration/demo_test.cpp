// The first of the two commands of the README. It takes minutes, so it runs with the full counts
// only.
#include <gtest/gtest.h>

#include <filesystem>

#include "tests/support/long_run.hpp"
#include "tests/support/town/town.hpp"

namespace washup::integration {
namespace {

TEST(Demo, RunsAMinuteWithoutADisplayAndLeavesNothingBehind) {
    if (!test_support::long_run()) GTEST_SKIP() << "runs with tests/run --long";
    test_support::FreePorts ports;
    test_support::TempDir folder;
    auto const done = test_support::run(
        {source_file("config/demo"), "--minutes", "1"},
        {.environment = {"DISPLAY="}, .folder = folder.path().string()}, minutes(30));
    EXPECT_EQ(done.status, 0) << done.err;
    EXPECT_FALSE(done.out.empty());
    auto const left = test_support::run({"pgrep", "-x", "washupd"});
    EXPECT_NE(left.status, 0) << "a daemon is still running: " << left.out;
}

}  // namespace
}  // namespace washup::integration
