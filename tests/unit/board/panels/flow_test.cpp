#include "board/panels/flow.hpp"

#include <gtest/gtest.h>

#include "proto/base/prng.hpp"
#include "tests/support/board_models.hpp"

namespace washup::board {
namespace {

using tests::board_now;
using tests::steady_now_ms;

void tally(Model& model, std::string reason, std::string theme, std::int64_t days,
           std::int64_t people = 1, std::string window = "28") {
    Tally row;
    row.scope = "all";
    row.window = window;
    row.reason = reason;
    row.theme = std::move(theme);
    row.bed_days = days;
    row.people = people;
    model.tallies[window + reason] = std::move(row);
}

Pareto make_pareto(Model const& model, std::string const& scope, std::string const& window,
                   int bars = pareto_bars_max) {
    return folded(pareto_of(model, scope, window, ParetoLevel::theme), bars);
}

FlowView view_of(Model const& model, FlowUi const& ui = {}) {
    return make_flow(model, link_state(model.link, steady_now_ms), board_now(), ui);
}

TEST(Pareto, DescendsBreaksTiesByCodeAndPutsOtherLast) {
    Model model = tests::empty_board();
    tally(model, "CP2", "care_home", 10);
    tally(model, "CP5", "equipment", 10);
    tally(model, "XX", "", 50);  // a reason without a theme
    tally(model, "IF8", "choice", 30);
    Pareto const pareto = make_pareto(model, "all", "28");
    ASSERT_EQ(pareto.bars.size(), 4u);
    EXPECT_EQ(pareto.bars[0].code, "choice");
    EXPECT_EQ(pareto.bars[1].code, "care_home");
    EXPECT_EQ(pareto.bars[2].code, "equipment");
    EXPECT_EQ(pareto.bars[3].kind, BarKind::other);
    EXPECT_EQ(pareto.total, 100);
    EXPECT_EQ(pareto.bars[3].so_far, 100);
}

TEST(Pareto, AddsLeavesOfATheme) {
    Model model = tests::empty_board();
    tally(model, "CP4", "home_care", 7, 2);
    tally(model, "IF3", "home_care", 5, 1);
    Pareto const pareto = make_pareto(model, "all", "28");
    ASSERT_EQ(pareto.bars.size(), 1u);
    EXPECT_EQ(pareto.bars[0].bed_days, 12);
    EXPECT_EQ(pareto.bars[0].words, "Home care, reablement");
}

TEST(Pareto, NeverAddsPeopleUp) {
    Model model = tests::empty_board();
    tally(model, "CP4", "home_care", 7, 2);
    EXPECT_EQ(make_pareto(model, "all", "28").bars[0].people, 2) << "one leaf is the bar";
    tally(model, "IF3", "home_care", 5, 1);
    EXPECT_EQ(make_pareto(model, "all", "28").bars[0].people, std::nullopt);
    model.people["p"] = {"all", "28", "theme", "home_care", 2};
    EXPECT_EQ(make_pareto(model, "all", "28").bars[0].people, 2) << "one of them waited for both";
    model.people["q"] = {"all", "28", "theme", "", 1};
    tally(model, "", "", 3, 1);
    EXPECT_EQ(make_pareto(model, "all", "28").bars[1].people, 1) << "unattributed";
    tally(model, "CP2", "care_home", 2, 4);
    auto const folded = make_pareto(model, "all", "28", 2);
    EXPECT_EQ(folded.bars.back().kind, BarKind::other);
    EXPECT_EQ(folded.bars.back().people, std::nullopt) << "nobody can tell who is in both";
}

TEST(Pareto, KeepsScopesAndWindowsApart) {
    Model model = tests::empty_board();
    tally(model, "CP4", "home_care", 7);
    tally(model, "CP2", "care_home", 9, 1, "7");
    EXPECT_EQ(make_pareto(model, "all", "28").total, 7);
    EXPECT_EQ(make_pareto(model, "all", "7").total, 9);
    EXPECT_EQ(make_pareto(model, "team:margate", "28").total, 0);
}

TEST(Pareto, ShowsUnattributedAsABarEvenWhenItIsTheSmallestOfMany) {
    Model model = tests::empty_board();
    for (int i = 0; i < 12; ++i) {
        std::string const n = std::to_string(i);
        tally(model, "R" + n, "theme" + n, 100 - i);
    }
    tally(model, "", "", 1);
    Pareto const pareto = make_pareto(model, "all", "28");
    ASSERT_EQ(pareto.bars.size(), std::size_t{pareto_bars_max});
    EXPECT_EQ(pareto.bars.back().kind, BarKind::other);
    EXPECT_EQ(pareto.bars[pareto_bars_max - 2].kind, BarKind::unattributed);
    Pareto const few = make_pareto(model, "all", "28", 2);
    ASSERT_EQ(few.bars.size(), 2u);
    EXPECT_EQ(few.bars[0].kind, BarKind::unattributed);
    EXPECT_EQ(few.total, pareto.total);
}

TEST(Pareto, NamesTheFewestBarsThatReachEightyPercent) {
    Model model = tests::empty_board();
    tally(model, "A", "a", 50);
    tally(model, "B", "b", 30);
    tally(model, "C", "c", 20);
    Pareto pareto = make_pareto(model, "all", "28");
    EXPECT_EQ(pareto.vital, 2u);  // exactly 80
    EXPECT_FALSE(pareto.bars[2].vital);
    tally(model, "B", "b", 29);
    tally(model, "C", "c", 21);
    EXPECT_EQ(make_pareto(model, "all", "28").vital, 3u);  // 79 is not enough
}

TEST(Pareto, AddsUpToAllItsLeavesWhateverTheyAre) {
    for (std::uint64_t seed = 1; seed <= 500; ++seed) {
        Prng chance(seed);
        Model model = tests::empty_board();
        std::int64_t sum = 0;
        for (std::int64_t i = 0, n = chance.between(0, 30); i < n; ++i) {
            std::int64_t const days = chance.between(0, 40);
            std::string const theme =
                chance.chance(150) ? "" : "t" + std::to_string(chance.between(0, 14));
            std::string const reason = chance.chance(100) ? "" : "R" + std::to_string(i);
            if (reason.empty() && model.tallies.contains("28")) continue;
            tally(model, reason, theme, days);
            sum += days;
        }
        Pareto const pareto = make_pareto(model, "all", "28");
        EXPECT_EQ(pareto.total, sum) << "seed " << seed;
        EXPECT_LE(pareto.bars.size(), std::size_t{pareto_bars_max});
        std::int64_t so_far = 0;
        for (std::size_t i = 0; i < pareto.bars.size(); ++i) {
            ParetoBar const& bar = pareto.bars[i];
            so_far += bar.bed_days;
            EXPECT_EQ(bar.so_far, so_far);
            EXPECT_EQ(bar.vital, i < pareto.vital);
            if (i > 0 && bar.kind != BarKind::other) {
                EXPECT_LE(bar.bed_days, pareto.bars[i - 1].bed_days) << "seed " << seed;
            }
        }
        if (sum > 0) {
            EXPECT_GE(pareto.bars[pareto.vital - 1].so_far * 100, 80 * sum);
        }
    }
}

TEST(Flow, SaysWhenTheBarsDoNotAddUpToTheHeadline) {
    Model model = tests::many_people_board();
    EXPECT_EQ(view_of(model).doubt, "");
    model.headlines["all"].bed_days_28 = 430;
    EXPECT_EQ(view_of(model).doubt, "headline 430: they do not add up");
}

TEST(Flow, SaysWeightWindowAndWhetherPeopleWhoLeftAreInIt) {
    Model model = tests::many_people_board();
    EXPECT_EQ(view_of(model).scope_words.words(), "424 bed days, 28 days, with people who left");
    tally(model, "CP4", "home_care", 214, 9, "now");
    FlowUi ui;
    ui.window = "now";
    EXPECT_EQ(view_of(model, ui).scope_words.words(), "214 bed days so far, people still here");
}

TEST(Flow, ShowsAShareOfWhatIsKnownAndAnUnknownShareAsUnknown) {
    Model model = tests::many_people_board();
    FlowView view = view_of(model);
    EXPECT_EQ(view.numbers[2].value, "72");
    EXPECT_EQ(view.numbers[2].note.words(), "25 known of 31");
    EXPECT_EQ(view.numbers[1].note.words(), "+12 on last week");
    model.headlines["all"].on_track_known = 0;
    view = view_of(model);
    EXPECT_EQ(view.numbers[3].value, "–");
    EXPECT_EQ(view.numbers[3].unit, "");
    EXPECT_EQ(view.numbers[3].note.words(), "none known of 27");
}

TEST(Flow, SaysThatAFilterHasNoFiguresInsteadOfShowingZero) {
    Model const model = tests::many_people_board();
    FlowUi ui;
    ui.filter.team = "thanet";
    FlowView const view = view_of(model, ui);
    EXPECT_EQ(view.empty_words, "No figures are kept for this filter");
    EXPECT_EQ(view.numbers[0].value, "–");
}

TEST(ParetoGeometry, DrawsBarsToScaleAndTheCurveToAHundred) {
    Pareto const pareto = make_pareto(tests::many_people_board(), "all", "28");
    Box const bars{100, 0, 500, 80}, curve{600, 0, 700, 80};
    ParetoGeometry const g = place_pareto(pareto, bars, curve, pareto_bars_max, 6, 4);
    ASSERT_EQ(g.rows.size(), pareto.bars.size());
    EXPECT_FLOAT_EQ(g.rows[0].bar.x1, 500);
    EXPECT_FLOAT_EQ(g.rows[1].bar.width() / g.rows[0].bar.width(), 97.0f / 142.0f);
    EXPECT_FLOAT_EQ(g.rows.back().curve_x, 700);
    EXPECT_FLOAT_EQ(g.eighty_x, 680);
    for (std::size_t i = 1; i < g.rows.size(); ++i) {
        EXPECT_GT(g.rows[i].curve_x, g.rows[i - 1].curve_x);
        EXPECT_GE(g.rows[i].bar.y0, g.rows[i - 1].bar.y1);
    }
    // The line under the vital few runs between two bars.
    EXPECT_GE(g.vital_y, g.rows[pareto.vital - 1].bar.y1);
    EXPECT_LE(g.vital_y, g.rows[pareto.vital].bar.y0);
    EXPECT_TRUE(place_pareto(Pareto{}, bars, curve, pareto_bars_max, 6, 4).rows.empty());
}

}  // namespace
}  // namespace washup::board
