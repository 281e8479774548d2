#include "proto/base/check.hpp"

#include <gtest/gtest.h>

#include "proto/base/result.hpp"

namespace washup {
namespace {

TEST(CheckDeathTest, EndsTheProcessAndNamesThePlace) {
    EXPECT_DEATH(
        WASHUP_CHECK(1 + 1 == 3, "sums must add up"),
        "event=check_failed condition=\"1 \\+ 1 == 3\" why=\"sums must add up\" at=.*check_test");
}

TEST(CheckDeathTest, SaysNothingWhenTheConditionHolds) {
    WASHUP_CHECK(true, "never printed");
    SUCCEED();
}

TEST(ResultDeathTest, TakingTheValueOfAnErrorIsOurMistake) {
    Result<int> const refusal = refused("there is none", "number");
    EXPECT_FALSE(refusal.has_value());
    EXPECT_EQ(refusal.error().field, "number");
    EXPECT_EQ(refusal.error().code, ErrorCode::refused);
    EXPECT_DEATH((void)refusal.value(), "there is none");
}

}  // namespace
}  // namespace washup
