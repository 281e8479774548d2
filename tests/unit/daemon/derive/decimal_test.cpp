#include "daemon/derive/decimal.hpp"

#include <gtest/gtest.h>

namespace washup::derive {
namespace {

TEST(Decimal, RoundsHalfAwayFromNoughtAndExactly) {
    EXPECT_EQ(ratio(1, 8, 2), "0.13");
    EXPECT_EQ(ratio(-1, 8, 2), "-0.13");
    EXPECT_EQ(ratio(-1, 1000, 2), "0.00");
    EXPECT_EQ(ratio(7, 2, 0), "4");
    EXPECT_EQ(percent(2, 3), "66.7");
    EXPECT_EQ(percent(3, 3), "100.0");
}

TEST(Decimal, WhatCannotBeToldIsEmptyAndNotNought) {
    EXPECT_EQ(ratio(0, 0, 1), "");
    EXPECT_EQ(ratio(0, 5, 1), "0.0");
}

TEST(Decimal, OfAFloatingNumberIsNeverMinusNought) {
    EXPECT_EQ(decimal(-0.004, 2), "0.00");
    EXPECT_EQ(decimal(2.345678, 3), "2.346");
}

}  // namespace
}  // namespace washup::derive
