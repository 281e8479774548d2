#include "proto/base/prng.hpp"

#include <gtest/gtest.h>

#include <array>
#include <cstdint>
#include <limits>

namespace washup {
namespace {

// splitmix64's published sequences: a seed in a bug report must mean the same for ever.
TEST(Prng, GivesTheKnownSequenceOfSeedZero) {
    Prng chance{0};
    EXPECT_EQ(chance.next(), 0xE220A8397B1DCDAFull);
    EXPECT_EQ(chance.next(), 0x6E789E6AA1B965F4ull);
    EXPECT_EQ(chance.next(), 0x06C45D188009454Full);
    EXPECT_EQ(chance.next(), 0xF88BB8A8724C81ECull);
    EXPECT_EQ(chance.next(), 0x1B39896A51A8749Bull);
}

TEST(Prng, GivesTheKnownSequenceOfAnotherSeed) {
    Prng chance{1234567};
    EXPECT_EQ(chance.next(), 6457827717110365317ull);
    EXPECT_EQ(chance.next(), 3203168211198807973ull);
    EXPECT_EQ(chance.next(), 9817491932198370423ull);
}

TEST(Prng, StaysBelowItsBoundAndReachesEveryNumber) {
    Prng chance{1};
    std::array<int, 6> seen{};
    for (int i = 0; i < 600; ++i) ++seen.at(chance.below(6));
    for (auto const count : seen) EXPECT_GT(count, 50);
}

TEST(Prng, GivesZeroForABoundOfZero) {
    Prng chance{1};
    EXPECT_EQ(chance.below(0), 0u);
    EXPECT_EQ(chance.below(1), 0u);
}

TEST(Prng, IncludesBothEndsOfARange) {
    Prng chance{2};
    bool low = false, high = false;
    for (int i = 0; i < 200; ++i) {
        auto const value = chance.between(-2, 2);
        ASSERT_GE(value, -2);
        ASSERT_LE(value, 2);
        low = low || value == -2;
        high = high || value == 2;
    }
    EXPECT_TRUE(low);
    EXPECT_TRUE(high);
    EXPECT_EQ(chance.between(5, 5), 5);
}

// Found by UBSan: high - low + 1 as a signed number overflows for a range of more than half.
TEST(Prng, TakesTheWidestRange) {
    auto const least = std::numeric_limits<std::int64_t>::min();
    auto const most = std::numeric_limits<std::int64_t>::max();
    Prng chance{3};
    bool negative = false, positive = false;
    for (int i = 0; i < 64; ++i) {
        auto const value = chance.between(least, most);
        negative = negative || value < 0;
        positive = positive || value > 0;
    }
    EXPECT_TRUE(negative);
    EXPECT_TRUE(positive);
}

TEST(Prng, ChanceIsNeverAtZeroAndAlwaysAtAThousand) {
    Prng chance{4};
    for (int i = 0; i < 1000; ++i) {
        ASSERT_FALSE(chance.chance(0));
        ASSERT_TRUE(chance.chance(1000));
    }
}

}  // namespace
}  // namespace washup
