#include "proto/link/address.hpp"

#include <gtest/gtest.h>

namespace washup::link {
namespace {

TEST(Address, IsReadInEveryShapePeopleWrite) {
    auto const is = [](std::string_view text, std::string const& host, int port) {
        auto const address = parse_address(text);
        ASSERT_TRUE(address) << text;
        EXPECT_EQ(address->host, host) << text;
        EXPECT_EQ(address->port, port) << text;
    };
    is("ward-pc:7800", "ward-pc", 7800);
    is("127.0.0.1:1", "127.0.0.1", 1);
    is(":7800", "127.0.0.1", 7800);
    is("7800", "127.0.0.1", 7800);
    is("ward-pc", "ward-pc", 7700);
}

TEST(Address, RefusesWhatIsNone) {
    for (auto const* bad : {"", "a:", "a:b", "a:0", "a:65536", "a:-1", "a:77x", "99999999999"}) {
        EXPECT_FALSE(parse_address(bad)) << bad;
    }
}

TEST(Ports, AreCountedFromTheBase) {
    EXPECT_EQ(control_port(7700), 7701u);
    EXPECT_EQ(feed_port(7700, 0), 7710u);
    EXPECT_EQ(feed_port(7700, 1), 7711u);
    EXPECT_EQ(feed_port(7700, 3), 7702u);
    EXPECT_EQ(tcp_endpoint("h", 5), "tcp://h:5");
}

}  // namespace
}  // namespace washup::link
