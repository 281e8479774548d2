#include "board/app/options.hpp"

#include <gtest/gtest.h>

namespace washup::board {
namespace {

Parsed parse(std::vector<char const*> words) {
    words.insert(words.begin(), "washup-board");
    testing::internal::CaptureStderr();
    testing::internal::CaptureStdout();
    Parsed parsed = parse_options(static_cast<int>(words.size()), words.data());
    testing::internal::GetCapturedStdout();
    testing::internal::GetCapturedStderr();
    return parsed;
}

TEST(BoardOptions, FollowTheWallsTierOfThisMachineByDefault) {
    Parsed const parsed = parse({});
    ASSERT_TRUE(parsed.options.has_value());
    EXPECT_EQ(parsed.options->tier, 1);
    EXPECT_EQ(parsed.options->daemon.port, 7700);
    EXPECT_EQ(parsed.options->pages.size(), 2u);
}

TEST(BoardOptions, TakeAPictureOfOnePage) {
    Parsed const parsed = parse({"--daemon", "127.0.0.1:8800", "--snapshot", "out.png", "--size",
                                 "1280x720", "--page", "flow"});
    ASSERT_TRUE(parsed.options.has_value());
    EXPECT_EQ(parsed.options->daemon.port, 8800);
    EXPECT_EQ(parsed.options->panel.width_px, 1280);
    EXPECT_EQ(parsed.options->pages, std::vector<PageId>{PageId::flow});
}

TEST(BoardOptions, RefuseWhatCannotBe) {
    for (std::vector<char const*> words :
         std::vector<std::vector<char const*>>{{"--tier", "2"},
                                               {"--tier", "3", "--daemon", "ward-pc:7700"},
                                               {"--size", "1920"},
                                               {"--size", "1920x1080x2"},
                                               {"--size", "99999x1080"},
                                               {"--page", "nothing"},
                                               {"--snapshot-every", "5"},
                                               {"--everyone"},
                                               {"--panel-inches", "0"},
                                               {"--unheard-of"}}) {
        Parsed const parsed = parse(words);
        EXPECT_FALSE(parsed.options.has_value()) << words[0] << " " << words.back();
        EXPECT_EQ(parsed.exit_code, exit_usage);
    }
}

TEST(BoardOptions, LeaveWellAfterHelp) {
    Parsed const parsed = parse({"--help"});
    EXPECT_FALSE(parsed.options.has_value());
    EXPECT_EQ(parsed.exit_code, exit_ok);
}

}  // namespace
}  // namespace washup::board
