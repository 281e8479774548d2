#include "daemon/shell/reader_thread.hpp"

#include <gtest/gtest.h>

namespace washup::shell {
namespace {

using std::chrono::milliseconds;

TEST(ReaderThread, RestsThreeTimesAsLongAsItWorkedAndNeverAboveItsBound) {
    EXPECT_EQ(rest_after(milliseconds(0)), milliseconds(0));
    EXPECT_EQ(rest_after(milliseconds(10)), milliseconds(30));
    EXPECT_EQ(rest_after(milliseconds(500)), milliseconds(reader_rest_max.ms));
}

}  // namespace
}  // namespace washup::shell
