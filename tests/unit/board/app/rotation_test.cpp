#include "board/app/rotation.hpp"

#include <gtest/gtest.h>

#include "tests/support/board_models.hpp"

namespace washup::board {
namespace {

using tests::board_now;

class RotationOfTwoPages : public testing::Test {
  protected:
    void tick(std::int64_t ms) {
        now_ms_ += ms;
        rotation_.tick(model_, board_now(), now_ms_);
    }
    void press(Key key) { rotation_.press(key, model_, board_now(), now_ms_); }
    PageId page() const { return rotation_.ui().page; }
    std::size_t sheet() const { return rotation_.ui().wash_up.page; }

    Model model_ = tests::overflow_board();
    Rotation rotation_{{PageId::wash_up, PageId::flow}, {}, sizes_for(Panel{})};
    std::int64_t now_ms_ = 1'000'000;
};

TEST_F(RotationOfTwoPages, ShowsEverySheetThenTheNextPageThenBegins) {
    tick(0);
    EXPECT_EQ(rotation_.sheets_a_round(), 4u);
    for (std::size_t expected : {0u, 1u, 2u}) {
        EXPECT_EQ(page(), PageId::wash_up);
        EXPECT_EQ(sheet(), expected);
        tick(turn_after_ms - 1);
        EXPECT_EQ(sheet(), expected);
        tick(1);
    }
    EXPECT_EQ(page(), PageId::flow);
    tick(turn_after_ms);
    EXPECT_EQ(page(), PageId::wash_up);
    EXPECT_EQ(sheet(), 0u);
}

TEST_F(RotationOfTwoPages, HoldsAtAKeyAndSaysTheSecondsLeft) {
    tick(0);
    press(Key::flow);
    EXPECT_EQ(page(), PageId::flow);
    EXPECT_EQ(rotation_.ui().held_s, 60);
    tick(hold_ms - 1500);
    EXPECT_EQ(rotation_.ui().held_s, 2);
    EXPECT_EQ(page(), PageId::flow);
    tick(1500);
    EXPECT_EQ(rotation_.ui().held_s, 0);
    EXPECT_EQ(page(), PageId::wash_up);
}

TEST_F(RotationOfTwoPages, LetsGoAtTheSameKey) {
    tick(0);
    press(Key::hold);
    EXPECT_EQ(rotation_.ui().held_s, 60);
    press(Key::hold);
    EXPECT_EQ(rotation_.ui().held_s, 0);
}

TEST_F(RotationOfTwoPages, GoesBackAndForthByArrows) {
    tick(0);
    press(Key::next);
    EXPECT_EQ(sheet(), 1u);
    press(Key::previous);
    EXPECT_EQ(sheet(), 0u);
    press(Key::previous);
    EXPECT_EQ(page(), PageId::flow);
    press(Key::previous);
    EXPECT_EQ(page(), PageId::wash_up);
    EXPECT_EQ(sheet(), 2u);
}

TEST_F(RotationOfTwoPages, GoesThroughTheFlowsWindows) {
    tick(0);
    press(Key::window);
    EXPECT_EQ(rotation_.ui().flow.window, "91");
    press(Key::window);
    EXPECT_EQ(rotation_.ui().flow.window, "now");
}

// Names and initials stand in one order, but counts have no rows at all: a list made while nobody
// was signed in is empty, and one of somebody who left is not kept until the next turn.
TEST_F(RotationOfTwoPages, BeginsAnewWhenSomebodySignsInOrLeaves) {
    Model const wall = model_;
    model_.tier = 0;
    model_.stays.clear();
    tick(0);
    EXPECT_EQ(page(), PageId::flow) << "counts have no other page";
    EXPECT_EQ(rotation_.sheets_a_round(), 1u);
    tick(turn_after_ms);
    EXPECT_EQ(page(), PageId::flow);
    model_ = wall;
    model_.tier = 3;
    tick(1000);
    EXPECT_EQ(page(), PageId::wash_up);
    EXPECT_EQ(sheet(), 0u);
    EXPECT_EQ(rotation_.sheets_a_round(), 4u);
    tick(turn_after_ms);
    EXPECT_EQ(sheet(), 1u);
    model_.tier = 1;
    tick(1000);
    EXPECT_EQ(sheet(), 0u);
}

TEST_F(RotationOfTwoPages, MakesItsFirstListWhenThePictureComes) {
    Model const full = model_;
    model_ = tests::never_connected_board();
    tick(0);
    EXPECT_TRUE(rotation_.ui().wash_up.list.on_wall.empty());
    model_ = full;
    tick(10);
    EXPECT_EQ(rotation_.ui().wash_up.list.on_wall.size(), 18u);
}

TEST_F(RotationOfTwoPages, ListsAnewWhenFewerRowsFit) {
    tick(0);
    rotation_.set_sizes(sizes_for(Panel{1920, 1080, 43, 4}));
    tick(10);
    EXPECT_EQ(rotation_.ui().wash_up.rows_a_page, 4);
    EXPECT_EQ(rotation_.ui().wash_up.list.on_wall.size(), 12u);
}

TEST(Rotation, StaysOnAPageThatIsPinnedAndStillTurnsItsList) {
    Rotation rotation({PageId::wash_up}, {}, sizes_for(Panel{}));
    Model model = tests::empty_board();
    rotation.tick(model, board_now(), 1000);
    EXPECT_TRUE(rotation.ui().wash_up.list.on_wall.empty());
    model = tests::many_people_board();
    rotation.tick(model, board_now(), 1000 + turn_after_ms);
    EXPECT_EQ(rotation.ui().page, PageId::wash_up);
    EXPECT_EQ(rotation.ui().wash_up.list.on_wall.size(), 6u);
}

TEST(Rotation, FindsATeamByItsWords) {
    Model const model = tests::empty_board();
    EXPECT_EQ(resolved(Filter{"Thanet team", "", ""}, model).team, "thanet");
    EXPECT_EQ(resolved(Filter{"thanet", "", ""}, model).team, "thanet");
    EXPECT_EQ(resolved(Filter{"elsewhere", "", ""}, model).team, "elsewhere");
}

}  // namespace
}  // namespace washup::board
