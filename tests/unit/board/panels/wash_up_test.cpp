#include "board/panels/wash_up.hpp"

#include <gtest/gtest.h>

#include <algorithm>

#include "tests/support/board_models.hpp"

namespace washup::board {
namespace {

using tests::board_now;
using tests::steady_now_ms;

Moment date_of(unsigned day) {
    return {london_midnight(make_date(2026, 11, day)), Precision::date};
}

// Somebody ready, on track, with a plan that is due later: nothing to answer.
Stay quiet(std::string id, int days = 1) {
    Stay stay = tests::a_stay(std::move(id), "EA", "Ford", "C1");
    stay.discharge_ready = tests::on_date(11, 20);
    stay.days_lost = days;
    tests::set_outcomes(stay, 1, 1);
    stay.blockers.push_back(tests::a_blocker("CP4", "Home care", "home_care", "social_care", 1));
    stay.actions.push_back(tests::an_action("Call", "J. Malik", "Social worker", date_of(27)));
    return stay;
}

Stay due(std::string id, unsigned day) {
    Stay stay = quiet(std::move(id));
    stay.actions[0].deadline = date_of(day);
    return stay;
}

Stay planless(std::string id, int days = 1) {
    Stay stay = quiet(std::move(id), days);
    stay.actions.clear();
    return stay;
}

Stay discharged(std::string id, Instant at) {
    Stay stay = quiet(std::move(id));
    stay.ended = tests::known("discharged");
    stay.ended.moment = Moment{at, Precision::minute};
    return stay;
}

Model with(std::vector<Stay> stays, int tier = 3) {
    Model model = tests::empty_board(tier);
    for (Stay& stay : stays) {
        std::string const id = stay.id;
        model.stays[id] = std::move(stay);
    }
    return model;
}

using Ids = std::vector<std::string>;

WashUpView view_of(Model const& model, WashUpUi const& ui) {
    return make_wash_up(model, link_state(model.link, steady_now_ms), board_now(), ui);
}

TEST(WashUpOrder, IsOverdueNoPlanDueTodayThenGapThenDays) {
    Stay wide = quiet("wide", 1);
    tests::set_outcomes(wide, 1, 9);
    Stay narrow = quiet("narrow", 30);
    tests::set_outcomes(narrow, 1, 3);
    Model const model = with({quiet("a", 3), quiet("b", 7), narrow, wide, due("today", 23),
                              planless("planless"), due("late", 20)});
    EXPECT_EQ(wash_up_order(model, board_now(), {}),
              (Ids{"late", "planless", "today", "wide", "narrow", "b", "a"}));
}

TEST(WashUpOrder, PutsAnUnknownGapAfterAnyKnownOneAndBeforeOnTrack) {
    Stay unknown = quiet("unknown", 1);
    unknown.gap = {};
    Stay one = quiet("one", 1);
    tests::set_outcomes(one, 1, 2);
    Model const model = with({quiet("track", 90), unknown, one});
    EXPECT_EQ(wash_up_order(model, board_now(), {}), (Ids{"one", "unknown", "track"}));
}

TEST(WashUpOrder, IsTheSameWhateverOrderTheRowsCameIn) {
    Model const model = with({quiet("c"), quiet("a"), quiet("b")});
    EXPECT_EQ(wash_up_order(model, board_now(), {}), (Ids{"a", "b", "c"}));
}

TEST(WashUpList, ShowsOnlyPagesThatNeedAnAnswerAndFillsTheLast) {
    std::vector<Stay> stays;
    for (int i = 0; i < 7; ++i) stays.push_back(due("late" + std::to_string(i), 20));
    for (int i = 0; i < 9; ++i) stays.push_back(quiet("quiet" + std::to_string(i)));
    WashUpList const list = list_wash_up(with(stays), board_now(), {}, 6);
    EXPECT_EQ(list.pages, 2u);
    EXPECT_EQ(list.on_wall.size(), 12u);
    EXPECT_EQ(list.rest, 4u);
    EXPECT_EQ(list.rest_overdue, 0u);
}

TEST(WashUpList, HasAtMostThreePagesAndSaysHowManyAreOverdueBeyond) {
    std::vector<Stay> stays;
    for (int i = 0; i < 25; ++i) stays.push_back(due("late" + std::to_string(i), 20));
    Model const model = with(stays);
    WashUpList const list = list_wash_up(model, board_now(), {}, 6);
    EXPECT_EQ(list.pages, wash_up_pages_max);
    EXPECT_EQ(list.on_wall.size(), 18u);
    EXPECT_EQ(list.rest, 7u);
    EXPECT_EQ(list.rest_overdue, 7u);
    WashUpUi ui;
    turn_wash_up(ui, model, board_now(), 0);
    EXPECT_EQ(view_of(model, ui).more.words(), "+7, 7 overdue");
}

TEST(WashUpList, ShowsEverybodyExactlyOnceOrCountsThem) {
    Model const model = tests::overflow_board();
    for (int rows = 1; rows <= 6; ++rows) {
        WashUpList const list = list_wash_up(model, board_now(), {}, rows);
        Ids all = list.on_wall;
        std::sort(all.begin(), all.end());
        EXPECT_EQ(std::adjacent_find(all.begin(), all.end()), all.end());
        EXPECT_EQ(list.on_wall.size() + list.rest, model.stays.size());
        EXPECT_LE(list.on_wall.size(), wash_up_pages_max * static_cast<std::size_t>(rows));
    }
}

TEST(WashUpPage, ChangesItsPeopleOnlyWhenItTurns) {
    Model const before = with({quiet("a"), quiet("b")});
    WashUpUi ui;
    turn_wash_up(ui, before, board_now(), 0);
    Model const after = with({quiet("a"), quiet("b"), due("late", 20)});
    WashUpView const view = view_of(after, ui);
    ASSERT_EQ(view.rows.size(), 2u);
    EXPECT_EQ(view.rows[0].id, "a");
    turn_wash_up(ui, after, board_now(), 0);
    EXPECT_EQ(view_of(after, ui).rows[0].id, "late");
}

TEST(WashUpPage, ShowsTheRoundsListToItsEndSoThatNobodyIsMissed) {
    std::vector<Stay> stays;
    for (char c = 'a'; c < 'i'; ++c) stays.push_back(due(std::string(1, c), 20));
    WashUpUi ui;
    turn_wash_up(ui, with(stays), board_now(), 0);
    // A row that was on the second page is now in order before all others.
    tests::set_outcomes(stays[7], 1, 9);
    turn_wash_up(ui, with(stays), board_now(), 1);
    WashUpView const view = view_of(with(stays), ui);
    ASSERT_EQ(view.rows.size(), 2u);
    EXPECT_EQ(view.rows[1].id, "h");
}

TEST(WashUpPage, ChangesWhatARowSaysAtOnce) {
    Model model = with({quiet("a")});
    WashUpUi ui;
    turn_wash_up(ui, model, board_now(), 0);
    model.stays["a"].bed = tests::known("D9");
    EXPECT_EQ(view_of(model, ui).rows[0].place.words(), "Ford D9");
}

TEST(WashUpPage, LetsAPersonWhoDiedLeaveAtOnce) {
    Model model = with({quiet("a"), quiet("b")});
    WashUpUi ui;
    turn_wash_up(ui, model, board_now(), 0);
    model.stays["a"].died = true;
    WashUpView const view = view_of(model, ui);
    ASSERT_EQ(view.rows.size(), 1u);
    EXPECT_EQ(view.rows[0].id, "b");
    EXPECT_EQ(wash_up_order(model, board_now(), {}), (Ids{"b"}));
}

TEST(WashUpPage, KeepsADischargedRowGreyedUntilTheNextWashUp) {
    // The team meets at 09:00; it is 09:14 on Monday.
    Instant const today = london_time(make_date(2026, 11, 23), 9, 5);
    Instant const friday = london_time(make_date(2026, 11, 20), 16, 0);
    Model const model = with({discharged("new", today), discharged("old", friday), quiet("a")});
    EXPECT_EQ(wash_up_order(model, board_now(), {}), (Ids{"new", "a"}));
    WashUpUi ui;
    turn_wash_up(ui, model, board_now(), 0);
    WashUpRow const row = view_of(model, ui).rows[0];
    EXPECT_TRUE(row.greyed);
    EXPECT_EQ(row.due.words(), "gone 09:05");
    EXPECT_EQ(row.mark.words(), "outcome missing");
}

TEST(WashUpPage, GivesThoseWhoHaveGoneWhatIsLeftOfTheLastPageAndOneMoreAtMost) {
    Instant const today = london_time(make_date(2026, 11, 23), 9, 5);
    std::vector<Stay> stays;
    for (int i = 0; i < 4; ++i) stays.push_back(due("late" + std::to_string(i), 20));
    for (int i = 0; i < 2; ++i) stays.push_back(discharged("gone" + std::to_string(i), today));
    for (int i = 0; i < 5; ++i) stays.push_back(quiet("quiet" + std::to_string(i)));
    EXPECT_EQ(list_wash_up(with(stays), board_now(), {}, 6).pages, 1u);
    for (int i = 2; i < 20; ++i) stays.push_back(discharged("gone" + std::to_string(i), today));
    WashUpList const list = list_wash_up(with(stays), board_now(), {}, 6);
    EXPECT_EQ(list.pages, 2u);
    EXPECT_EQ(list.rest, 5u);  // who has gone is nobody who waits
}

TEST(WashUpRow, SaysWhereSomebodyWentInsteadOfWhatTheyWaitFor) {
    Stay stay = discharged("1", london_time(make_date(2026, 11, 23), 9, 5));
    Model const model = with({stay});
    WashUpRow row = make_wash_up_row(model, stay, board_now());
    EXPECT_EQ(row.waiting.words(), "Discharged");
    EXPECT_EQ(row.holder.words(), "where to is unknown");
    EXPECT_EQ(row.action.words(), nothing_words);
    EXPECT_TRUE(row.owner.empty());
    stay.proposed_outcome = tests::known("rehab_bed");
    row = make_wash_up_row(model, stay, board_now());
    EXPECT_EQ(row.waiting.words(), "Rehab bed ?");
    EXPECT_EQ(row.mark.words(), "outcome missing");
    stay.actual_outcome = tests::known("own_home");
    row = make_wash_up_row(model, stay, board_now());
    EXPECT_EQ(row.waiting.words(), "Own home");
    EXPECT_TRUE(row.mark.empty());
}

TEST(WashUpRow, SaysTheReviewDateOrTheNextWashUp) {
    Stay stay = quiet("1");
    auto const mark = [&] {
        return make_wash_up_row(with({stay}), stay, board_now()).mark.words();
    };
    EXPECT_EQ(mark(), "review Tue");  // the team meets on Tuesday
    stay.review_on = tests::on_date(11, 23);
    EXPECT_EQ(mark(), "review today");
    stay.review_on = tests::on_date(11, 20);
    EXPECT_EQ(mark(), "review due");
    stay.review_on = tests::on_date(12, 4);
    EXPECT_EQ(mark(), "review 4 Dec");
    stay.review_on = {};
    stay.team = {};
    EXPECT_EQ(mark(), "");  // nobody knows
    stay.marks = {"bed clash"};
    EXPECT_EQ(mark(), "bed clash");
}

TEST(WashUpRow, DoubtsANameOnlyWhenWhatIsSaidOfItDiffers) {
    Stay stay = quiet("1");
    stay.name = tests::known("ASHDOWN, Edith", "csv-hub");
    stay.name.state = ValueState::disagreement;
    stay.name.other = "ASHDOWN, Edith Mary";
    WashUpRow row = make_wash_up_row(with({stay}), stay, board_now());
    EXPECT_EQ(row.person.words(), "Edith Ashdown");
    stay.name.other = "ASHDOWN, Enid";
    row = make_wash_up_row(with({stay}), stay, board_now());
    EXPECT_EQ(row.person.words(), "Edith Ashdown ?");
    EXPECT_EQ(row.mark.words(), "or Enid Ashdown");
    row = make_wash_up_row(with({stay}, 1), stay, board_now());
    EXPECT_EQ(row.mark.words(), "review Tue");  // no name below tier 2
}

TEST(WashUpPage, KeepsFridaysDischargesOverTheWeekend) {
    Instant const sunday = london_time(make_date(2026, 11, 22), 20, 0);
    Stay const gone = discharged("x", london_time(make_date(2026, 11, 20), 16, 0));
    EXPECT_EQ(last_wash_up(with({gone}), gone, sunday), london_time(make_date(2026, 11, 20), 9, 0));
    EXPECT_EQ(wash_up_order(with({gone}), sunday, {}), (Ids{"x"}));
}

TEST(WashUpPage, FollowsTheFilter) {
    Model model = with({quiet("a"), quiet("b")});
    model.stays["b"].ward = tests::known("Kent");
    WashUpUi ui;
    ui.filter.ward = "Kent";
    turn_wash_up(ui, model, board_now(), 0);
    ASSERT_EQ(view_of(model, ui).rows.size(), 1u);
    ui.filter.ward = "Nowhere";
    turn_wash_up(ui, model, board_now(), 0);
    EXPECT_EQ(view_of(model, ui).empty_words, "Nobody in this filter");
}

TEST(WashUpPage, IsMarkedAndNotBlankedWhenTheLinkIsLost) {
    Model const model = tests::lost_board();
    WashUpUi ui;
    turn_wash_up(ui, model, board_now(), 0);
    WashUpView const view = view_of(model, ui);
    EXPECT_TRUE(view.old);
    EXPECT_EQ(view.rows.size(), 6u);
}

TEST(WashUpRow, SaysWhatIsUnknownAsUnknown) {
    Stay stay = tests::a_stay("1", "EA", "Ford", "C1");
    stay.discharge_ready = tests::on_date(11, 20);
    stay.days_lost = 3;
    Model const model = with({stay});
    WashUpRow const row = make_wash_up_row(model, stay, board_now());
    EXPECT_EQ(row.outcome.words(), "unknown");
    EXPECT_EQ(row.waiting.words(), "Unknown");
    EXPECT_EQ(row.holder.words(), "unattributed");
    EXPECT_EQ(row.action.words(), "No action");
    EXPECT_EQ(row.owner.words(), "no owner");
    EXPECT_EQ(row.due.words(), "no plan");
    EXPECT_TRUE(row.no_plan);
}

TEST(WashUpRow, ShowsTheRoleAloneAtTierOne) {
    Stay const stay = quiet("1");
    WashUpRow const wall = make_wash_up_row(with({stay}, 1), stay, board_now());
    EXPECT_EQ(wall.action.words(), "Social worker");
    EXPECT_TRUE(wall.owner.empty());
    EXPECT_EQ(wall.person.words(), "E. A.");
    WashUpRow const full = make_wash_up_row(with({stay}, 3), stay, board_now());
    EXPECT_EQ(full.action.words(), "Call");
    EXPECT_EQ(full.owner.words(), "J. Malik");
}

TEST(WashUpRow, MarksDoubtAndBothSidesOfADisagreement) {
    Stay stay = quiet("1");
    stay.discharge_ready.state = ValueState::disagreement;
    stay.discharge_ready.other = "2026-11-18";
    stay.bed.state = ValueState::doubtful;
    stay.actions[0].owner_doubtful = true;
    WashUpRow const row = make_wash_up_row(with({stay}), stay, board_now());
    EXPECT_EQ(row.ready_on.words(), "20 Nov ?");
    EXPECT_EQ(row.mark.words(), "or 18 Nov");
    EXPECT_EQ(row.place.words(), "Ford C1 ?");
    EXPECT_EQ(row.owner.words(), "J. Malik ?");
}

TEST(WashUpRow, DatesWhatASilentSourceSaid) {
    Model model = tests::silent_source_board();
    Stay const& stay = model.stays.at("3");
    WashUpRow row = make_wash_up_row(model, stay, board_now());
    EXPECT_TRUE(row.outcome_old);
    EXPECT_EQ(row.outcome.words(), "at 06:10");
    EXPECT_FALSE(row.place_old);
    model.sources["hl7-ward"].last_heard = board_now() - hours(30);
    row = make_wash_up_row(model, stay, board_now());
    EXPECT_TRUE(row.place_old);
    EXPECT_EQ(row.place.words(), "Kent B4 at 22 Nov");
    EXPECT_EQ(row.ready_on.words(), "at 22 Nov");
    EXPECT_FALSE(row.waiting_old);
    Stay blocked = stay;
    blocked.blockers[0].source = "csv-hub";
    row = make_wash_up_row(model, blocked, board_now());
    EXPECT_TRUE(row.waiting_old);
    EXPECT_EQ(row.holder.words(), "at 06:10");
}

TEST(WashUpRow, CountsFurtherBlockersAndActionsAndMoves) {
    Stay stay = quiet("1");
    stay.blockers.push_back(stay.blockers[0]);
    stay.actions.push_back(stay.actions[0]);
    stay.actions[0].moved = stay.actions[1].moved = 2;
    WashUpRow const row = make_wash_up_row(with({stay}), stay, board_now());
    EXPECT_EQ(row.holder.words(), "social care 1 d · +1 more");
    EXPECT_EQ(row.owner.words(), "J. Malik · moved 2x · +1 more");
}

TEST(WashUpRow, SaysWhenSomebodyNotReadyIsExpectedToGo) {
    Stay stay = tests::a_stay("1", "EA", "Ford", "C1");
    stay.expected_discharge = tests::on_date(11, 26);
    WashUpRow row = make_wash_up_row(with({stay}), stay, board_now());
    EXPECT_EQ(row.waiting.words(), "Not ready");
    EXPECT_EQ(row.holder.words(), "expected 26 Nov");
    EXPECT_EQ(row.days.words(), nothing_words);
    EXPECT_EQ(row.due.words(), "review Tue");
    EXPECT_TRUE(row.mark.empty());
    stay.expected_discharge = {};
    row = make_wash_up_row(with({stay}), stay, board_now());
    EXPECT_EQ(row.holder.words(), "no date yet");
}

}  // namespace
}  // namespace washup::board
