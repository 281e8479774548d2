// Clocks from event to event, and what is told when one runs out (product.md section 3, "Clocks").

#include "daemon/core/clock.hpp"

#include "tests/unit/daemon/core/one_stay.hpp"

namespace washup::tests {
namespace {

using core::ClockConfig;
using core::ClockState;
using core::Field;
using core::Length;

ClockConfig clock(std::string code, std::string start, std::string stop, std::int64_t hours) {
    ClockConfig config;
    config.code = std::move(code);
    config.start = std::move(start);
    config.stop = std::move(stop);
    config.length = {Length::Unit::minutes, hours * 60};
    return config;
}

// EDD within 48 hours of an emergency admission, a first visit within 24 of going home, bridging
// for 72, a wash-up before the next meeting.
core::Config with_clocks() {
    auto config = small_config();
    config.milestones.push_back({"bridging_started", "bridging started"});
    config.milestones.push_back({"bridging_ended", "bridging ended"});
    auto edd = clock("edd", "emergency_admission", "expected_discharge_set", 48);
    auto visit = clock("visit", "discharged", "first_visit_done", 24);
    visit.after_home = true;
    auto bridging = clock("bridging", "bridging_started", "bridging_ended", 72);
    bridging.after_home = true;
    auto meeting = clock("meeting", "referral", "washed_up", 0);
    meeting.limit = core::Limit::next_meeting;
    config.clocks = {edd, visit, bridging, meeting};
    return config;
}

struct Clocks : testing::Test {
    Ward ward;
    void SetUp() override { ward.adopt(with_clocks()); }
    void admit(std::string const& when = "2026-11-02T09:00", char const* how = "emergency") {
        ward.receive(a01("V1", "M1", when).nhs("9990000018").code(Field::admission_method, how));
    }
    // On a Monday after the meeting; the next is on Tuesday at nine.
    void refer() {
        core::Command add;
        add.what = core::AddStaff{"posei", "Peter Osei", "social worker", "north"};
        ASSERT_TRUE(ward.command(add));
        admit("2026-11-02T10:00");
        ward.receive(
            a08("V1", "M1", "2026-11-02T11:00").time(Field::referred_at, "2026-11-02T10:30"));
    }
    void reach(char const* name, std::string const& when) {
        Message message{"milestones", when};
        message.source("hub").person("M1").observation.kind = core::MilestoneSeen{name, at(when)};
        ward.receive(message);
    }
    std::vector<core::ClockRun> runs(char const* code, std::string const& now) const {
        for (auto const& config : ward.state().config.clocks) {
            if (config.code == code)
                return core::runs_of(ward.state(), *ward.stay("V1"), config, at(now).at);
        }
        return {};
    }
    ClockState state(char const* code, std::string const& now) const {
        return runs(code, now).back().state;
    }
    std::vector<core::Breach> told() const { return ward.stay("V1")->breaches; }
};

TEST_F(Clocks, RunWarnRunOutAndAreMetLate) {
    admit();
    EXPECT_EQ(state("edd", "2026-11-03T20:59"), ClockState::running);
    EXPECT_EQ(state("edd", "2026-11-03T21:00"), ClockState::warned) << "three quarters are gone";
    EXPECT_EQ(state("edd", "2026-11-04T09:00"), ClockState::warned)
        << "the last instant is in time";
    EXPECT_EQ(state("edd", "2026-11-04T09:01"), ClockState::breached);
    ward.receive(a08("V1", "M1", "2026-11-05T09:00").time(Field::expected_discharge, "2026-11-12"));
    auto const run = runs("edd", "2026-11-06T09:00").front();
    EXPECT_EQ(run.state, ClockState::breached);
    EXPECT_EQ(run.ended, at("2026-11-05T09:00").at);
}

TEST_F(Clocks, AreMetInTimeAndStartOnlyWhereTheirEventHappened) {
    admit();
    ward.receive(a08("V1", "M1", "2026-11-03T09:00").time(Field::expected_discharge, "2026-11-12"));
    EXPECT_EQ(state("edd", "2026-11-06T09:00"), ClockState::met);
    Ward elective;
    elective.adopt(with_clocks());
    elective.receive(a01("V1", "M1", "2026-11-02T09:00").code(Field::admission_method, "elective"));
    EXPECT_TRUE(core::runs_of(elective.state(), *elective.stay("V1"), with_clocks().clocks[0],
                              at("2026-11-06T09:00").at)
                    .empty());
}

TEST_F(Clocks, TellABreachWhenItHappensAndKnowTheInstant) {
    admit();
    ward.wait_until("2026-11-04T08:00");
    EXPECT_EQ(core::next_due(ward.state()), at("2026-11-04T09:00").at + milliseconds(1));
    ward.wait_until("2026-11-04T09:00");
    EXPECT_TRUE(told().empty());
    ward.wait_until("2026-11-04T09:01");
    ASSERT_EQ(told().size(), 1u);
    EXPECT_EQ(told()[0].clock, "edd");
    EXPECT_EQ(told()[0].due, at("2026-11-04T09:00").at);
    EXPECT_GT(core::next_due(ward.state()), ward.now()) << "told once";
}

TEST_F(Clocks, ABreachIsOfTheBlockerThatHeldThen) {
    admit();
    Message message{"blockers", "2026-11-03T09:00"};
    core::BlockerSeen seen;
    seen.reason = "night_sitting";
    message.source("hub").person("M1").observation.kind = seen;
    ward.receive(message);
    ward.wait_until("2026-11-04T10:00");
    ASSERT_EQ(told().size(), 1u);
    EXPECT_EQ(told()[0].reason, "night_sitting");
    EXPECT_EQ(told()[0].holder, "social_care");
    EXPECT_EQ(told()[0].blocker, ward.stay("V1")->blockers[0].id);
}

TEST_F(Clocks, ALateFactWithdrawsABreachAndDeletesNothing) {
    admit();
    ward.wait_until("2026-11-04T10:00");
    ASSERT_EQ(told().size(), 1u);
    auto late = a08("V1", "M1", "2026-11-03T12:00").time(Field::expected_discharge, "2026-11-12");
    ward.receive(late);
    EXPECT_LE(core::next_due(ward.state()), ward.now());
    ward.wait_until("2026-11-04T10:05");
    ASSERT_EQ(told().size(), 1u);
    EXPECT_TRUE(told()[0].withdrawn);
    EXPECT_EQ(state("edd", "2026-11-05T09:00"), ClockState::met);
    EXPECT_GT(core::next_due(ward.state()), ward.now());
}

TEST_F(Clocks, ABreachThatIsWithdrawnMayHappenAgain) {
    admit();
    ward.wait_until("2026-11-04T10:00");
    ward.receive(a08("V1", "M1", "2026-11-03T12:00").time(Field::expected_discharge, "2026-11-12"));
    ward.wait_until("2026-11-04T10:05");
    ward.receive(a08("V1", "M1", "2026-11-03T12:00")
                     .fact(Field::admitted_at, {{}, at("2026-11-02T10:00"), {}, {}}));
    auto correction = a08("V1", "M1", "2026-11-04T11:00");
    correction.fact(Field::admission_method, {"elective", {}, {}, {}});
    ward.receive(correction);
    ward.wait_until("2026-11-05T10:00");
    EXPECT_TRUE(told()[0].withdrawn);
    EXPECT_EQ(told().size(), 1u) << "an elective admission has no such clock";
}

TEST_F(Clocks, WhatStoppedBeforeAnybodyKnewOfItIsLateAndNoBreachIsTold) {
    admit();
    ward.receive(a03("V1", "M1", "2026-11-02T20:00"));
    reach("first_visit_done", "2026-11-04T09:00");  // told with the visit itself, a day late
    EXPECT_EQ(state("visit", "2026-11-04T10:00"), ClockState::breached);
    ward.wait_until("2026-11-06T10:00");
    EXPECT_TRUE(told().empty()) << "the visit was known before the clock was looked at";
}

TEST_F(Clocks, ADeathStopsThemWithoutABreachAlsoAfterHome) {
    admit();
    auto death = a08("V1", "M1", "2026-11-03T09:00").time(Field::died_at, "2026-11-03T08:00");
    ward.receive(death);
    EXPECT_EQ(state("edd", "2026-11-09T09:00"), ClockState::stopped);
    ward.wait_until("2026-11-09T09:00");
    EXPECT_TRUE(told().empty());

    Ward home;
    home.adopt(with_clocks());
    home.receive(a01("V1", "M1", "2026-11-02T09:00"));
    home.receive(a03("V1", "M1", "2026-11-03T09:00"));
    home.receive(a08("V1", "M1", "2026-11-03T20:00").time(Field::died_at, "2026-11-03T18:00"));
    home.wait_until("2026-11-09T09:00");
    EXPECT_TRUE(home.stay("V1")->breaches.empty());
}

TEST_F(Clocks, AfterHomeTheyGoOnAndInHospitalADischargeStopsThem) {
    admit();
    reach("bridging_started", "2026-11-02T12:00");
    ward.receive(a03("V1", "M1", "2026-11-03T09:00"));
    EXPECT_EQ(state("edd", "2026-11-09T09:00"), ClockState::stopped);
    EXPECT_EQ(state("bridging", "2026-11-05T11:00"), ClockState::warned);
    EXPECT_EQ(state("visit", "2026-11-03T10:00"), ClockState::running);
    reach("first_visit_done", "2026-11-04T08:00");
    reach("bridging_ended", "2026-11-05T11:00");
    EXPECT_EQ(state("bridging", "2026-11-09T09:00"), ClockState::met);
    EXPECT_EQ(state("visit", "2026-11-09T09:00"), ClockState::met);
}

TEST_F(Clocks, AfterHomeWithCareAreOfThoseAloneWhoNeedIt) {
    auto config = with_clocks();
    config.destinations = {{"home_with_care", "", "P1", {"home_care"}, {}, {}},
                           {"home_as_before", "", "P0", {"own_home"}, {}, {}}};
    config.clocks[1].start = "discharged_with_care";
    ward.adopt(config);
    admit();
    ward.receive(a03("V1", "M1", "2026-11-03T09:00"));
    EXPECT_TRUE(runs("visit", "2026-11-03T10:00").empty()) << "nobody knows yet how it went";
    ward.receive(a08("V1", "M1", "2026-11-03T09:10").code(Field::proposed_outcome, "home_care"));
    EXPECT_EQ(state("visit", "2026-11-04T09:01"), ClockState::breached) << "by the ward's word";
    Message confirmed{"outcomes", "2026-11-03T12:00"};
    confirmed.source("hub").visit("V1").code(Field::actual_outcome, "own_home");
    ward.receive(confirmed);
    EXPECT_TRUE(runs("visit", "2026-11-04T09:01").empty()) << "home without care after all";
}

TEST_F(Clocks, RunAgainAfterTheyStopped) {
    admit();
    reach("bridging_started", "2026-11-02T12:00");
    reach("bridging_ended", "2026-11-03T12:00");
    reach("bridging_started", "2026-11-04T12:00");
    auto const all = runs("bridging", "2026-11-09T09:00");
    ASSERT_EQ(all.size(), 2u);
    EXPECT_EQ(all[0].state, ClockState::met);
    EXPECT_EQ(all[1].state, ClockState::breached);
}

TEST_F(Clocks, AReopenedStayRunsOnAsIfItHadNotEnded) {
    admit();
    ward.receive(a03("V1", "M1", "2026-11-03T09:00"));
    EXPECT_EQ(state("edd", "2026-11-03T10:00"), ClockState::stopped);
    ward.receive(a13("V1", "M1", "2026-11-03T12:00"));
    EXPECT_EQ(state("edd", "2026-11-03T13:00"), ClockState::running);
    EXPECT_TRUE(runs("visit", "2026-11-03T13:00").empty());
    ward.wait_until("2026-11-04T09:01");
    EXPECT_EQ(told().size(), 1u);
}

TEST_F(Clocks, OfAnAnnouncementGoOnWithTheWardsStayAndAreNotToldTwice) {
    ward.receive(referral("9990000018", "2026-11-02T08:30"));  // a Monday; the meeting is at nine
    ward.wait_until("2026-11-02T09:01");
    auto const announced = ward.state().stays.begin()->second.breaches;
    EXPECT_TRUE(announced.empty()) << "no team is known yet, so no meeting";
    admit("2026-11-02T10:00");
    ward.wait_until("2026-11-03T09:01");
    auto const due = runs("meeting", "2026-11-03T10:00").front().due;
    EXPECT_EQ(due, at("2026-11-02T09:00").at) << "the first meeting after the referral";
    EXPECT_EQ(told().size(), 1u);
    ward.wait_until("2026-11-06T09:01");
    EXPECT_EQ(told().size(), 2u) << "that and the EDD";
}

TEST_F(Clocks, AnActionAgreedIsAWashUp) {
    refer();
    EXPECT_EQ(runs("meeting", "2026-11-02T12:00").front().due, at("2026-11-03T09:00").at);
    auto command = command_for("V1");
    command.what = core::AssignAction{"ring", "posei", at("2026-11-09"), {}, {}};
    ASSERT_TRUE(ward.command(command));
    EXPECT_EQ(state("meeting", "2026-11-05T12:00"), ClockState::met);
}

TEST_F(Clocks, AnActionThatIsEnteredLateWasAgreedWhenItWas) {
    refer();
    ward.wait_until("2026-11-03T12:00");
    ASSERT_EQ(told().size(), 1u) << "the meeting at nine is over";
    auto command = command_for("V1");
    // By its date alone, which is that of the referral: nobody is late by the hour.
    command.what = core::AssignAction{"ring", "posei", at("2026-11-09"), at("2026-11-02"), {}};
    ASSERT_TRUE(ward.command(command));
    EXPECT_EQ(state("meeting", "2026-11-05T12:00"), ClockState::met);
    ward.wait_until("2026-11-03T12:30");
    EXPECT_TRUE(told()[0].withdrawn);
}

TEST_F(Clocks, WaitForAnotherWashUpWhenTheNextIsCancelledAndForThatAgainWhenItIsRestored) {
    refer();
    auto const due = [&] { return runs("meeting", "2026-11-02T12:00").front().due; };
    auto const touched = [&](auto what) {
        core::Command command;
        command.what = std::move(what);
        auto state = ward.state();
        EXPECT_TRUE(ward.command(command));
        core::Changes changes;
        core::apply(state, ward.records().back(), changes);
        return changes.stays.contains(ward.stay("V1")->id);
    };
    EXPECT_TRUE(touched(core::CancelWashUp{"north", at("2026-11-03T09:00"), "strike"}))
        << "its row says another time";
    EXPECT_EQ(due(), at("2026-11-04T09:00").at);
    EXPECT_TRUE(touched(core::RestoreWashUp{"north", at("2026-11-03T09:00"), "no strike"}));
    EXPECT_EQ(due(), at("2026-11-03T09:00").at);
}

TEST_F(Clocks, LeaveMayStopTheCounting) {
    auto config = with_clocks();
    config.clocks[0].pause_while = {"on_leave"};
    ward.adopt(config);
    admit();
    ward.receive(a08("V1", "M1", "2026-11-03T09:00").code(Field::on_leave, "on_leave"));
    EXPECT_EQ(runs("edd", "2026-11-03T10:00").front().due.ms, 0) << "until they are back";
    ward.receive(a08("V1", "M1", "2026-11-03T21:00").fact(Field::on_leave, {}));
    EXPECT_EQ(runs("edd", "2026-11-03T22:00").front().due, at("2026-11-04T21:00").at);
    // Three quarters of the 48 hours: 24 before the leave and 12 after it.
    EXPECT_EQ(runs("edd", "2026-11-03T22:00").front().warn_at, at("2026-11-04T09:00").at);
}

TEST_F(Clocks, OnADateAloneNobodyIsLateByTheHour) {
    ward.receive(a01("V1", "M1", "2026-11-02").code(Field::admission_method, "emergency"));
    auto const run = runs("edd", "2026-11-03T10:00").front();
    EXPECT_EQ(run.started, at("2026-11-03T00:00").at);
    EXPECT_EQ(run.due, at("2026-11-05T00:00").at);
}

TEST_F(Clocks, TheSameDayIsUntilItsEndAndALengthOfDaysIsToTheSameTimeOfDay) {
    auto config = with_clocks();
    config.clocks = {clock("today", "medically_optimised", "first_visit_done", 0),
                     clock("week", "medically_optimised", "first_visit_done", 0)};
    config.clocks[0].limit = core::Limit::same_day;
    config.clocks[1].length = {Length::Unit::days, 7};
    ward.adopt(config);
    admit("2027-03-20T09:00");
    ward.receive(
        a08("V1", "M1", "2027-03-25T10:00").time(Field::medically_optimised, "2027-03-25T10:00"));
    EXPECT_EQ(runs("today", "2027-03-25T12:00").front().due,
              at("2027-03-26T00:00").at - milliseconds(1));
    EXPECT_EQ(runs("week", "2027-03-25T12:00").front().due, at("2027-04-01T10:00").at)
        << "over the short night";
}

}  // namespace
}  // namespace washup::tests
