// Bed days and the chess clock: London midnights, never hours / 24 (product.md section 3).

#include <gtest/gtest.h>

#include "daemon/core/reading.hpp"
#include "daemon/derive/chess_clock.hpp"
#include "daemon/derive/gap.hpp"
#include "daemon/derive/ledger.hpp"
#include "daemon/derive/tallies.hpp"
#include "tests/support/core/ward.hpp"

namespace washup::tests {
namespace {

using core::Field;

Message ready(std::string const& when, std::string const& said = "2026-11-09T12:00") {
    return a08("V1", "M1", said).time(Field::discharge_ready, when);
}

std::vector<derive::LostMidnight> ledger_of(Ward const& ward) {
    return derive::ledger(ward.state(), *ward.stay("V1"), ward.state().today);
}

Message blocker(std::string reason, std::string reference, std::string opened,
                std::string closed = {}) {
    Message message{"blockers", "2026-11-20T09:00"};
    core::BlockerSeen seen{reason, "", "", "", reference, "", !closed.empty(), at(opened), {}};
    if (!closed.empty()) seen.closed_at = at(closed);
    message.source("hub").person("M1").observation.kind = seen;
    return message;
}

TEST(Ledger, ReadyOnTheNinthAndDischargedOnTheTenthIsOneNightDatedTheNinth) {
    Ward ward;
    ward.receive(a01("V1", "M1", "2026-11-02T09:00"));
    ward.receive(ready("2026-11-09T23:50"));
    ward.receive(a03("V1", "M1", "2026-11-10T00:10"));
    ward.wait_until("2026-11-15T09:00");
    auto const entries = ledger_of(ward);
    ASSERT_EQ(entries.size(), 1u);
    EXPECT_EQ(to_iso(entries[0].date), "2026-11-09");
}

TEST(Ledger, TheSameDateIsNoNight) {
    Ward ward;
    ward.receive(a01("V1", "M1", "2026-11-02T09:00"));
    ward.receive(ready("2026-11-09T00:10"));
    ward.receive(a03("V1", "M1", "2026-11-09T23:50"));
    ward.wait_until("2026-11-15T09:00");
    EXPECT_TRUE(ledger_of(ward).empty());
}

TEST(Ledger, APersonStillHereLosesTheNightsThatHavePassedAndNotTonight) {
    Ward ward;
    ward.receive(a01("V1", "M1", "2026-11-02T09:00"));
    ward.receive(ready("2026-11-09"));
    ward.wait_until("2026-11-12T23:59");
    EXPECT_EQ(ledger_of(ward).size(), 3u);
    ward.wait_until("2026-11-13T00:00");
    EXPECT_EQ(ledger_of(ward).size(), 4u);
}

TEST(Ledger, BothClockChangeNightsAndALeapDayAreOneNightEach) {
    Ward ward;
    ward.receive(a01("V1", "M1", "2027-03-20T09:00"));
    ward.receive(ready("2027-03-27", "2027-03-27T12:00"));  // clocks go forward on 28 March 2027
    ward.receive(a03("V1", "M1", "2027-03-29T09:00"));
    ward.wait_until("2027-04-01T09:00");
    EXPECT_EQ(ledger_of(ward).size(), 2u);
    Ward autumn;
    autumn.receive(a01("V1", "M1", "2027-10-20T09:00"));
    autumn.receive(ready("2027-10-30", "2027-10-30T12:00"));  // and back on 31 October
    autumn.receive(a03("V1", "M1", "2027-11-01T09:00"));
    autumn.wait_until("2027-11-05T09:00");
    EXPECT_EQ(ledger_of(autumn).size(), 2u);
    Ward leap;
    leap.receive(a01("V1", "M1", "2028-02-20T09:00"));
    leap.receive(ready("2028-02-28", "2028-02-28T12:00"));
    leap.receive(a03("V1", "M1", "2028-03-01T09:00"));
    leap.wait_until("2028-03-05T09:00");
    EXPECT_EQ(ledger_of(leap).size(), 2u);
}

TEST(Ledger, MeetingTheCriteriaAgainEndsThePeriodAndALaterReadyDateStartsANewOne) {
    Ward ward;
    ward.receive(a01("V1", "M1", "2026-11-02T09:00"));
    ward.receive(ready("2026-11-05", "2026-11-05T12:00"));
    ward.receive(a08("V1", "M1", "2026-11-07T12:00").fact(Field::discharge_ready, {}));
    ward.wait_until("2026-11-08T09:00");
    EXPECT_TRUE(ledger_of(ward).empty());
    ward.receive(ready("2026-11-10", "2026-11-10T12:00"));
    ward.wait_until("2026-11-12T09:00");
    EXPECT_EQ(ledger_of(ward).size(), 2u) << "the final period alone counts";
}

TEST(Ledger, EachNightBelongsToTheWardAndTeamOfThatMidnight) {
    Ward ward;
    ward.receive(a01("V1", "M1", "2026-11-02T09:00", "FORD"));
    ward.receive(ready("2026-11-09"));
    ward.receive(a02("V1", "M1", "2026-11-11T10:00", "KENT"));
    ward.wait_until("2026-11-12T09:00");
    auto const entries = ledger_of(ward);
    ASSERT_EQ(entries.size(), 3u);
    EXPECT_EQ(entries[1].team, "north");
    EXPECT_EQ(entries[2].team, "south");
}

TEST(ChessClock, TheEarliestOpenBlockerHoldsUntilItClosesAndGapsAreUnattributed) {
    Ward ward;
    ward.receive(a01("V1", "M1", "2026-11-02T09:00"));
    ward.receive(ready("2026-11-09T12:00"));
    ward.receive(blocker("CP4", "1", "2026-11-10T12:00", "2026-11-12T12:00"));
    ward.receive(blocker("HP4", "2", "2026-11-11T12:00", "2026-11-13T12:00"));
    auto const pieces = derive::chess_clock(ward.state(), *ward.stay("V1"),
                                            at("2026-11-09T12:00").at, at("2026-11-15T12:00").at);
    ASSERT_EQ(pieces.size(), 4u);
    EXPECT_EQ(pieces[0].holder, "");
    EXPECT_EQ(pieces[1].holder, "social_care");
    EXPECT_EQ(pieces[2].holder, "nhs");
    EXPECT_EQ(pieces[2].from, at("2026-11-12T12:00").at);
    EXPECT_EQ(pieces[3].holder, "");
}

TEST(ChessClock, AHandOverHoldsWhileItsBlockerIsOpen) {
    Ward ward;
    ward.receive(a01("V1", "M1", "2026-11-02T09:00"));
    ward.receive(ready("2026-11-09T12:00"));
    ward.receive(blocker("CP4", "1", "2026-11-09T12:00"));
    ward.receive(blocker("HP4", "2", "2026-11-09T12:00", "2026-11-12T12:00"));
    auto command = command_for("V1");
    command.what = core::HandOverClock{ward.stay("V1")->blockers[1].id, at("2026-11-10T12:00")};
    ASSERT_TRUE(ward.command(command));
    auto const holder = [&](char const* when) {
        return derive::holding(ward.state(), *ward.stay("V1"), at(when).at)->reason;
    };
    EXPECT_EQ(holder("2026-11-10T11:59"), "CP4");
    EXPECT_EQ(holder("2026-11-10T12:00"), "HP4");
    EXPECT_EQ(holder("2026-11-12T12:00"), "CP4");
}

TEST(ChessClock, AReadyDateWithoutATimeStartsAtTheFollowingMidnight) {
    EXPECT_EQ(derive::clock_start(at("2026-11-09")), at("2026-11-10T00:00").at);
    EXPECT_EQ(derive::clock_start(at("2026-11-09T08:00")), at("2026-11-09T08:00").at);
}

TEST(Tallies, LeavesAddUpToTheLedgerInEveryWindowAndPeopleWhoLeftAreNotInNow) {
    Ward ward;
    ward.receive(a01("V1", "M1", "2026-11-02T09:00"));
    ward.receive(ready("2026-11-09T12:00"));
    ward.receive(blocker("night_sitting", "1", "2026-11-11T12:00"));
    ward.wait_until("2026-11-25T09:00");
    derive::Tallies tallies;
    tallies.recount(ward.state());
    auto const sum = [&](derive::Window window) {
        std::int64_t days = 0;
        for (auto const& [key, leaf] : tallies.leaves()) {
            if (key.scope == "all" && key.window == window) days += leaf.bed_days;
        }
        return days;
    };
    EXPECT_EQ(sum(derive::Window::now), 16);
    EXPECT_EQ(sum(derive::Window::days_7), 7);
    EXPECT_EQ(sum(derive::Window::days_28), 16);
    EXPECT_EQ(tallies.leaves().at({"all", derive::Window::now, "", ""}).bed_days, 2)
        << "unattributed";
    ward.receive(a03("V1", "M1", "2026-11-25T10:00"));
    tallies.update(ward.state(), ward.stay("V1")->id);
    EXPECT_EQ(sum(derive::Window::now), 0);
    EXPECT_EQ(sum(derive::Window::days_28), 16);
}

TEST(Gap, StepsAndBandsFromIdealToExpectedAndAtLeastForABand) {
    Ward ward;
    auto const& config = ward.state().config;
    auto const far = derive::gap(config, "own_home", "residential");
    EXPECT_TRUE(far.known);
    EXPECT_EQ(far.steps, 3);
    EXPECT_EQ(far.bands, 2);
    auto const band = derive::gap(config, "home", "residential");
    EXPECT_EQ(band.steps, 2) << "the band's nearest step is home with care";
    EXPECT_TRUE(band.at_least);
    EXPECT_FALSE(derive::gap(config, "", "residential").known);
    EXPECT_TRUE(derive::gap(config, "own_home", "hospice").off_ladder);
    EXPECT_EQ(derive::gap(config, "residential", "own_home").steps, -3);
}

}  // namespace
}  // namespace washup::tests
