#include "daemon/shell/doors.hpp"

#include <gtest/gtest.h>

#include "tests/support/log_sink.hpp"

namespace washup::shell {
namespace {

TEST(TurnedAway, AreCountedAndToldOnceASecondByDoorAndReason) {
    test_support::CapturedLog log;
    TurnedAway away;
    for (int i = 0; i < 1000; ++i) away.note("control", "unknown_key");
    away.note("tier_1", "wrong_role", "ward");
    EXPECT_TRUE(log.lines().empty()) << "a flood writes no line of its own";
    away.tell();
    ASSERT_EQ(log.lines().size(), 2u);
    EXPECT_TRUE(log.contains("door=control why=unknown_key key=\"\" new=1000 count=1000"));
    EXPECT_TRUE(log.contains("door=tier_1 why=wrong_role key=ward new=1 count=1"));
    EXPECT_EQ(away.count(), 1001u);
    away.tell();
    EXPECT_EQ(log.lines().size(), 2u) << "nobody new, nothing to say";
    away.note("control", "unknown_key");
    away.tell();
    EXPECT_TRUE(log.contains("new=1 count=1001"));
}

TEST(Doors, HaveAKeyOfTheirOwnExactlyWhenKeysAreListed) {
    boost::asio::io_context io;
    config::KeyEntry desk{"desk", link::make_key_pair().public_key, config::Role::operator_};
    EXPECT_DEATH((Doors{io, access::KeyRing{{desk}}, std::nullopt}), "need one of our own");
    EXPECT_DEATH((Doors{io, access::KeyRing{{}}, link::make_key_pair()}), "need one of our own");
    Doors const open{io, access::KeyRing{{}}, std::nullopt};
    EXPECT_EQ(open.public_key(), "");
}

}  // namespace
}  // namespace washup::shell
