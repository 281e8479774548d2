// How a stay ends, and how an end is undone: product.md section 3.

#include <gtest/gtest.h>

#include "tests/unit/daemon/core/one_stay.hpp"

namespace washup::tests {
namespace {

using core::Field;

struct Ends : OneStay {};

TEST_F(Ends, WhatIsToldOnTheDayOfAnEndWithoutATimeIsStillOfThatStay) {
    ward.receive(a03("V1", "M1", "2026-11-04T15:00")
                     .fact(Field::ending, {core::ended::discharged, at("2026-11-04"), {}, {}}));
    Message row{"blockers", "2026-11-04T09:00"};
    core::BlockerSeen seen;
    seen.reason = "CP4";
    row.source("hub").person("M1").observation.kind = seen;
    EXPECT_EQ(ward.receive(row).code, "accepted");
    row.observation.times.occurred = at("2026-11-05T00:00");
    EXPECT_EQ(ward.receive(row).code, "inbox");
}

TEST_F(Ends, ADischargeThatComesLateAfterItsCancelEndsNothing) {
    ward.receive(a03("V1", "M1", "2026-11-04T15:00", "2026-11-04T15:05"));
    ward.receive(a13("V1", "M1", "2026-11-04T16:00"));
    EXPECT_FALSE(ward.ended("V1"));
    ward.receive(a03("V1", "M1", "2026-11-04T15:00", "2026-11-04T15:05"));
    EXPECT_FALSE(ward.ended("V1")) << "the same discharge, resent";
    ward.receive(a03("V1", "M1", "2026-11-04T14:00", "2026-11-04T14:05"));
    EXPECT_FALSE(ward.ended("V1")) << "an older one that was on its way";
    ward.receive(a03("V1", "M1", "2026-11-05T11:00"));
    EXPECT_TRUE(ward.ended("V1")) << "a new one";
}

TEST_F(Ends, ACancelThatOvertakesItsDischargeTakesItBackAllTheSame) {
    ward.receive(a13("V1", "M1", "2026-11-04T16:00"));
    ward.receive(a03("V1", "M1", "2026-11-04T15:00", "2026-11-04T15:05"));
    EXPECT_FALSE(ward.ended("V1"));
}

TEST_F(Ends, AnUpdateAfterADeathBringsNobodyBack) {
    auto death = a03("V1", "M1", "2026-11-04T03:00");
    death.observation.facts.back().value.code = core::ended::died;
    ward.receive(death);
    ward.receive(a08("V1", "M1", "2026-11-04T09:00").ward("KENT"));
    EXPECT_TRUE(core::has_died(ward.state(), *ward.stay("V1")));
    EXPECT_EQ(core::end_of(ward.state(), *ward.stay("V1"))->how, core::ended::died);
}

TEST_F(Ends, ADeathToldWithoutADischargeIsAnEndToo) {
    EXPECT_FALSE(core::end_of(ward.state(), *ward.stay("V1")));
    ward.receive(a08("V1", "M1", "2026-11-04T09:00").time(Field::died_at, "2026-11-04T03:00"));
    auto const end = core::end_of(ward.state(), *ward.stay("V1"));
    ASSERT_TRUE(end);
    EXPECT_EQ(end->how, core::ended::died);
    EXPECT_EQ(end->at.at, at("2026-11-04T03:00").at);
    ward.receive(a03("V1", "M1", "2026-11-04T12:00"));
    EXPECT_EQ(core::end_of(ward.state(), *ward.stay("V1"))->how, core::ended::died)
        << "who died at three did not go home at noon";
}

TEST_F(Ends, WhoDiesLaterWasDischargedAndADeathBeforeTheAdmissionIsNobodysHere) {
    ward.receive(a03("V1", "M1", "2026-11-04T12:00"));
    ward.receive(a08("V1", "M1", "2026-11-09T09:00").time(Field::died_at, "2026-11-04"));
    auto const end = [&] { return *core::end_of(ward.state(), *ward.stay("V1")); };
    EXPECT_EQ(end().how, core::ended::discharged) << "on that day, at home";
    ward.receive(a08("V1", "M1", "2026-11-10T09:00").time(Field::died_at, "2025-11-03"));
    EXPECT_EQ(end().how, core::ended::discharged) << "the wrong year";
    ward.receive(a08("V1", "M1", "2026-11-11T09:00").time(Field::died_at, "2026-11-03"));
    EXPECT_EQ(end().how, core::ended::died);
    EXPECT_EQ(end().at, at("2026-11-03")) << "the bed was cleared the next day";
}

TEST_F(Ends, NobodyIsRemindedOfAnActionForSomebodyWhoDied) {
    ASSERT_TRUE(act(core::AssignAction{"hoist", "posei", at("2026-11-05"), {}, {}}));
    ward.receive(a08("V1", "M1", "2026-11-04T09:00").time(Field::died_at, "2026-11-04T03:00"));
    ward.wait_until("2026-11-06T09:00");
    EXPECT_FALSE(ward.stay("V1")->actions[0].overdue);
    EXPECT_GT(core::next_due(ward.state()), ward.now());
    ward.receive(a08("V1", "M1", "2026-11-06T10:00").fact(Field::died_at, {}));
    ward.wait_until("2026-11-06T11:00");
    EXPECT_TRUE(ward.stay("V1")->actions[0].overdue) << "it was an error: she lives";
}

TEST_F(Ends, RecordedInErrorAndReopenedTheStayIsAsIfNothingHadHappened) {
    ward.receive(a11("V1", "M1", "2026-11-03T09:00"));
    EXPECT_EQ(ward.read("V1", Field::ending).fact->value.code, core::ended::recorded_in_error);
    EXPECT_EQ(act(core::Reopen{""}).error().field, "why");
    ASSERT_TRUE(act(core::Reopen{"wrong person cancelled"}));
    EXPECT_FALSE(ward.ended("V1"));
    EXPECT_EQ(ward.stay("V1")->end_recorded_at.ms, 0);
    EXPECT_EQ(act(core::Reopen{"again"}).error().field, "stay") << "nothing to reopen";
    ward.receive(a11("V1", "M1", "2026-11-03T09:00"));
    EXPECT_FALSE(ward.ended("V1")) << "the same cancel, resent, is not a new one";
}

TEST_F(Ends, UndoneAgainstTheWardAPersonMayConfirmTheWardAfterAll) {
    ward.receive(a03("V1", "M1", "2026-11-04T15:00"));
    ASSERT_TRUE(act(core::Reopen{"she came back to the ward"}));
    ASSERT_NE(core::undone_ending(ward.state(), *ward.stay("V1")), nullptr);
    ASSERT_TRUE(act(core::ConfirmField{Field::ending}));
    EXPECT_TRUE(ward.ended("V1"));
    EXPECT_EQ(ward.read("V1", Field::ending).fact->value.moment->at, at("2026-11-04T15:00").at);
    EXPECT_EQ(core::undone_ending(ward.state(), *ward.stay("V1")), nullptr);
}

TEST_F(Ends, UndoneAgainstTheWardTheWardsOwnCancelEndsTheContradiction) {
    ward.receive(a03("V1", "M1", "2026-11-04T15:00"));
    ASSERT_TRUE(act(core::Reopen{"she came back to the ward"}));
    ward.receive(a13("V1", "M1", "2026-11-04T17:00"));
    EXPECT_EQ(core::undone_ending(ward.state(), *ward.stay("V1")), nullptr);
    EXPECT_EQ(act(core::ConfirmField{Field::ending}).error().field, "ending");
}

TEST_F(Ends, AnEndingOfNoKnownKindWaitsForAPerson) {
    auto odd = a03("V1", "M1", "2026-11-04T15:00");
    odd.observation.facts.back().value.code = "beamed up";
    EXPECT_EQ(ward.receive(odd).reason, "unmappable");
    EXPECT_FALSE(ward.ended("V1"));
}

TEST_F(Ends, AReopenedStayIsNotLetGoAndItsHundredDaysBeginAnew) {
    ward.receive(a03("V1", "M1", "2026-11-04T15:00"));
    ward.wait_until("2026-12-01T09:00");
    ASSERT_TRUE(act(core::Reopen{"in error"}));
    ward.wait_until("2027-06-01T09:00");
    ASSERT_NE(ward.stay("V1"), nullptr);
    ward.receive(a03("V1", "M1", "2027-06-01T10:00"));
    ward.wait_until("2027-09-09T10:00");
    EXPECT_NE(ward.stay("V1"), nullptr) << "ninety-nine days and some";
    ward.wait_until("2027-09-11T10:00");
    EXPECT_EQ(ward.stay("V1"), nullptr);
}

TEST_F(Ends, ABackdatedDischargeKeepsTheStayAHundredDaysFromItsRecording) {
    ward.wait_until("2027-02-20T09:00");
    ward.receive(a03("V1", "M1", "2026-11-04T15:00", "2027-02-20T09:05"));
    EXPECT_TRUE(ward.ended("V1"));
    ward.wait_until("2027-03-20T09:00");
    EXPECT_NE(ward.stay("V1"), nullptr);
}

}  // namespace
}  // namespace washup::tests
