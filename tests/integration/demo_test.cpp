// The first of the two commands of the README. It takes minutes, so it runs with the full counts
// only.
#include <gtest/gtest.h>

#include <filesystem>
#include <string>
#include <vector>

#include "tests/support/long_run.hpp"
#include "tests/support/town/town.hpp"

namespace washup::integration {
namespace {

// Programs of ours that run in this folder, as the demo's do; others on the machine may be
// anybody's.
std::vector<std::string> programs_of(std::filesystem::path const& folder) {
    std::vector<std::string> found;
    std::error_code none;
    for (auto const& entry : std::filesystem::directory_iterator("/proc", none)) {
        auto const where = std::filesystem::read_symlink(entry.path() / "cwd", none);
        if (none || !std::filesystem::equivalent(where, folder, none) || none) continue;
        auto const program = std::filesystem::read_symlink(entry.path() / "exe", none).filename();
        if (program.string().starts_with("washup")) found.push_back(program.string());
    }
    return found;
}

TEST(Demo, RunsAMinuteWithoutADisplayAndLeavesNothingBehind) {
    if (!test_support::long_run()) GTEST_SKIP() << "runs with tests/run --long";
    test_support::FreePorts ports;
    test_support::TempDir folder;
    auto const done = test_support::run(
        {source_file("config/demo"), "--minutes", "1"},
        {.environment = {"DISPLAY="}, .folder = folder.path().string()}, minutes(30));
    EXPECT_EQ(done.status, 0) << done.err;
    EXPECT_FALSE(done.out.empty());
    EXPECT_EQ(programs_of(source_file(".")), std::vector<std::string>{});
}

}  // namespace
}  // namespace washup::integration
