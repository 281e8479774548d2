#include "proto/base/capitals.hpp"

#include <gtest/gtest.h>

namespace washup {
namespace {

TEST(Capitals, AreEachLettersOwn) {
    EXPECT_EQ(capitals("O'Brien-Smith"), "O'BRIEN-SMITH");
    EXPECT_EQ(capitals("S\u00e1nchez"), "S\u00c1NCHEZ");
    EXPECT_EQ(capitals("\u0141ukasiewicz \u017d\u00ffk"), "\u0141UKASIEWICZ \u017d\u0178K");
    EXPECT_EQ(capitals("\u0161\u0107"), "\u0160\u0106");
    EXPECT_EQ(capitals(""), "");
}

TEST(Capitals, LeaveWhatHasNone) {
    EXPECT_EQ(capitals("Gro\u00df 7"), "GRO\u00df 7");
    EXPECT_EQ(capitals("\u5c71"), "\u5c71");
}

TEST(Capitals, LeaveOctetsThatAreNoUtf8) {
    EXPECT_EQ(capitals("a\xE9z"), "A\xE9Z");
    EXPECT_EQ(capitals("a\xC3"), "A\xC3");
}

}  // namespace
}  // namespace washup
