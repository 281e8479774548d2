// Blockers and actions in combination: product.md section 3, "Blockers", "Actions".

#include <gtest/gtest.h>

#include "daemon/core/decider.hpp"
#include "tests/unit/daemon/core/one_stay.hpp"

namespace washup::tests {
namespace {

using core::Field;

struct Work : OneStay {
    core::AssignAction action(std::string deadline, core::BlockerId blocker = {}) {
        return {"hoist", "posei", at(deadline), {}, blocker};
    }
};

TEST_F(Work, ADateWithoutATimeIsSeventeenInLondonInSummerAndInWinter) {
    EXPECT_EQ(core::deadline_of(at("2026-07-01")).ms, at("2026-07-01T17:00").at.ms);
    EXPECT_EQ(to_rfc3339(core::deadline_of(at("2026-07-01"))), "2026-07-01T17:00:00+01:00");
    EXPECT_EQ(to_rfc3339(core::deadline_of(at("2026-12-01"))), "2026-12-01T17:00:00+00:00");
    EXPECT_EQ(to_rfc3339(core::deadline_of(at("2026-03-29"))), "2026-03-29T17:00:00+01:00");
    EXPECT_EQ(to_rfc3339(core::deadline_of(at("2026-10-25"))), "2026-10-25T17:00:00+00:00");
}

TEST_F(Work, ADeadlineMovedTwiceSaysSoAndTheSameDeadlineIsNoMove) {
    ASSERT_TRUE(act(action("2026-11-05")));
    auto const id = ward.stay("V1")->actions[0].id;
    EXPECT_EQ(refused_field(core::MoveDeadline{id, at("2026-11-06"), "van"}), "accepted");
    EXPECT_EQ(refused_field(core::MoveDeadline{id, at("2026-11-06T17:00"), "van"}), "deadline");
    EXPECT_EQ(refused_field(core::MoveDeadline{id, at("2026-11-09"), "van again"}), "accepted");
    EXPECT_EQ(ward.stay("V1")->actions[0].moved, 2u);
}

TEST_F(Work, AnOverdueActionThatIsMovedIsNotOverdueUntilItIsAgain) {
    ASSERT_TRUE(act(action("2026-11-05")));
    ward.wait_until("2026-11-05T17:00");
    ASSERT_TRUE(ward.stay("V1")->actions[0].overdue);
    auto const id = ward.stay("V1")->actions[0].id;
    ASSERT_TRUE(act(core::MoveDeadline{id, at("2026-11-06"), "van"}));
    EXPECT_FALSE(ward.stay("V1")->actions[0].overdue);
    ward.wait_until("2026-11-06T17:00");
    EXPECT_TRUE(ward.stay("V1")->actions[0].overdue);
    ASSERT_TRUE(act(core::FinishAction{id, "done", ""}));
    EXPECT_FALSE(ward.stay("V1")->actions[0].overdue);
}

TEST_F(Work, NoActionIsAssignedForABlockerThatIsClosedAndItsOwnStayOpen) {
    auto const made = act(core::RaiseBlocker{"CP4", "", "", "", {}});
    core::BlockerId const blocker{made->made};
    EXPECT_EQ(refused_field(action("2026-11-09", blocker)), "accepted");
    ASSERT_TRUE(act(core::CloseBlocker{blocker, "care found", {}}));
    EXPECT_EQ(ward.stay("V1")->actions[0].state, core::ActionState::open);
    EXPECT_EQ(refused_field(action("2026-11-09", blocker)), "blocker");
    EXPECT_EQ(refused_field(core::CloseBlocker{blocker, "again", {}}), "blocker");
}

TEST(StaffList, IsNotChangedByWhatItSaysAlready) {
    Ward ward;
    auto const add = [&](core::AddStaff what) {
        core::Command command;
        command.id = "c";
        command.actor = "chair";
        command.what = std::move(what);
        auto const decided = core::decide(ward.state(), command, ward.now());
        EXPECT_TRUE(decided);
        return decided ? std::pair{decided->events.size(), decided->outcome.warning}
                       : std::pair{std::size_t{0}, std::string{"refused"}};
    };
    core::AddStaff const osei{"posei", "Peter Osei", "social worker", "north"};
    EXPECT_EQ(add(osei), (std::pair{std::size_t{1}, std::string{}}));
    core::Command command;
    command.what = osei;
    ASSERT_TRUE(ward.command(command));
    EXPECT_EQ(add(osei),
              (std::pair{std::size_t{0}, std::string{"nothing to change: the staff list says so "
                                                     "already"}}));
    for (auto const& other : {core::AddStaff{"posei", "Petra Osei", "social worker", "north"},
                              core::AddStaff{"posei", "Peter Osei", "chair", "north"},
                              core::AddStaff{"posei", "Peter Osei", "social worker", ""},
                              core::AddStaff{"tosei", "Peter Osei", "social worker", "north"}}) {
        EXPECT_EQ(add(other).first, 1u);
    }
}

TEST_F(Work, WhatWasAnnouncedIsReachedThroughTheWardsStay) {
    Ward joined;
    core::Command add;
    add.what = core::AddStaff{"posei", "Peter Osei", "social worker", "north"};
    ASSERT_TRUE(joined.command(add));
    joined.receive(referral("9990000018", "2026-11-02T08:30"));
    Message message{"blockers", "2026-11-02T08:40"};
    core::BlockerSeen seen;
    seen.reason = "CP4";
    message.source("hub").nhs("9990000018").observation.kind = seen;
    joined.receive(message);
    joined.receive(a01("V1", "M1", "2026-11-02T09:00").nhs("9990000018"));
    auto const blocker = joined.state().last_blocker;
    auto const command = [&](auto what) {
        auto one = command_for("V1");
        one.what = std::move(what);
        auto const answer = joined.command(one);
        return answer ? std::string{"accepted"} : answer.error().field;
    };
    EXPECT_EQ(command(core::RaiseBlocker{"CP4", "", "", "", {}}), "reason") << "it is open already";
    EXPECT_EQ(command(core::AssignAction{"ring", "posei", at("2026-11-09"), {}, blocker}),
              "accepted");
    EXPECT_EQ(command(core::CloseBlocker{blocker, "found", {}}), "accepted");
}

core::BlockerSeen blocker(std::string reason, std::string reference = {}) {
    core::BlockerSeen seen;
    seen.reason = std::move(reason);
    seen.reference = std::move(reference);
    return seen;
}

TEST_F(Work, ASourceThatTellsItsBlockerAgainCorrectsItAndALateTellingDoesNot) {
    ward.receive(tells(blocker("CP4", "b1"), "2026-11-03T09:00"));
    auto disputed = blocker("CP4", "b1");
    disputed.holder = "disputed";
    disputed.note = "both say the other";
    ward.receive(tells(disputed, "2026-11-04T09:00"));
    ASSERT_EQ(ward.stay("V1")->blockers.size(), 1u);
    EXPECT_EQ(ward.stay("V1")->blockers[0].holder, "disputed");
    EXPECT_EQ(ward.stay("V1")->blockers[0].opened, at("2026-11-03T09:00")) << "not said again";
    auto late = blocker("HP4", "b1");
    ward.receive(tells(late, "2026-11-03T12:00"));
    EXPECT_EQ(ward.stay("V1")->blockers[0].reason, "CP4");
    ward.receive(tells(blocker("HP4", "b1"), "2026-11-05T09:00"));
    EXPECT_EQ(ward.stay("V1")->blockers[0].reason, "HP4");
    EXPECT_EQ(ward.stay("V1")->blockers[0].holder, "nhs") << "the new reason's, unless it is said";
    auto const records = ward.records().size();
    ward.receive(tells(blocker("HP4", "b1"), "2026-11-06T09:00"));
    ASSERT_EQ(ward.records()[records].events.size(), 1u);
    EXPECT_TRUE(std::holds_alternative<core::BlockerConfirmed>(ward.records()[records].events[0]))
        << "what is said twice changes nothing";
    ward.receive(tells(blocker("WB3", "b1"), "2026-11-05T12:00"));
    EXPECT_EQ(ward.stay("V1")->blockers[0].reason, "HP4") << "it was said again after that";
}

TEST_F(Work, ARowThatComesLateTellsOfTheBlockerThatWasOpenWhenItWasSaid) {
    ward.receive(tells(blocker("CP4"), "2026-11-03T09:00"));
    auto closed = blocker("CP4");
    closed.closed = true;
    ward.receive(tells(closed, "2026-11-04T09:00"));
    ASSERT_TRUE(ward.stay("V1")->blockers[0].closed);
    ward.receive(tells(blocker("CP4"), "2026-11-03T12:00"));
    EXPECT_EQ(ward.stay("V1")->blockers.size(), 1u) << "it was still open when that was said";
    EXPECT_TRUE(ward.stay("V1")->blockers[0].closed);
    ward.receive(tells(blocker("CP4"), "2026-11-05T09:00"));
    EXPECT_EQ(ward.stay("V1")->blockers.size(), 2u) << "said after the closing it is another";
    closed.closed_at = at("2026-11-06T15:00");
    ward.receive(tells(closed, "2026-11-06T15:00"));
    ward.receive(tells(blocker("CP4"), "2026-11-06"));
    EXPECT_EQ(ward.stay("V1")->blockers.size(), 3u) << "perhaps in the evening of that day";
}

TEST_F(Work, AClosingThatIsTakenBackSaysWhenAndByWhom) {
    auto closed = blocker("CP4", "b1");
    ward.receive(tells(closed, "2026-11-03T09:00"));
    EXPECT_EQ(ward.stay("V1")->blockers[0].reopened.ms, 0);
    closed.closed = true;
    ward.receive(tells(closed, "2026-11-04T09:00"));
    core::CorrectBlocker again;
    again.blocker = ward.stay("V1")->blockers[0].id;
    again.open_again = true;
    ASSERT_TRUE(act(again));
    EXPECT_EQ(ward.stay("V1")->blockers[0].reopened, ward.now());
    EXPECT_EQ(ward.stay("V1")->blockers[0].reopened_by, "chair");
}

TEST_F(Work, WhatPeopleAgreeOfADisputeMovesTheTimeAndASourceThatRepeatsItselfDoesNotMoveItBack) {
    auto disputed = blocker("CP4", "b1");
    disputed.holder = "disputed";
    disputed.opened_at = at("2026-11-03T09:00");
    ward.receive(tells(disputed, "2026-11-03T09:00"));
    auto const held = [&]() -> core::Blocker const& { return ward.stay("V1")->blockers[0]; };
    core::CorrectBlocker claims;
    claims.blocker = held().id;
    claims.claims = {"nhs", "social_care"};
    ASSERT_TRUE(act(claims));
    EXPECT_EQ(held().claims, (std::vector<core::Code>{"nhs", "social_care"}));
    core::CorrectBlocker agreed;
    agreed.blocker = held().id;
    agreed.holder = "nhs";
    ASSERT_TRUE(act(agreed));
    EXPECT_EQ(held().holder, "nhs");
    EXPECT_EQ(held().opened, at("2026-11-03T09:00")) << "from its opening on";
    EXPECT_EQ(held().claims.size(), 2u) << "both claims are kept";
    ward.receive(tells(disputed, "2026-11-05T09:00"));
    EXPECT_EQ(held().holder, "nhs") << "it says what it said before";
    disputed.holder = "provider";
    ward.receive(tells(disputed, "2026-11-06T09:00"));
    EXPECT_EQ(held().holder, "provider") << "that is new";
}

TEST_F(Work, ASourceMayTakeAClosingBackCorrectItsTimeOrBeginAnew) {
    auto row = blocker("CP4", "b1");
    row.opened_at = at("2026-11-03T09:00");
    ward.receive(tells(row, "2026-11-03T09:00"));
    auto closed = row;
    closed.closed = true;
    closed.closed_at = at("2026-11-04T09:00");
    ward.receive(tells(closed, "2026-11-04T10:00"));
    auto const held = [&]() -> core::Blocker const& { return ward.stay("V1")->blockers[0]; };
    ward.receive(tells(row, "2026-11-04T09:30"));
    EXPECT_TRUE(held().closed) << "told before the closing";
    closed.closed_at = at("2026-11-04T07:00");
    ward.receive(tells(closed, "2026-11-05T09:00"));
    EXPECT_EQ(held().closed, at("2026-11-04T07:00"));
    ward.receive(tells(row, "2026-11-06T09:00"));
    EXPECT_FALSE(held().closed) << "it has been open all along";
    ward.receive(tells(closed, "2026-11-07T09:00"));
    EXPECT_TRUE(held().closed);
    row.opened_at = at("2026-11-08T09:00");
    ward.receive(tells(row, "2026-11-08T09:00"));
    ASSERT_EQ(ward.stay("V1")->blockers.size(), 2u) << "another by the same name";
    EXPECT_FALSE(ward.stay("V1")->blockers[1].closed);
}

TEST_F(Work, PeopleCorrectOpeningsAndClosingsAndWhatCannotBeIsRefused) {
    auto const made = act(core::RaiseBlocker{"CP4", "", "", "", at("2026-11-02T08:00")});
    core::CorrectBlocker correct;
    correct.blocker = core::BlockerId{made->made};
    correct.opened_at = at("2026-11-02T06:00");
    EXPECT_EQ(refused_field(correct), "accepted");
    EXPECT_EQ(ward.stay("V1")->blockers[0].opened, at("2026-11-02T06:00"));
    correct.open_again = true;
    EXPECT_EQ(refused_field(correct), "open_again");
    ASSERT_TRUE(act(core::CloseBlocker{correct.blocker, "", at("2026-11-02T07:00")}));
    correct.opened_at = at("2026-11-02T07:30");
    correct.open_again = false;
    EXPECT_EQ(refused_field(correct), "opened_at") << "after it closed";
    correct.opened_at = {};
    correct.closed_at = at("2026-11-02T05:00");
    EXPECT_EQ(refused_field(correct), "closed_at");
    correct.closed_at = {};
    correct.open_again = true;
    EXPECT_EQ(refused_field(correct), "accepted");
    EXPECT_FALSE(ward.stay("V1")->blockers[0].closed);
    correct.open_again = false;
    correct.claims = {"nhs"};
    EXPECT_EQ(refused_field(correct), "claims") << "nothing is disputed";
    correct.claims = {};
    correct.holder = "the neighbours";
    EXPECT_EQ(refused_field(correct), "holder");
    EXPECT_EQ(refused_field(
                  core::CorrectBlocker{core::BlockerId{99}, {}, {}, {}, {}, {}, {}, {}, {}, false}),
              "blocker");
}

TEST_F(Work, MilestonesAreRecordedByKeyAndOfTheSitesOwn) {
    EXPECT_EQ(refused_field(core::RecordMilestone{"first visit done", at("2026-11-02T08:30")}),
              "accepted");
    EXPECT_EQ(ward.stay("V1")->milestones[0].name, "first_visit_done");
    EXPECT_EQ(refused_field(core::RecordMilestone{"tea", {}}), "name");
    EXPECT_EQ(refused_field(core::RecordMilestone{"first_visit_done", at("2026-12-01")}), "at");
    ASSERT_TRUE(act(core::RecordMilestone{"first_visit_done", at("2026-11-02T08:30")}));
    EXPECT_EQ(ward.stay("V1")->milestones.size(), 1u) << "said twice is said once";
}

TEST_F(Work, TwoReasonsThatNobodyKnowsAreTwoBlockers) {
    ward.receive(tells(blocker("the lift is broken"), "2026-11-03T09:00"));
    ward.receive(tells(blocker("the key is lost"), "2026-11-03T09:05"));
    ward.receive(tells(blocker("the key is lost"), "2026-11-03T09:10"));
    EXPECT_EQ(ward.stay("V1")->blockers.size(), 2u);
}

TEST_F(Work, AHolderThatNobodyKnowsIsTheDefaultAndDoubtful) {
    auto odd = blocker("CP4");
    odd.holder = "the neighbours";
    ward.receive(tells(odd, "2026-11-03T09:00"));
    EXPECT_EQ(ward.stay("V1")->blockers[0].holder, "social_care");
    EXPECT_EQ(ward.stay("V1")->blockers[0].doubt, "holder to be mapped");
    EXPECT_EQ(refused_field(core::RaiseBlocker{"HP4", "", "the neighbours", "", {}}), "holder");
}

TEST_F(Work, ALocalReasonMayHaveAHolderOfItsOwn) {
    auto config = small_config();
    config.reasons[3].holder = "housing";
    ward.adopt(config);
    ward.receive(tells(blocker("night_sitting"), "2026-11-03T09:00"));
    EXPECT_EQ(ward.stay("V1")->blockers[0].holder, "housing");
    EXPECT_EQ(refused_field(core::RaiseBlocker{"CP4", "", "", "", {}}), "accepted");
    EXPECT_EQ(ward.stay("V1")->blockers[1].holder, "social_care");
}

TEST_F(Work, TheClockIsNotHandedOverAhead) {
    auto const made = act(core::RaiseBlocker{"CP4", "", "", "", {}});
    EXPECT_EQ(refused_field(core::HandOverClock{core::BlockerId{made->made}, at("2026-12-01")}),
              "at");
}

TEST_F(Work, AnIdealIsNotTakenAwayWithoutAReasonEither) {
    auto const set = [&](std::string code, std::string why) {
        return refused_field(core::SetField{Field::ideal_outcome, {code, {}, {}, {}}, why, {}});
    };
    EXPECT_EQ(set("own_home", ""), "accepted");
    EXPECT_EQ(set("", ""), "why");
    EXPECT_EQ(set("", "no_service"), "why");
    EXPECT_EQ(set("", "No  Service"), "why");
    EXPECT_EQ(set("", "entry_error"), "accepted");
    EXPECT_FALSE(ward.read("V1", Field::ideal_outcome).known());
}

TEST_F(Work, AValueThatIsNoneOfItsFieldIsRefusedFromAPersonAndKeptFromASource) {
    auto const words = core::Value{{}, {}, {}, {"soon", {}}};
    EXPECT_EQ(refused_field(core::SetField{Field::expected_discharge, words, "", {}}),
              "expected discharge");
    EXPECT_EQ(refused_field(core::SetField{Field::expected_outcome, words, "", {}}),
              "expected outcome");
    EXPECT_EQ(refused_field(core::SetField{Field::team, {"nobody", {}, {}, {}}, "", {}}), "team");
    EXPECT_EQ(refused_field(core::SetField{Field::team, {"south", {}, {}, {}}, "", {}}),
              "accepted");
    auto const told = ward.receive(
        a08("V1", "M1", "2026-11-03T09:00").fact(Field::expected_discharge, words).ward("KENT"));
    EXPECT_EQ(told.reason, "unmappable");
    EXPECT_FALSE(ward.read("V1", Field::expected_discharge).known());
    EXPECT_EQ(ward.read("V1", Field::location).fact->value.location->ward, "KENT");
}

TEST_F(Work, ACommandOlderThanTheMemoryOfCommandsIsRefused) {
    auto command = command_for("V1");
    command.what = core::ConfirmField{Field::admitted_at};
    ward.wait_until("2026-11-20T09:00");
    command.entered_at = ward.now() - core::command_memo_kept;
    auto const late = ward.command(command);
    ASSERT_FALSE(late);
    EXPECT_EQ(late.error().field, "entered_at");
    command.entered_at = ward.now() - core::command_memo_kept + minutes(1);
    EXPECT_TRUE(ward.command(command));
}

TEST_F(Work, OverCapacityIsTakenFromAPersonAndABelowZeroIsNot) {
    core::ReportCapacity report;
    report.counters.service = "KCC/home-care";
    report.counters.total = 5;
    report.counters.occupied = 7;
    EXPECT_EQ(refused_field(report), "accepted");
    report.counters.reserved = -1;
    EXPECT_EQ(refused_field(report), "reserved");
}

TEST_F(Work, ALateReportOfCapacityNeverWins) {
    Message message{"capacity", "2026-11-05T09:00"};
    core::CapacitySeen seen;
    seen.counters.service = "s";
    seen.counters.accepting = 3;
    message.source("hub").observation.kind = seen;
    ward.receive(message);
    Message late{"capacity", "2026-11-04T09:00"};
    seen.counters.accepting = 9;
    late.source("hub").observation.kind = seen;
    ward.receive(late);
    EXPECT_EQ(ward.state().services.at("s").counters.accepting, 3);
}

}  // namespace
}  // namespace washup::tests
