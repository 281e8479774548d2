// A real window on a screen in memory: it draws, it goes on drawing, it says when the daemon is
// gone.
#include <gtest/gtest.h>
#include <signal.h>

#include <fstream>

#include "tests/support/sanitized.hpp"
#include "tests/support/town/adt.hpp"
#include "tests/support/town/screen.hpp"
#include "tests/support/town/town.hpp"

namespace washup::integration {
namespace {

using test_support::eventually;
using test_support::rest;

// Of a whole wall, drawn without a GPU (reliability-ux C-6).
constexpr long window_rss_max_kb = 150 * 1024;

// What a program holds in memory, shared libraries and all.
long rss_kb(pid_t id) {
    std::ifstream status("/proc/" + std::to_string(id) + "/status");
    for (std::string line; std::getline(status, line);) {
        if (line.starts_with("VmRSS:")) return std::stol(line.substr(6));
    }
    return -1;
}

class Window : public testing::Test {
  protected:
    void SetUp() override {
        if (!built("washup-board")) GTEST_SKIP() << "built without the board";
        ASSERT_TRUE(screen.up()) << screen.server().err();
        ASSERT_TRUE(town.start_daemon()) << town.daemon().err();
        std::vector<std::string> files;
        for (int person = 1; person <= 6; ++person) {
            auto const id = "B" + std::to_string(person);
            files.push_back(
                town.folder().write(id + ".hl7", text_of({.control_id = id, .person = person})));
        }
        ASSERT_EQ(test_support::run(town.hl7_file(files)).status, 0);
        // The display's drivers leak, and are unloaded before a leak could be given their name.
        std::vector<std::string> const environment{screen.environment(), "LIBGL_ALWAYS_SOFTWARE=1",
                                                   "ASAN_OPTIONS=detect_leaks=0"};
        board = std::make_unique<Process>(
            std::vector<std::string>{program("washup-board"), "--daemon", town.address(), "--size",
                                     "1920x1080"},
            ProcessOptions{.environment = environment});
        auto const drawn = [&] {
            return !board->running() || permille_of_one_colour(screen.pixels()) < 990;
        };
        ASSERT_TRUE(eventually(drawn, seconds(60))) << board->err();
        ASSERT_TRUE(board->running()) << board->err();
    }
    Screen screen{1920, 1080};
    Town town;
    std::unique_ptr<Process> board;
};

TEST_F(Window, IsDrawnAndGoesOnBeingDrawn) {
    EXPECT_GT(colours(screen.pixels()), 20u);
    auto const before = screen.pixels();
    auto const changed = [&] { return different(screen.pixels(), before) > 0; };
    EXPECT_TRUE(eventually(changed, seconds(5))) << "the clock's seconds stand still";
    EXPECT_TRUE(board->running()) << board->err();
    EXPECT_GT(rss_kb(board->id()), 0);
    if (!test_support::sanitized()) EXPECT_LT(rss_kb(board->id()), window_rss_max_kb);
    board->send_signal(SIGTERM);
    EXPECT_EQ(board->wait(seconds(20)), 0) << board->err();
}

TEST_F(Window, IsMarkedAndNotBlankedWhenTheDaemonIsGone) {
    town.kill_daemon();
    rest(seconds(5));
    EXPECT_TRUE(board->running()) << board->err();
    EXPECT_LT(permille_of_one_colour(screen.pixels()), 990u);
    auto const before = screen.pixels();
    auto const changed = [&] { return different(screen.pixels(), before) > 0; };
    EXPECT_TRUE(eventually(changed, seconds(5))) << "a frozen picture";
    ASSERT_TRUE(town.start_daemon()) << town.daemon().err();
    rest(seconds(3));
    EXPECT_TRUE(board->running()) << board->err();
}

// The same page without a screen: for a report, and for those who have no display.
TEST(Snapshot, IsAPictureWithoutADisplay) {
    if (!built("washup-board")) GTEST_SKIP() << "built without the board";
    Town town;
    ASSERT_TRUE(town.start_daemon()) << town.daemon().err();
    auto const picture = town.folder().file("board.png");
    auto const done = test_support::run({program("washup-board"), "--daemon", town.address(),
                                         "--snapshot", picture, "--size", "640x360"},
                                        {.environment = {"DISPLAY="}});
    ASSERT_EQ(done.status, 0) << done.err;
    auto const png = test_support::read_file(picture);
    EXPECT_EQ(png.substr(1, 3), "PNG");
    EXPECT_GT(png.size(), 2000u);
}

}  // namespace
}  // namespace washup::integration
