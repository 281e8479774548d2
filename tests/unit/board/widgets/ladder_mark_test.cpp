#include "board/widgets/ladder_mark.hpp"

#include <gtest/gtest.h>

#include "tests/support/board_models.hpp"

namespace washup::board {
namespace {

LadderMark mark_of(std::uint32_t ideal, std::uint32_t expected) {
    Model const model = tests::empty_board();
    Stay stay = tests::a_stay("1", "EA", "Ford", "C1");
    tests::set_outcomes(stay, ideal, expected);
    return ladder_mark(model, stay);
}

TEST(LadderMark, KnowsItsStepsAndWhereTheBandsBegin) {
    LadderMark const mark = mark_of(1, 8);
    EXPECT_EQ(mark.steps, 9u);
    EXPECT_EQ(mark.band_starts, (std::vector<std::uint32_t>{6, 8}));
}

TEST(LadderMark, PutsTheStepsEvenlyAndTheBandsBetweenThem) {
    LadderGeometry const g = place_ladder(mark_of(1, 8), 100, 80);
    ASSERT_EQ(g.steps.size(), 9u);
    EXPECT_FLOAT_EQ(g.steps.front(), 100);
    EXPECT_FLOAT_EQ(g.steps.back(), 180);
    EXPECT_FLOAT_EQ(g.steps[4], 140);
    EXPECT_EQ(g.edges, (std::vector<float>{145, 165}));
}

TEST(LadderMark, DrawsTheGapFromIdealToExpected) {
    LadderGeometry const g = place_ladder(mark_of(2, 6), 0, 80);
    EXPECT_FLOAT_EQ(*g.ring, 10);
    EXPECT_FLOAT_EQ(*g.dot, 50);
    ASSERT_TRUE(g.bar.has_value());
    EXPECT_FLOAT_EQ(g.bar->first, 10);
    EXPECT_FLOAT_EQ(g.bar->second, 50);
    EXPECT_FALSE(g.on_track);
}

TEST(LadderMark, HasNoBarOnTrackOrBetter) {
    LadderGeometry const same = place_ladder(mark_of(3, 3), 0, 80);
    EXPECT_TRUE(same.on_track);
    EXPECT_TRUE(same.together);
    EXPECT_FALSE(same.bar.has_value());
    LadderGeometry const better = place_ladder(mark_of(5, 2), 0, 80);
    EXPECT_TRUE(better.on_track);
    EXPECT_FALSE(better.together);
    EXPECT_FALSE(better.bar.has_value());
}

TEST(LadderMark, HasNoRingWhenTheIdealIsUnknownAndNoDotWhenTheExpectedIs) {
    EXPECT_FALSE(place_ladder(mark_of(0, 8), 0, 80).ring.has_value());
    EXPECT_TRUE(place_ladder(mark_of(0, 8), 0, 80).dot.has_value());
    EXPECT_FALSE(place_ladder(mark_of(2, 0), 0, 80).dot.has_value());
    EXPECT_FALSE(place_ladder(mark_of(0, 0), 0, 80).bar.has_value());
}

TEST(LadderMark, ShowsHowFarAnOutcomeKnownToItsBandMayReach) {
    Model const model = tests::empty_board();
    Stay stay = tests::a_stay("1", "EA", "Ford", "C1");
    tests::set_outcomes(stay, 5, 8);
    stay.ideal_outcome = tests::known("home");  // the nearest step of the band is 5
    stay.expected_outcome = tests::known("long_bed");
    stay.gap.at_least = true;
    LadderMark const mark = ladder_mark(model, stay);
    EXPECT_EQ(mark.ideal_as_far_as, 1u);
    EXPECT_EQ(mark.expected_as_far_as, 9u);
    LadderGeometry const g = place_ladder(mark, 0, 80);
    ASSERT_EQ(g.open.size(), 2u);
    EXPECT_EQ(g.open[0], (std::pair<float, float>{0, 40}));
    EXPECT_EQ(g.open[1], (std::pair<float, float>{70, 80}));
}

TEST(LadderMark, IsTheBareRailOffTheLadderAndNothingWithoutOne) {
    Model const model = tests::empty_board();
    Stay stay = tests::a_stay("1", "EA", "Ford", "C1");
    stay.gap.off_ladder = true;
    LadderGeometry const g = place_ladder(ladder_mark(model, stay), 0, 80);
    EXPECT_FALSE(g.ring || g.dot || g.bar);
    EXPECT_EQ(g.steps.size(), 9u);
    EXPECT_TRUE(place_ladder(ladder_mark(Model{}, stay), 0, 80).steps.empty());
}

}  // namespace
}  // namespace washup::board
