#include "tests/support/core/house.hpp"

#include <gtest/gtest.h>

namespace washup::test_support {
namespace {

using namespace core;

TEST(House, HoldsWhatTheBuildersTell) {
    House house;
    house.holds(a_stay(1)
                    .visit("V1")
                    .ward("FORD", "A1")
                    .admitted("2026-11-01 10:00")
                    .ready("2026-11-09")
                    .blocker(7, "CP4")
                    .events());
    auto const* const stay = house.state().stay(StayId{1});
    ASSERT_NE(stay, nullptr);
    ASSERT_NE(stay->history(Field::location), nullptr);
    EXPECT_NE(stay->blocker(BlockerId{7}), nullptr);
    EXPECT_TRUE(house.changes().stays.contains(StayId{1}));
}

TEST(House, DecidesWhatASourceSays) {
    House house;
    auto const outcome =
        house.see(seen("V1").admit().local_number("L1").ward("FORD").observation());
    EXPECT_EQ(outcome.code, "accepted");
    EXPECT_EQ(house.state().stay_by_key.count(key_of(test_authority, "V1")), 1u);
}

TEST(House, ReplaysToTheSameFingerprint) {
    House house;
    house.see(seen("V1").admit().local_number("L1").ward("FORD").observation());
    house.see(seen("V2").admit().local_number("L2").ward("DEAL").observation());
    house.at("2026-11-04 09:00");
    EXPECT_EQ(house.state().today, day("2026-11-04"));
    EXPECT_EQ(fingerprint(replayed(house.journal())), fingerprint(house.state()));
    auto shorter = house.journal();
    shorter.pop_back();
    EXPECT_NE(fingerprint(replayed(shorter)), fingerprint(house.state()));
}

}  // namespace
}  // namespace washup::test_support
