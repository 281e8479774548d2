#include <gtest/gtest.h>

#include <algorithm>

#include "board/panels/foot.hpp"
#include "board/panels/head.hpp"
#include "board/panels/layout.hpp"
#include "board/panels/page.hpp"
#include "tests/support/board_models.hpp"

namespace washup::board {
namespace {

using tests::board_now;
using tests::steady_now_ms;

HeadView head_of(Model const& model, HeadUi ui = {"Wash-up", {}, 0, 1, 0}) {
    return make_head(model, link_state(model.link, steady_now_ms), board_now(), ui);
}

TEST(Head, SaysWhereYouAreHowOldTheFeedsAreAndTheTimeWithSeconds) {
    HeadView const head = head_of(tests::many_people_board());
    EXPECT_EQ(head.title, "Wash-up");
    EXPECT_EQ(head.place.words(), "QEQM · 22 people");
    EXPECT_EQ(head.feeds[0].calm, "live · hub 2 min · ward 4 s");
    EXPECT_EQ(head.feeds[1].calm, "hub 2 min · ward 4 s");
    EXPECT_EQ(head.feeds[0].alarm, "");
    EXPECT_EQ(head.clock, "09:14:07");
}

TEST(Head, WritesTheFilterTheSheetTheHoldAndTheDemoInEveryForm) {
    Model model = tests::many_people_board();
    model.link.rate = 60;
    HeadUi ui{"Wash-up", {"thanet", "", ""}, 1, 3, 42};
    HeadView const head = head_of(model, ui);
    EXPECT_EQ(head.place.words(), "QEQM · Thanet team · 0 people · 2 of 3 · demo 60x · held 42 s");
    for (std::string const& form : head.place.forms) {
        EXPECT_NE(form.find("Thanet team"), std::string::npos) << form;
        EXPECT_NE(form.find("demo 60x"), std::string::npos) << form;
        EXPECT_NE(form.find("held 42 s"), std::string::npos) << form;
    }
}

TEST(Head, RaisesASilentSourceAndKeepsTheOthersAges) {
    HeadView const head = head_of(tests::silent_source_board());
    EXPECT_EQ(head.feeds[0].alarm, "hub silent 3 h");
    EXPECT_EQ(head.feeds[0].calm, "live · ward 4 s");
}

TEST(Head, SaysALostLinkInsteadOfAgesItCannotKnow) {
    EXPECT_EQ(head_of(tests::stale_board()).feeds[0].alarm, "no link 5 s");
    EXPECT_EQ(head_of(tests::stale_board()).feeds[0].calm, "");
    EXPECT_EQ(head_of(tests::lost_board()).feeds[0].alarm, "no link since 09:04");
    EXPECT_EQ(head_of(tests::never_connected_board()).feeds[0].alarm, "waiting for the daemon");
}

FootView foot_of(Model const& model) {
    return make_foot(model, link_state(model.link, steady_now_ms), board_now(), {}, "right");
}

TEST(Foot, SaysTheOneThingThatNeedsAnAnswerNow) {
    FootView const foot = foot_of(tests::many_people_board());
    EXPECT_TRUE(foot.alarm);
    EXPECT_EQ(foot.subject.words(), "E. A., Ford C1");
    EXPECT_EQ(foot.what.words(), "Night sitting");
    EXPECT_EQ(foot.due, "2 d late");
    EXPECT_EQ(foot.right.words(), "right");
}

TEST(Foot, SaysWhereAsLongAsAnyFormOfThePlaceFits) {
    FootView const foot = foot_of(tests::longest_names_board(1));
    auto const& forms = foot.subject.forms;
    EXPECT_NE(std::find(forms.begin(), forms.end(), "G. L., CHDU 4B 12/3"), forms.end());
    EXPECT_EQ(forms.back(), "G. L.");
}

TEST(Foot, IsCalmWhenNothingIsAsked) {
    FootView const foot = foot_of(tests::empty_board());
    EXPECT_FALSE(foot.alarm);
    EXPECT_EQ(foot.what.words(), "Nothing overdue, everyone ready has a plan");
}

TEST(Foot, SaysFromWhenThePictureIsWhenTheLinkIsLost) {
    FootView const foot = foot_of(tests::lost_board());
    EXPECT_TRUE(foot.alarm);
    EXPECT_EQ(foot.subject.words(), "Not live since 09:04:07");
}

TEST(Layout, HoldsSixRowsOnTheReferencePanelAndFewerOnAFarOne) {
    EXPECT_EQ(rows_a_page(sizes_for(Panel{})), rows_a_page_max);
    EXPECT_EQ(rows_a_page(sizes_for(Panel{960, 540, 55, 4})), rows_a_page_max);
    EXPECT_EQ(rows_a_page(sizes_for(Panel{1920, 1080, 43, 4})), 4);
    EXPECT_EQ(rows_a_page(sizes_for(Panel{1920, 1080, 20, 5})), 1);
    EXPECT_EQ(rows_a_page(sizes_for(Panel{1080, 1920, 55, 4})), rows_a_page_max);
}

std::vector<ColumnId> ids(std::vector<Column> const& columns) {
    std::vector<ColumnId> out;
    for (Column const& column : columns) out.push_back(column.id);
    return out;
}

TEST(Layout, DropsTheActionFirstAndKeepsPersonWaitingAndDue) {
    EXPECT_EQ(wash_up_columns(sizes_for(Panel{}), 1).size(), 6u);
    EXPECT_EQ(wash_up_columns(sizes_for(Panel{}), 3).size(), 6u);
    EXPECT_EQ(ids(wash_up_columns(sizes_for(Panel{1920, 1080, 43, 4}), 1)),
              (std::vector<ColumnId>{ColumnId::person, ColumnId::ready, ColumnId::waiting,
                                     ColumnId::due}));
    EXPECT_EQ(ids(wash_up_columns(sizes_for(Panel{1920, 1080, 34, 4}), 1)),
              (std::vector<ColumnId>{ColumnId::person, ColumnId::waiting, ColumnId::due}));
}

TEST(Layout, KeepsColumnsApartAndInsideTheMargins) {
    for (int tier : {1, 3}) {
        for (float inches : {43.0f, 50.0f, 55.0f, 75.0f}) {
            for (Panel panel : {Panel{1920, 1080, inches, 4}, Panel{3840, 2160, inches, 3},
                                Panel{2560, 1080, inches, 4}}) {
                Sizes const sizes = sizes_for(panel);
                auto const columns = wash_up_columns(sizes, tier);
                float x = margin_ref * sizes.unit - 0.01f;
                for (Column const& column : columns) {
                    EXPECT_GE(column.x, x);
                    x = column.x + column.width;
                }
                EXPECT_LE(x, sizes.width - margin_ref * sizes.unit + 1.5f) << inches;
            }
        }
    }
}

TEST(Layout, GivesTheFlowPageFewerBarsOnAFarPanelAndNoCurveOnANarrowOne) {
    FlowLayout const reference = flow_layout(sizes_for(Panel{}));
    EXPECT_EQ(reference.bars, pareto_bars_max);
    EXPECT_EQ(reference.number_columns, 4);
    EXPECT_TRUE(reference.curve);
    EXPECT_EQ(flow_layout(sizes_for(Panel{1920, 1080, 43, 4})).bars, 5);
    FlowLayout const upright = flow_layout(sizes_for(Panel{1080, 1920, 55, 4}));
    EXPECT_EQ(upright.number_columns, 2);
    EXPECT_FALSE(upright.curve);
}

TEST(Page, IsFoundByItsName) {
    for (PageId page : all_pages) EXPECT_EQ(page_named(name_of(page)), page);
    EXPECT_FALSE(page_named("nothing").has_value());
}

TEST(Page, SaysAsTextWhatThePictureSays) {
    Model const model = tests::many_people_board();
    PageUi ui;
    turn_wash_up(ui.wash_up, model, board_now(), 0);
    std::string const text =
        text_of(make_page(model, link_state(model.link, steady_now_ms), board_now(), ui));
    for (char const* words :
         {"Wash-up", "QEQM", "E. A.", "Ford C1", "12 d", "home → long bed", "Night sitting",
          "▲ 2 d late", "● 14:00", "+16, none overdue", "hub 2 min", "09:14:07"}) {
        EXPECT_NE(text.find(words), std::string::npos) << words;
    }
}

}  // namespace
}  // namespace washup::board
