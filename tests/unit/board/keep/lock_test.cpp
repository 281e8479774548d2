// A sheet that opens with its file and a passphrase, and in no other way.

#include "board/keep/lock.hpp"

#include <gtest/gtest.h>
#include <sodium.h>

namespace washup::board::keep {
namespace {

constexpr std::string_view words = "four words on a card";
Effort quick() {
    return {crypto_pwhash_OPSLIMIT_MIN, crypto_pwhash_MEMLIMIT_MIN};
}
std::string lock() {
    auto made = make_lock(words, quick());
    EXPECT_TRUE(made);
    return made ? *made : std::string{};
}
Sheet page(std::string html = "<p>SPECIMEN</p>") {
    return {Instant{1'000}, std::move(html)};
}
ErrorCode fault(std::string const& file, std::string_view passphrase) {
    auto const opened = open_sheet(file, passphrase);
    EXPECT_FALSE(opened);
    return opened ? ErrorCode::io : opened.error().code;
}

TEST(Lock, OpensWithThePassphraseAlone) {
    auto const file = seal_sheet(page(), lock());
    ASSERT_TRUE(file);
    EXPECT_EQ(file->find("SPECIMEN"), std::string::npos);
    auto const opened = open_sheet(*file, words);
    ASSERT_TRUE(opened);
    EXPECT_EQ(opened->html, "<p>SPECIMEN</p>");
    EXPECT_EQ(opened->written, Instant{1'000});
    EXPECT_EQ(fault(*file, "four words on a cart"), ErrorCode::refused);
    EXPECT_EQ(fault(*file, ""), ErrorCode::refused);
}

TEST(Lock, SealsTheSamePageAnotherWayEachTime) {
    auto const one = lock();
    EXPECT_NE(*seal_sheet(page(), one), *seal_sheet(page(), one));
}

TEST(Lock, SeesEveryOctetThatWasChangedOrLost) {
    auto const file = seal_sheet(page(), lock());
    ASSERT_TRUE(file);
    for (std::size_t i = 0; i < file->size(); ++i) {
        // More work or memory than before is asked for with these; the fault shows all the same.
        auto torn = *file;
        torn[i] = static_cast<char>(torn[i] ^ 1);
        EXPECT_FALSE(open_sheet(torn, words)) << i;
    }
    EXPECT_EQ(fault(file->substr(0, file->size() - 1), words), ErrorCode::invalid);
    EXPECT_EQ(fault(*file + "x", words), ErrorCode::invalid);
    EXPECT_EQ(fault("", words), ErrorCode::invalid);
}

TEST(Lock, TakesPassphrasesFromPassphraseCharsMinToPassphraseCharsMax) {
    auto const made = [](std::size_t count) {
        return make_lock(std::string(count, 'x'), quick()).has_value();
    };
    EXPECT_FALSE(made(passphrase_chars_min - 1));
    EXPECT_TRUE(made(passphrase_chars_min));
    EXPECT_TRUE(made(passphrase_chars_max));
    EXPECT_FALSE(made(passphrase_chars_max + 1));
}

TEST(Lock, TakesPagesUpToSheetBytesMax) {
    auto const one = lock();
    EXPECT_TRUE(seal_sheet(page(std::string(sheet_bytes_max, 'x')), one));
    EXPECT_FALSE(seal_sheet(page(std::string(sheet_bytes_max + 1, 'x')), one));
}

TEST(Lock, AsksForNoMoreThanUnlockMemoryMax) {
    auto const one = lock();
    auto const with_memory = [&](std::uint64_t memory) {
        auto other = one;
        for (unsigned i = 0; i < 8; ++i)
            other[16 + i] = static_cast<char>(memory >> (8 * i) & 0xFFU);
        return check_lock(other).has_value();
    };
    EXPECT_TRUE(with_memory(unlock_memory_max));
    EXPECT_FALSE(with_memory(unlock_memory_max + 1));
    EXPECT_FALSE(check_lock("WSHUPLK1"));
    EXPECT_FALSE(seal_sheet(page(), "no lock"));
}

}  // namespace
}  // namespace washup::board::keep
