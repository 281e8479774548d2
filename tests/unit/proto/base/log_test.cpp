#include "proto/base/log.hpp"

#include <gtest/gtest.h>

#include <string>

#include "tests/support/log_sink.hpp"

namespace washup {
namespace {

using test_support::CapturedLog;

TEST(Log, WritesOneLineOfKeysAndValues) {
    CapturedLog log;
    log_info("journal_opened", "records", 12, "path", "a.db");
    ASSERT_EQ(log.lines().size(), 1u);
    EXPECT_EQ(log.lines()[0].text, "level=info event=journal_opened records=12 path=a.db");
    EXPECT_EQ(log.lines()[0].level, LogLevel::info);
}

TEST(Log, QuotesWhatWouldBreakTheLine) {
    CapturedLog log;
    log_warn("x", "words", "two words");
    log_warn("x", "words", "");
    log_warn("x", "words", "a=b");
    log_warn("x", "words", R"(say "no" to \)");
    ASSERT_EQ(log.lines().size(), 4u);
    EXPECT_EQ(log.lines()[0].text, R"(level=warn event=x words="two words")");
    EXPECT_EQ(log.lines()[1].text, R"(level=warn event=x words="")");
    EXPECT_EQ(log.lines()[2].text, R"(level=warn event=x words="a=b")");
    EXPECT_EQ(log.lines()[3].text, R"(level=warn event=x words="say \"no\" to \\")");
}

// What a stranger sends must not be able to forge a line or drive a terminal.
TEST(Log, KeepsControlCharactersOut) {
    CapturedLog log;
    log_error("x", "words", "one\nlevel=info event=forged\r\t\x1b[2J\x7f");
    ASSERT_EQ(log.lines().size(), 1u);
    auto const text = log.lines()[0].text;
    for (char const c : text) {
        EXPECT_GE(static_cast<unsigned char>(c), 0x20) << text;
        EXPECT_NE(c, '\x7f');
    }
    EXPECT_EQ(text, R"(level=error event=x words="one level=info event=forged   [2J ")");
}

TEST(Log, IsQuietBelowItsLevel) {
    CapturedLog log;
    set_log_level(LogLevel::warn);
    log_info("quiet");
    log_debug("quiet");
    log_warn("loud");
    set_log_level(LogLevel::info);
    log_debug("quiet");
    log_info("loud");
    ASSERT_EQ(log.lines().size(), 2u);
    EXPECT_EQ(log.lines()[0].text, "level=warn event=loud");
}

}  // namespace
}  // namespace washup
