#include "proto/base/fold.hpp"

#include <gtest/gtest.h>

#include <string>

namespace washup {
namespace {

TEST(Fold, TakesDashesBlanksCapitalsQuotesAndAccentsAway) {
    EXPECT_EQ(fold("Capacity \u2013 Equipment"), "capacity equipment");
    EXPECT_EQ(fold("Capacity\u2013Equipment"), "capacity equipment");
    EXPECT_EQ(fold("  Home\u2011based\t\tcare \n"), "home based care");
    EXPECT_EQ(fold("night_sitting"), "night sitting");
    EXPECT_EQ(fold("Patient /family / carer"), "patient/family/carer");
    EXPECT_EQ(fold("Patient\u2019s \u201Cplan\u201D"), "patient's \"plan\"");
    EXPECT_EQ(fold("Caf\u00E9 CAFE\u0301"), "cafe cafe");
    EXPECT_EQ(fold("T&O & A&E"), "t and o and a and e");
    EXPECT_EQ(fold("\uFF28\uFF30\uFF11"), "hp1");
    EXPECT_EQ(fold("a\uFF3Fb\uFF06c\uFF0D\uFF0Fd"), "a b and c/d");
    EXPECT_EQ(fold("a/&b"), "a/and b");
    EXPECT_EQ(fold(""), "");
    EXPECT_EQ(fold(" \u2013 "), "");
}

TEST(Fold, FoldsEveryDashAndBlankOfUnicodeTheSame) {
    for (auto const* dash :
         {"-", "\u2010", "\u2011", "\u2012", "\u2013", "\u2014", "\u2015", "\u2212"})
        EXPECT_EQ(fold(std::string("a") + dash + "b"), "a b") << dash;
    for (auto const* blank :
         {" ", "\u00A0", "\u202F", "\u2007", "\u2009", "\u3000", "\t", "\u2003"})
        EXPECT_EQ(fold(std::string("a") + blank + "b"), "a b") << blank;
    for (auto const* nothing : {"\u200B", "\uFEFF", "\u00AD", "\u2060"})
        EXPECT_EQ(fold(std::string("a") + nothing + "b"), "ab");
}

TEST(Fold, ReadsOctetsThatAreNoUtf8AsWindows1252) {
    EXPECT_EQ(fold("Capacity \x96 Equipment"), "capacity equipment");
    EXPECT_EQ(fold("Capacity\xA0\x96 Equipment"), "capacity equipment");
    EXPECT_EQ(fold("Patient\x92s"), "patient's");
    EXPECT_EQ(fold("caf\xE9"), "cafe");
    EXPECT_EQ(fold("cut \xE2\x80"), "cut a\u20AC");  // a cut-off sequence is octets, too
    EXPECT_EQ(fold("\x8Cuvre"), "oeuvre");
}

TEST(Fold, TakesCompatibilityFormsOfAnyScript) {
    EXPECT_EQ(fold("\uFB01tness, \u2163 \u00BD"), "fitness, iv 1/2");
    EXPECT_EQ(fold("STRASSE stra\u00DFe"), "strasse strasse");
    EXPECT_EQ(fold("\u00C6sop \u00D8rsted \u0141\u00F3d\u017A"), "aesop orsted lodz");
    EXPECT_EQ(fold("\u0391\u0398\u0397\u039D\u0391"), fold("\u03B1\u03B8\u03B7\u03BD\u03B1"));
    EXPECT_EQ(fold("e\u0301\u00E9"), "ee");
}

TEST(Fold, TwiceIsOnceForAnyOctets) {
    std::string octets;
    for (int i = 1; i < 256; ++i) octets += static_cast<char>(i);
    for (auto const& text : {octets, std::string("a &b_\u00B4\uFF40\u2033 /\u2044 c\0d", 20)}) {
        auto const once = fold(text);
        EXPECT_EQ(fold(once), once);
    }
}

}  // namespace
}  // namespace washup
