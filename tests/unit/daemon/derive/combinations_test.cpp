// Rules of product.md section 3 in combination: what is lost, and to whom it belongs, when dates,
// ends, sites and blockers change after the fact.

#include <gtest/gtest.h>

#include "daemon/derive/chess_clock.hpp"
#include "daemon/derive/ledger.hpp"
#include "tests/support/core/ward.hpp"

namespace washup::tests {
namespace {

using core::Field;

std::vector<derive::LostMidnight> nights(Ward const& ward, std::string const& visit = "V1") {
    return derive::ledger(ward.state(), *ward.stay(visit), ward.state().today);
}

std::vector<std::string> dates(Ward const& ward) {
    std::vector<std::string> all;
    for (auto const& night : nights(ward)) all.push_back(to_iso(night.date));
    return all;
}

Message ready(std::string when, std::string said_at) {
    return a08("V1", "M1", said_at).time(Field::discharge_ready, when);
}

Message blocker(std::string reason, std::string opened, std::string closed, std::string said_at) {
    Message message{"blockers", said_at};
    core::BlockerSeen seen;
    seen.reason = reason;
    seen.reference = reason;
    seen.opened_at = at(opened);
    seen.closed = !closed.empty();
    if (seen.closed) seen.closed_at = at(closed);
    message.source("hub").person("M1").observation.kind = seen;
    return message;
}

TEST(Combined, ReadyResetThenDischargedThenTheDischargeIsCancelled) {
    Ward ward;
    ward.receive(a01("V1", "M1", "2026-11-02T09:00"));
    ward.receive(ready("2026-11-05", "2026-11-05T12:00"));
    ward.receive(a08("V1", "M1", "2026-11-07T12:00").fact(Field::discharge_ready, {}));
    ward.receive(ready("2026-11-10", "2026-11-10T12:00"));
    ward.receive(a03("V1", "M1", "2026-11-12T10:00"));
    ward.wait_until("2026-11-15T09:00");
    EXPECT_EQ(dates(ward), (std::vector<std::string>{"2026-11-10", "2026-11-11"}));
    ward.receive(a13("V1", "M1", "2026-11-15T10:00"));
    EXPECT_EQ(nights(ward).size(), 5u) << "as if the discharge had not happened";
    EXPECT_EQ(dates(ward).front(), "2026-11-10") << "the earlier period stays ended";
    EXPECT_EQ(ward.stay("V1")->history(Field::discharge_ready)->facts.size(), 3u)
        << "and stays in the history";
}

TEST(Combined, AResetThatComesLateStillEndsItsPeriod) {
    Ward ward;
    ward.receive(a01("V1", "M1", "2026-11-02T09:00"));
    ward.receive(ready("2026-11-05", "2026-11-05T12:00"));
    ward.receive(ready("2026-11-10", "2026-11-10T12:00"));
    ward.receive(a08("V1", "M1", "2026-11-07T12:00").fact(Field::discharge_ready, {}));
    ward.wait_until("2026-11-12T09:00");
    EXPECT_EQ(dates(ward), (std::vector<std::string>{"2026-11-10", "2026-11-11"}));
}

TEST(Combined, EachNightBelongsToTheSiteOfThatMidnight) {
    Ward ward;
    auto config = small_config();
    config.sites.push_back({"QEQM", "Queen Elizabeth", {"RZZ02"}});
    ward.adopt(config);
    ward.receive(a01("V1", "M1", "2026-11-02T09:00"));
    ward.receive(ready("2026-11-09", "2026-11-09T12:00"));
    auto move = a02("V1", "M1", "2026-11-11T10:00", "SEA");
    move.observation.facts.back().value.location->site = "RZZ02";
    ward.receive(move);
    ward.wait_until("2026-11-13T09:00");
    auto const all = nights(ward);
    ASSERT_EQ(all.size(), 4u);
    EXPECT_EQ(all[1].site, "STM");
    EXPECT_EQ(all[2].site, "QEQM") << "the midnight that ends the eleventh";
    EXPECT_EQ(core::end_of(ward.state(), *ward.stay("V1")), std::nullopt) << "a move is no end";
}

TEST(Combined, ABackdatedBlockerThatIsClosedAlreadyOwnsItsNights) {
    Ward ward;
    ward.receive(a01("V1", "M1", "2026-11-02T09:00"));
    ward.receive(ready("2026-11-05", "2026-11-05T12:00"));
    ward.wait_until("2026-11-12T09:00");
    EXPECT_TRUE(nights(ward)[2].reason.empty());
    ward.receive(blocker("CP4", "2026-11-06", "2026-11-08", "2026-11-12T10:00"));
    auto const all = nights(ward);
    ASSERT_EQ(all.size(), 7u);
    EXPECT_EQ(all[0].reason, "")
        << "it opened on the sixth, after the midnight that ends the fifth";
    EXPECT_EQ(all[1].reason, "CP4");
    EXPECT_EQ(all[2].reason, "CP4") << "and closed on the eighth, after the one before it";
    EXPECT_EQ(all[3].reason, "");
}

TEST(Combined, WhenTheOneHandedToClosesTheEarliestOpenHoldsAgain) {
    Ward ward;
    ward.receive(a01("V1", "M1", "2026-11-02T09:00"));
    ward.receive(ready("2026-11-05", "2026-11-05T12:00"));
    ward.receive(blocker("CP4", "2026-11-05", "", "2026-11-05T12:00"));
    ward.receive(blocker("HP4", "2026-11-06", "", "2026-11-06T12:00"));
    ward.wait_until("2026-11-07T09:00");
    auto hand_over = command_for("V1");
    hand_over.what = core::HandOverClock{ward.stay("V1")->blockers[1].id, at("2026-11-07")};
    ASSERT_TRUE(ward.command(hand_over));
    ward.receive(blocker("HP4", "2026-11-06", "2026-11-09", "2026-11-09T12:00"));
    ward.wait_until("2026-11-11T09:00");
    std::vector<std::string> held;
    for (auto const& night : nights(ward)) held.push_back(night.reason);
    EXPECT_EQ(held, (std::vector<std::string>{"CP4", "CP4", "HP4", "HP4", "CP4", "CP4"}));
}

TEST(Combined, ATransferByDateAloneIsAfterTheMidnightBeforeIt) {
    Ward ward;
    ward.receive(a01("V1", "M1", "2026-11-02T09:00", "FORD"));
    ward.receive(ready("2026-11-05", "2026-11-05T12:00"));
    ward.receive(a02("V1", "M1", "2026-11-07", "KENT"));
    ward.wait_until("2026-11-09T09:00");
    std::vector<std::string> wards;
    for (auto const& night : nights(ward)) wards.push_back(night.ward);
    EXPECT_EQ(wards, (std::vector<std::string>{"FORD", "FORD", "KENT", "KENT"}));
}

TEST(Combined, AReadyDateBeforeTheAdmissionLosesNoNightInNoBed) {
    Ward ward;
    ward.receive(a01("V1", "M1", "2026-11-05T09:00"));
    ward.receive(ready("2026-11-01", "2026-11-05T12:00"));
    ward.wait_until("2026-11-08T09:00");
    EXPECT_EQ(nights(ward).size(), 3u);
    EXPECT_EQ(derive::whole_of(ward.state(), *ward.stay("V1"))->from, at("2026-11-05T09:00").at);
}

TEST(Combined, MergedAndUnmergedNobodysNightsHaveMoved) {
    Ward ward;
    ward.receive(a01("V1", "M1", "2026-11-02T09:00"));
    ward.receive(ready("2026-11-05", "2026-11-05T12:00"));
    ward.receive(a01("V2", "M2", "2026-11-02T09:00"));
    ward.receive(a08("V2", "M2", "2026-11-05T12:00").time(Field::discharge_ready, "2026-11-06"));
    ward.receive(a40("M1", "M2", "2026-11-07T09:00"));
    ward.receive(blocker("CP4", "2026-11-07", "", "2026-11-07T10:00"));
    ward.receive(a03("V2", "M2", "2026-11-08T10:00"));
    auto undo = command_for("V1");
    undo.what = core::UndoMerge{"two women"};
    ASSERT_TRUE(ward.command(undo));
    ward.wait_until("2026-11-10T09:00");
    EXPECT_EQ(nights(ward, "V1").size(), 5u);
    EXPECT_EQ(nights(ward, "V2").size(), 2u);
    EXPECT_EQ(ward.stay("V1")->blockers.size() + ward.stay("V2")->blockers.size(), 1u);
}

TEST(Combined, OnLeaveWithTheBedHeldIsInBed) {
    Ward ward;
    ward.receive(a01("V1", "M1", "2026-11-02T09:00"));
    ward.receive(ready("2026-11-05", "2026-11-05T12:00"));
    ward.receive(a08("V1", "M1", "2026-11-06T12:00").code(Field::on_leave, "yes"));
    ward.wait_until("2026-11-08T09:00");
    EXPECT_EQ(nights(ward).size(), 3u);
}

TEST(Combined, AnEndWithoutATimeEndsTheNightsWhenItWasObserved) {
    Ward ward;
    ward.receive(a01("V1", "M1", "2026-11-02T09:00"));
    ward.receive(ready("2026-11-05", "2026-11-05T12:00"));
    auto end = a03("V1", "M1", "2026-11-07T10:00");
    end.observation.facts.back().value.moment.reset();
    ward.receive(end);
    ward.wait_until("2026-11-20T09:00");
    EXPECT_EQ(nights(ward).size(), 2u);
}

TEST(Combined, AReadyDateIsNeverBeforeAnAdmissionForAPersonAndOnlyDoubtfulForASource) {
    Ward ward;
    ward.receive(a01("V1", "M1", "2026-11-02T09:00"));
    ward.receive(ready("2026-11-01", "2026-11-03T12:00"));
    EXPECT_TRUE(ward.read("V1", Field::discharge_ready).known());
    auto command = command_for("V1");
    command.what = core::SetField{Field::discharge_ready, {{}, at("2026-11-01"), {}, {}}, "", {}};
    EXPECT_FALSE(ward.command(command));
}

}  // namespace
}  // namespace washup::tests
