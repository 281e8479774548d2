#include "proto/base/z85.hpp"

#include <gtest/gtest.h>

namespace washup {
namespace {

// The test vector of ZeroMQ RFC 32.
TEST(Z85, WritesAndReadsTheOctetsOfItsStandard) {
    std::string const octets{"\x86\x4F\xD2\x6F\xB5\x59\xF7\x5B", 8};
    EXPECT_EQ(to_z85(octets), "HelloWorld");
    EXPECT_EQ(from_z85("HelloWorld"), octets);
}

TEST(Z85, RefusesWhatIsNone) {
    EXPECT_FALSE(from_z85("Hello Worl"));  // a blank
    EXPECT_FALSE(from_z85("Hell"));        // four letters
    EXPECT_FALSE(from_z85("#####"));       // more than four octets hold
    EXPECT_TRUE(from_z85(""));
    EXPECT_FALSE(is_key("HelloWorld"));
    EXPECT_FALSE(is_key(std::string(key_letters, '~')));
}

}  // namespace
}  // namespace washup
