// What a person may do and is refused, with the field to blame: product.md section 3.

#include <gtest/gtest.h>

#include "tests/unit/daemon/core/one_stay.hpp"

namespace washup::tests {
namespace {

using core::Field;

struct Commands : OneStay {};

TEST_F(Commands, AnActionWithoutOwnerOrDeadlineOrWithAPastDeadlineIsRefused) {
    EXPECT_EQ(refused_field(core::AssignAction{"hoist", "", at("2026-11-09"), {}, {}}), "owner");
    EXPECT_EQ(refused_field(core::AssignAction{"hoist", "posei", {}, {}, {}}), "deadline");
    EXPECT_EQ(refused_field(core::AssignAction{"hoist", "posei", at("2026-11-01"), {}, {}}),
              "deadline");
    EXPECT_EQ(refused_field(core::AssignAction{"hoist", "nobody", at("2026-11-09"), {}, {}}),
              "owner");
    EXPECT_EQ(refused_field(core::AssignAction{"hoist", "posei", at("2026-11-09"), {}, {}}),
              "accepted");
}

TEST_F(Commands, ADeadlineWithoutATimeIsFiveInTheAfternoonAndOverdueIsJournaledThen) {
    ASSERT_TRUE(act(core::AssignAction{"hoist", "posei", at("2026-11-05"), {}, {}}));
    ward.wait_until("2026-11-05T16:59");
    EXPECT_FALSE(ward.stay("V1")->actions[0].overdue);
    ward.wait_until("2026-11-05T17:00");
    EXPECT_TRUE(ward.stay("V1")->actions[0].overdue);
}

TEST_F(Commands, ABackEnteredActionIsAcceptedAndIsOverdue) {
    ward.wait_until("2026-11-09T09:00");
    ASSERT_TRUE(act(core::AssignAction{"hoist", "posei", at("2026-11-05"), at("2026-11-03"), {}}));
    ward.wait_until("2026-11-09T09:01");
    EXPECT_TRUE(ward.stay("V1")->actions[0].overdue);
}

TEST_F(Commands, MovingADeadlineNeedsAReasonAndIsCounted) {
    ASSERT_TRUE(act(core::AssignAction{"hoist", "posei", at("2026-11-05"), {}, {}}));
    auto const id = ward.stay("V1")->actions[0].id;
    EXPECT_EQ(refused_field(core::MoveDeadline{id, at("2026-11-06"), ""}), "why");
    EXPECT_EQ(refused_field(core::MoveDeadline{id, at("2026-11-06"), "van broke down"}),
              "accepted");
    EXPECT_EQ(ward.stay("V1")->actions[0].moved, 1u);
    ward.wait_until("2026-11-05T18:00");
    EXPECT_FALSE(ward.stay("V1")->actions[0].overdue);
}

TEST_F(Commands, AnIdealIsNotLoweredForWantOfAService) {
    EXPECT_EQ(refused_field(core::SetField{Field::ideal_outcome, {"own_home", {}, {}, {}}, "", {}}),
              "accepted");
    EXPECT_EQ(
        refused_field(core::SetField{Field::ideal_outcome, {"residential", {}, {}, {}}, "", {}}),
        "why");
    EXPECT_EQ(refused_field(core::SetField{
                  Field::ideal_outcome, {"residential", {}, {}, {}}, "no_service", {}}),
              "why");
    EXPECT_EQ(refused_field(core::SetField{
                  Field::ideal_outcome, {"residential", {}, {}, {}}, "need_changed", {}}),
              "accepted");
}

TEST_F(Commands, AnOutcomeOffTheLadderIsRefusedFromAPersonAndKeptFromASource) {
    EXPECT_EQ(
        refused_field(core::SetField{Field::expected_outcome, {"castle", {}, {}, {}}, "", {}}),
        "expected outcome");
    EXPECT_EQ(
        ward.receive(a08("V1", "M1", "2026-11-03T09:00").code(Field::expected_outcome, "castle"))
            .reason,
        "outcome_off_ladder");
    EXPECT_FALSE(ward.read("V1", Field::expected_outcome).known());
}

TEST_F(Commands, AValueThatChangedMeanwhileIsRefusedWithBothValues) {
    ASSERT_TRUE(act(core::SetField{Field::expected_outcome, {"rehab_bed", {}, {}, {}}, "", {}}));
    auto const answer = act(core::SetField{
        Field::expected_outcome, {"nursing", {}, {}, {}}, "", std::string{"own_home"}});
    ASSERT_FALSE(answer);
    EXPECT_NE(answer.error().words.find("rehab_bed"), std::string::npos);
    EXPECT_NE(answer.error().words.find("own_home"), std::string::npos);
}

TEST_F(Commands, ReadyBeforeTheAdmissionIsRefusedFromAPersonAndAppliedFromASource) {
    EXPECT_EQ(refused_field(
                  core::SetField{Field::discharge_ready, {{}, at("2026-11-01"), {}, {}}, "", {}}),
              "discharge ready");
    EXPECT_EQ(
        ward.receive(a08("V1", "M1", "2026-11-03T09:00").time(Field::discharge_ready, "2026-11-01"))
            .code,
        "accepted");
}

TEST_F(Commands, ABlockerCannotCloseBeforeItOpenedByAPersonAndIsDoubtfulFromASource) {
    ward.wait_until("2026-11-03T08:00");
    ASSERT_TRUE(act(core::RaiseBlocker{"CP4", "", "", "", at("2026-11-02T10:00")}));
    auto const id = ward.stay("V1")->blockers[0].id;
    EXPECT_EQ(refused_field(core::CloseBlocker{id, "", at("2026-11-01T10:00")}), "closed_at");
    Message message{"blockers", "2026-11-03T09:00"};
    message.source("hub").person("M1").observation.kind =
        core::BlockerSeen{"HP4", "", "", "", "b-7", "", true, at("2026-11-03"), at("2026-11-02")};
    EXPECT_EQ(ward.receive(message).code, "accepted");
    EXPECT_EQ(ward.stay("V1")->blockers.back().doubt, "closed before it opened");
}

TEST_F(Commands, AReasonNobodyKnowsIsRefusedFromAPersonAndShownToBeMappedFromASource) {
    EXPECT_EQ(refused_field(core::RaiseBlocker{"moon phase", "", "", "", {}}), "reason");
    Message message{"blockers", "2026-11-03T09:00"};
    message.source("hub").person("M1").observation.kind =
        core::BlockerSeen{"moon phase", "", "", "", "", "", false, {}, {}};
    ward.receive(message);
    EXPECT_EQ(ward.stay("V1")->blockers.back().doubt, "reason to be mapped");
    EXPECT_EQ(ward.stay("V1")->blockers.back().as_given.text, "moon phase");
}

TEST_F(Commands, ReopeningByHandStandsAgainstTheWardUntilTheWardSaysAnotherEnd) {
    ward.receive(a03("V1", "M1", "2026-11-04T15:00"));
    EXPECT_EQ(refused_field(core::Reopen{""}), "why");
    ASSERT_TRUE(act(core::Reopen{"transport failed"}));
    EXPECT_FALSE(ward.ended("V1"));
    ward.receive(a08("V1", "M1", "2026-11-04T16:00"));
    EXPECT_FALSE(ward.ended("V1"));
    ward.receive(a03("V1", "M1", "2026-11-06T15:00"));
    EXPECT_TRUE(ward.ended("V1"));
}

TEST_F(Commands, ACommandWithoutActorOrTooLateIsRefused) {
    auto command = command_for("V1");
    command.what = core::RaiseBlocker{"CP4", "", "", "", {}};
    command.expires_at = at("2026-11-01T00:00").at;
    EXPECT_EQ(ward.command(command).error().field, "expires_at");
    auto const nobody = core::decide(
        ward.state(),
        [&] {
            auto c = command;
            c.id = "x";
            return c;
        }(),
        ward.now());
    EXPECT_EQ(nobody.error().field, "actor");
}

TEST_F(Commands, NegativeCapacityIsRefusedFromAPersonAndKeptFromASource) {
    core::CapacityReported counters;
    counters.service = "thanet-night";
    counters.accepting = -1;
    EXPECT_EQ(refused_field(core::ReportCapacity{counters}), "accepting");
    Message message{"capacity", "2026-11-03T09:00"};
    message.source("hub").observation.kind = core::CapacitySeen{counters};
    EXPECT_EQ(ward.receive(message).reason, "negative_capacity");
}

TEST_F(Commands, ASourcesActionWithoutAnOwnerIsADraftInTheInboxAndAnUnknownOwnerIsKeptAsGiven) {
    Message draft{"actions", "2026-11-03T09:00"};
    draft.source("hub").person("M1").observation.kind =
        core::ActionSeen{"order hoist", "", "open", "", "a-1", "", at("2026-11-09"), {}};
    EXPECT_EQ(ward.receive(draft).reason, "draft_action");
    Message owned{"actions", "2026-11-03T09:00"};
    owned.source("hub").person("M1").observation.kind =
        core::ActionSeen{"order hoist", "R. Lund", "open", "", "a-2", "", at("2026-11-09"), {}};
    ward.receive(owned);
    EXPECT_TRUE(ward.stay("V1")->actions[0].owner.empty());
    EXPECT_EQ(ward.stay("V1")->actions[0].owner_as_given.text, "R. Lund");
}

TEST_F(Commands, TheListsOfAStayAreBounded) {
    for (std::size_t i = 0; i <= core::stay_actions_max; ++i) {
        auto const last = act(core::AssignAction{"call", "posei", at("2026-12-09"), {}, {}});
        EXPECT_EQ(last.has_value(), i < core::stay_actions_max);
    }
    Message message{"blockers", "2026-11-03T09:00"};
    for (std::size_t i = 0; i <= core::stay_blockers_max; ++i) {
        Message blocker{"blockers", "2026-11-03T09:00"};
        blocker.source("hub").person("M1").observation.kind =
            core::BlockerSeen{"HP4", "", "", "", "ref" + std::to_string(i), "", false, {}, {}};
        EXPECT_EQ(ward.receive(blocker).code, i < core::stay_blockers_max ? "accepted" : "inbox");
    }
    auto const first = ward.stay("V1")->blockers[0].id;
    ward.wait_until("2026-11-03T09:30");
    for (std::size_t i = 0; i <= core::stay_hand_overs_max; ++i) {
        auto const last = act(core::HandOverClock{first, at("2026-11-03T09:30")});
        EXPECT_EQ(last.has_value(), i < core::stay_hand_overs_max);
    }
    for (std::size_t i = 0; i <= core::stay_milestones_max; ++i) {
        Message milestone{"milestones", "2026-11-03T09:00"};
        milestone.source("hub").person("M1").observation.kind = core::MilestoneSeen{
            "first_visit_done",
            Moment{at("2026-11-02").at + minutes(static_cast<int>(i)), Precision::minute}};
        EXPECT_EQ(ward.receive(milestone).code,
                  i < core::stay_milestones_max ? "accepted" : "inbox");
    }
}

}  // namespace
}  // namespace washup::tests
