#include "board/model/alerts.hpp"

#include <gtest/gtest.h>

#include "tests/support/board_models.hpp"

namespace washup::board {
namespace {

using tests::board_now;

Moment date_of(unsigned day) {
    return {london_midnight(make_date(2026, 11, day)), Precision::date};
}

Stay ready_stay(std::string id, int days) {
    Stay stay = tests::a_stay(std::move(id), "EA", "Ford", "C1");
    stay.discharge_ready = tests::on_date(11, 9);
    stay.days_lost = days;
    return stay;
}

Stay with_action(Stay stay, Moment deadline) {
    stay.actions.push_back(tests::an_action("Call", "J. Malik", "Social worker", deadline));
    return stay;
}

Stay with_blocker(Stay stay) {
    stay.blockers.push_back(tests::a_blocker("CP4", "Home care", "home_care", "social_care", 2));
    return stay;
}

Model with(std::vector<Stay> stays) {
    Model model = tests::empty_board();
    for (Stay& stay : stays) {
        std::string const id = stay.id;
        model.stays[id] = std::move(stay);
    }
    return model;
}

std::vector<AlertKind> kinds(std::vector<Alert> const& alerts) {
    std::vector<AlertKind> out;
    for (Alert const& alert : alerts) out.push_back(alert.kind);
    return out;
}

TEST(Alerts, AreNoneWhenEverybodyReadyHasAPlanInTime) {
    Model const model = with({with_blocker(with_action(ready_stay("1", 3), date_of(27))),
                              tests::a_stay("2", "OC", "Ford", "C2")});
    EXPECT_TRUE(derive_alerts(model, board_now()).empty());
}

TEST(Alerts, PutOverdueFirstThenNoPlanThenSilenceThenUnattributed) {
    Model model =
        with({ready_stay("1", 3), with_blocker(with_action(ready_stay("2", 1), date_of(20)))});
    model.sources["csv-hub"].last_heard = board_now() - hours(5);
    auto const alerts = derive_alerts(model, board_now());
    EXPECT_EQ(kinds(alerts),
              (std::vector<AlertKind>{AlertKind::overdue_action, AlertKind::no_plan,
                                      AlertKind::silent_source, AlertKind::unattributed}));
    EXPECT_EQ(alerts[0].stay, "2");
    EXPECT_EQ(alerts[0].due, "3 d late");
    EXPECT_EQ(alerts[1].what, "no action");
    EXPECT_EQ(alerts[2].subject, "hub");
    EXPECT_EQ(alerts[2].what, "silent 5 h");
    EXPECT_EQ(alerts[3].people, 1);
    EXPECT_EQ(alerts[3].bed_days, 3);
}

TEST(Alerts, PutTheLongestOverdueFirstAndTheMostBedDaysWithoutAPlanFirst) {
    Model const model = with({with_blocker(with_action(ready_stay("a", 1), date_of(20))),
                              with_blocker(with_action(ready_stay("b", 9), date_of(12))),
                              with_blocker(ready_stay("c", 2)), with_blocker(ready_stay("d", 8))});
    auto const alerts = derive_alerts(model, board_now());
    ASSERT_EQ(alerts.size(), 4u);
    EXPECT_EQ(alerts[0].stay, "b");
    EXPECT_EQ(alerts[1].stay, "a");
    EXPECT_EQ(alerts[2].stay, "d");
    EXPECT_EQ(alerts[3].stay, "c");
}

TEST(Alerts, TakeAnActionNobodyOwnsAsNoPlan) {
    Stay stay = with_blocker(with_action(ready_stay("1", 3), date_of(27)));
    stay.actions[0].owner.clear();
    stay.actions[0].owner_words.clear();
    stay.actions[0].owner_role.clear();
    EXPECT_TRUE(without_plan(stay));
    EXPECT_EQ(derive_alerts(with({stay}), board_now())[0].what, "no owner");
    stay.actions[0].owner_doubtful = true;  // somebody, though not on the staff list
    EXPECT_FALSE(without_plan(stay));
}

TEST(Alerts, SayNothingOfPeopleWhoHaveLeft) {
    Stay gone = with_action(ready_stay("1", 3), date_of(12));
    gone.ended = tests::known("discharged");
    Stay died = ready_stay("2", 3);
    died.died = true;
    EXPECT_TRUE(derive_alerts(with({gone, died}), board_now()).empty());
}

TEST(Alerts, FollowTheFilter) {
    Model model = with({with_blocker(ready_stay("1", 3)), with_blocker(ready_stay("2", 3))});
    model.stays["2"].team = tests::known("thanet");
    EXPECT_EQ(derive_alerts(model, board_now()).size(), 2u);
    auto const alerts = derive_alerts(model, board_now(), Filter{"thanet", "", ""});
    ASSERT_EQ(alerts.size(), 1u);
    EXPECT_EQ(alerts[0].stay, "2");
}

TEST(Alerts, BelieveTheDeadlineBeforeTheDaemonHasJournaledIt) {
    Stay const stay = with_action(ready_stay("1", 1), date_of(22));
    EXPECT_FALSE(stay.actions[0].overdue);
    EXPECT_TRUE(overdue(stay.actions[0], board_now()));
    Stay done = stay;
    done.actions[0].state = "done";
    EXPECT_FALSE(overdue(done.actions[0], board_now()));
}

TEST(Alerts, ChooseTheNextActionByDeadlineAndTheHoldingBlocker) {
    Stay stay = with_action(with_action(ready_stay("1", 1), date_of(29)), date_of(25));
    stay.actions.push_back(tests::an_action("No date", "x", "y", date_of(1)));
    stay.actions.back().deadline.reset();
    EXPECT_EQ(next_action(stay)->deadline, date_of(25));
    EXPECT_EQ(open_actions(stay), 3u);
    stay = with_blocker(with_blocker(stay));
    stay.blockers[0].holds_clock = false;
    EXPECT_EQ(holding_blocker(stay), &stay.blockers[1]);
    stay.blockers[1].closed = date_of(20);
    EXPECT_EQ(holding_blocker(stay), &stay.blockers[0]);
    EXPECT_EQ(open_blockers(stay), 1u);
}

}  // namespace
}  // namespace washup::board
