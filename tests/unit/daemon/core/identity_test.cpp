// Who is meant: unknown visits, waiting, provisional stays, merges and their undo.

#include <gtest/gtest.h>

#include "daemon/core/identity.hpp"
#include "tests/support/core/ward.hpp"

namespace washup::tests {
namespace {

using core::Field;

std::string name_on_row(Ward const& ward, std::string const& visit) {
    auto const said = ward.read(visit, Field::name);
    return said.known() ? said.fact->value.text.text : "";
}

TEST(UnknownVisit, ATransferOpensItAndItIsMarkedInferred) {
    Ward ward;
    EXPECT_EQ(ward.receive(a02("V1", "M1", "2026-11-03T09:00", "KENT")).code, "accepted");
    ASSERT_NE(ward.stay("V1"), nullptr);
    EXPECT_TRUE(ward.stay("V1")->inferred);
    ward.receive(a01("V1", "M1", "2026-11-02T09:00"));
    EXPECT_FALSE(ward.stay("V1")->inferred) << "its admission came after all";
}

TEST(UnknownVisit, ADischargeWaitsInTheInboxAndIsCarriedOutWhenTheVisitAppears) {
    Ward ward;
    auto const outcome = ward.receive(a03("V1", "M1", "2026-11-04T15:00"));
    EXPECT_EQ(outcome.code, "inbox");
    EXPECT_EQ(outcome.reason, "waiting_for_visit");
    EXPECT_EQ(ward.stay("V1"), nullptr);
    ward.receive(a01("V1", "M1", "2026-11-02T09:00"));
    EXPECT_TRUE(ward.ended("V1"));
    EXPECT_EQ(ward.state().inbox.begin()->second.settled, "carried_out");
    EXPECT_TRUE(ward.state().waiting.empty());
}

TEST(UnknownVisit, AnOutpatientIsCountedAndNothingElse) {
    Ward ward;
    auto message = a08("V1", "M1", "2026-11-03T09:00");
    message.stay({core::StaySeen::Effect::update, false, false, false, {}, {}});
    EXPECT_EQ(ward.receive(message).code, "counted");
    EXPECT_TRUE(ward.state().stays.empty());
}

TEST(UnknownVisit, APersonWithoutAStayIsCounted) {
    Ward ward;
    Message message{"A31", "2026-11-03T09:00"};
    message.person("M1").text(Field::name, "ADAMS, Edith").observation.kind = core::PersonSeen{};
    EXPECT_EQ(ward.receive(message).reason, "person without stay");
    EXPECT_TRUE(ward.state().persons.empty());
}

TEST(Identity, TwoHospitalRecordsWithOneNhsNumberStayTwoUntilTheyAreMerged) {
    Ward ward;
    ward.receive(a01("V1", "M1", "2026-11-02T09:00").nhs("9990000018"));
    ward.receive(a01("V2", "M2", "2026-11-03T09:00").nhs("9990000018"));
    EXPECT_NE(ward.stay("V1")->person, ward.stay("V2")->person);
    ward.receive(a40("M1", "M2", "2026-11-04T09:00"));
    EXPECT_EQ(ward.state().survivor_of(ward.stay("V2")->person), ward.stay("V1")->person);
}

TEST(Identity, ADoubtfulNumberNeverMatches) {
    Ward ward;
    ward.receive(a01("V1", "M1", "2026-11-02T09:00").nhs("1111111111", true));
    auto stranger = a01("V2", "M2", "2026-11-03T09:00").nhs("1111111111", true);
    EXPECT_FALSE(core::resolve_person(ward.state(), {stranger.observation.subject.identifiers[1]}));
}

TEST(Identity, AVisitOfSomebodyElseTakesTheStaysFactsAndAsksAPerson) {
    Ward ward;
    ward.receive(a01("V1", "M1", "2026-11-02T09:00").text(Field::name, "ADAMS, Edith"));
    ward.receive(a01("V2", "M2", "2026-11-02T09:00").text(Field::name, "BROWN, Tom"));
    auto mixed = a08("V1", "M2", "2026-11-03T09:00").text(Field::name, "BROWN, Tom").ward("KENT");
    EXPECT_EQ(ward.receive(mixed).reason, "visit_of_another_person");
    EXPECT_EQ(name_on_row(ward, "V1"), "ADAMS, Edith");
    EXPECT_EQ(ward.read("V1", Field::location).fact->value.location->ward, "KENT");
}

TEST(Merge, ALateMessageForTheRetiredNumberShowsOnTheSurvivorsRowAndUndoTakesItBack) {
    Ward ward;
    ward.receive(a01("V1", "M1", "2026-11-02T09:00").text(Field::name, "ADAMS, Edith"));
    ward.receive(a40("M1", "M9", "2026-11-03T09:00"));
    ward.receive(a08("V9", "M9", "2026-11-04T09:00").text(Field::name, "ADAMS, Edith Rose"));
    EXPECT_EQ(name_on_row(ward, "V1"), "ADAMS, Edith Rose");
    EXPECT_NE(ward.stay("V9")->person, ward.stay("V1")->person) << "kept with the retired record";
    auto undo = command_for("V1");
    undo.what = core::UndoMerge{"two different women"};
    ASSERT_TRUE(ward.command(undo));
    EXPECT_EQ(name_on_row(ward, "V1"), "ADAMS, Edith");
}

TEST(Merge, TwiceIsNothingAndTheOtherWayRoundIsAConflictForAPerson) {
    Ward ward;
    ward.receive(a01("V1", "M1", "2026-11-02T09:00"));
    ward.receive(a40("M1", "M2", "2026-11-03T09:00"));
    EXPECT_EQ(ward.receive(a40("M1", "M2", "2026-11-03T09:00")).code, "accepted");
    EXPECT_EQ(ward.receive(a40("M2", "M1", "2026-11-03T10:00")).reason, "merge_conflict");
}

TEST(Merge, AChainIsReadToItsEndAndNeverBecomesACircle) {
    Ward ward;
    ward.receive(a01("V1", "M1", "2026-11-02T09:00").text(Field::name, "ADAMS, Edith"));
    ward.receive(a40("M2", "M3", "2026-11-03T09:00"));
    ward.receive(a40("M1", "M2", "2026-11-03T10:00"));
    ward.receive(a08("V3", "M3", "2026-11-04T09:00").text(Field::name, "ADAMS, E"));
    EXPECT_EQ(name_on_row(ward, "V1"), "ADAMS, E") << "through two links";
    EXPECT_EQ(ward.receive(a40("M3", "M1", "2026-11-05T09:00")).reason, "merge_conflict");
    EXPECT_EQ(ward.receive(a40("M4", "M2", "2026-11-05T10:00")).reason, "merge_conflict");
    EXPECT_EQ(ward.receive(a40("M1", "M1", "2026-11-05T11:00")).code, "accepted") << "nothing";
    EXPECT_EQ(ward.state().records_of(ward.stay("V1")->person).size(), 3u);
}

TEST(Merge, UndoneFromARetiredStayItsOwnLinkGoesAndTheOthersStand) {
    Ward ward;
    ward.receive(a01("V1", "M1", "2026-11-02T09:00").text(Field::name, "ADAMS, Edith"));
    ward.receive(a01("V2", "M2", "2026-11-02T09:30").text(Field::name, "BROWN, Ann"));
    ward.receive(a01("V3", "M3", "2026-11-02T09:40").text(Field::name, "CLARK, Joan"));
    ward.receive(a40("M1", "M2", "2026-11-03T09:00"));
    ward.receive(a40("M1", "M3", "2026-11-03T10:00"));
    auto undo = command_for("V2");
    undo.what = core::UndoMerge{"another woman"};
    ASSERT_TRUE(ward.command(undo));
    EXPECT_EQ(name_on_row(ward, "V2"), "BROWN, Ann");
    EXPECT_EQ(ward.state().survivor_of(ward.stay("V3")->person), ward.stay("V1")->person);
    undo.id = "again";
    EXPECT_FALSE(ward.command(undo)) << "there is nothing left to undo";
}

TEST(Provisional, TheCouncilsAnnouncementIsJoinedWhenTheWardsEventArrives) {
    Ward ward;
    ward.receive(referral("9990000018", "2026-11-02T08:30"));
    ASSERT_EQ(ward.state().stays.size(), 1u);
    EXPECT_TRUE(ward.state().stays.begin()->second.provisional);
    ward.receive(a01("V1", "M1", "2026-11-02T09:00").nhs("9990000018"));
    auto const* stay = ward.stay("V1");
    ASSERT_NE(stay, nullptr);
    EXPECT_EQ(stay->joined.size(), 1u);
    EXPECT_TRUE(ward.read("V1", Field::referred_at).known()) << "what was announced reads through";
}

TEST(Provisional, AReferralForAKnownInpatientIsAFactAndNoSecondStay) {
    Ward ward;
    ward.receive(a01("V1", "M1", "2026-11-02T09:00").nhs("9990000018"));
    ward.receive(referral("9990000018", "2026-11-02T10:00"));
    EXPECT_EQ(ward.state().stays.size(), 1u);
    EXPECT_TRUE(ward.read("V1", Field::referred_at).known());
}

TEST(LettingGo, AStayLeavesAHundredDaysAfterItsEndWasRecordedAndALaterFactGoesToTheInbox) {
    Ward ward;
    ward.receive(a01("V1", "M1", "2026-11-02T09:00"));
    ward.receive(a03("V1", "M1", "2026-11-04T15:00"));
    ward.wait_until("2027-02-12T09:00");
    EXPECT_NE(ward.stay("V1"), nullptr);
    ward.wait_until("2027-02-13T09:00");
    EXPECT_EQ(ward.stay("V1"), nullptr);
    EXPECT_EQ(ward.receive(a08("V1", "M1", "2027-02-14T09:00")).reason, "stay_let_go");
}

}  // namespace
}  // namespace washup::tests
