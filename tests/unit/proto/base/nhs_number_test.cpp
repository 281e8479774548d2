#include "proto/base/nhs_number.hpp"

#include <gtest/gtest.h>

#include <string>

namespace washup {
namespace {

// The worked values of the identity rules (all of them published examples, nobody's number).
TEST(NhsNumber, AgreesWithTheWorkedValues) {
    EXPECT_TRUE(valid_nhs_number("9434765919"));
    EXPECT_FALSE(valid_nhs_number("9434765918"));
    EXPECT_TRUE(valid_nhs_number("4505577104"));
    EXPECT_TRUE(valid_nhs_number("9876543210"));
    EXPECT_TRUE(valid_nhs_number("0123456789"));
    EXPECT_FALSE(valid_nhs_number("1234567890"));
}

// All ten of them pass modulus 11, so the arithmetic alone would let them through.
TEST(NhsNumber, RefusesOneDigitTenTimes) {
    for (char digit = '0'; digit <= '9'; ++digit) {
        EXPECT_FALSE(valid_nhs_number(std::string(10, digit))) << digit;
    }
}

TEST(NhsNumber, RefusesWhatIsNotTenDigits) {
    EXPECT_FALSE(valid_nhs_number(""));
    EXPECT_FALSE(valid_nhs_number("943476591"));
    EXPECT_FALSE(valid_nhs_number("94347659190"));
    EXPECT_FALSE(valid_nhs_number("943476591X"));
    EXPECT_FALSE(valid_nhs_number("943 476 5919"));
}

TEST(NhsNumber, HasNoCheckDigitForAStemThatLeavesTen) {
    for (char last = '0'; last <= '9'; ++last) {
        EXPECT_FALSE(valid_nhs_number(std::string{"999000000"} + last)) << last;
    }
}

TEST(NhsNumber, AcceptsExactlyOneCheckDigitOtherwise) {
    int valid = 0;
    for (char last = '0'; last <= '9'; ++last)
        valid += valid_nhs_number(std::string{"999000001"} + last);
    EXPECT_EQ(valid, 1);
    EXPECT_TRUE(valid_nhs_number("9990000018"));
}

TEST(NhsNumber, FindsATransposition) {
    EXPECT_TRUE(valid_nhs_number("9434765919"));
    EXPECT_FALSE(valid_nhs_number("4934765919"));
    EXPECT_FALSE(valid_nhs_number("9437465919"));
}

TEST(NhsNumberDigits, IgnoresBlanksAndHyphens) {
    EXPECT_EQ(nhs_number_digits("943 476 5919"), "9434765919");
    EXPECT_EQ(nhs_number_digits("943-476-5919"), "9434765919");
    EXPECT_EQ(nhs_number_digits(" 9434765919 "), "9434765919");
}

TEST(NhsNumberDigits, IsEmptyForAnythingElse) {
    EXPECT_EQ(nhs_number_digits("943476591"), "");
    EXPECT_EQ(nhs_number_digits("94347659199"), "");
    EXPECT_EQ(nhs_number_digits("943.476.5919"), "");
    EXPECT_EQ(nhs_number_digits("unknown"), "");
    EXPECT_EQ(nhs_number_digits(""), "");
}

}  // namespace
}  // namespace washup
