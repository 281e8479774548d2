#include "proto/base/strong_id.hpp"

#include <gtest/gtest.h>

#include <type_traits>

namespace washup {
namespace {

using WardId = StrongId<struct WardTag>;
using BedId = StrongId<struct BedTag>;

TEST(StrongId, IsNoneUntilItIsGiven) {
    EXPECT_FALSE(WardId{});
    EXPECT_EQ(WardId{}.value(), 0u);
    EXPECT_TRUE(WardId{1});
}

TEST(StrongId, ComparesByItsNumber) {
    EXPECT_EQ(WardId{4}, WardId{4});
    EXPECT_NE(WardId{4}, WardId{5});
    EXPECT_LT(WardId{4}, WardId{5});
}

TEST(StrongId, IsNeverAnotherKindNorAPlainNumber) {
    static_assert(!std::is_convertible_v<WardId, BedId>);
    static_assert(!std::is_constructible_v<WardId, BedId>);
    static_assert(!std::is_convertible_v<std::uint64_t, WardId>);
    static_assert(!std::is_convertible_v<WardId, std::uint64_t>);
    static_assert(!std::is_convertible_v<WardId, bool>);
    SUCCEED();
}

}  // namespace
}  // namespace washup
