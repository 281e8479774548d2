#include "daemon/derive/agenda.hpp"

#include <gtest/gtest.h>

#include <algorithm>

#include "daemon/derive/frozen.hpp"
#include "daemon/derive/meeting_record.hpp"
#include "daemon/derive/tallies.hpp"
#include "tests/support/core/ward.hpp"

namespace washup::derive {
namespace {

using core::Field;
using tests::a01;
using tests::a03;
using tests::a08;
using tests::at;

struct TeamNorth : testing::Test {
    tests::Ward ward;
    void SetUp() override {
        auto config = tests::small_config();
        config.cycles = {{"weekly", "Weekly", "all", 1, 9 * 60, 5, 12 * 60}};
        ward.adopt(config);
        act("", core::AddStaff{"posei", "Peter Osei", "chair", "north", {}, {}, {}});
    }
    void act(std::string const& visit, auto what) {
        auto command = visit.empty() ? core::Command{} : tests::command_for(visit);
        command.what = std::move(what);
        auto const answer = ward.command(command);
        ASSERT_TRUE(answer) << answer.error().words;
    }
    void admit(std::string const& visit, char const* when, char const* ideal,
               char const* expected) {
        ward.receive(a01(visit, "M" + visit, when));
        if (*ideal != 0) set(visit, Field::ideal_outcome, ideal);
        if (*expected != 0) set(visit, Field::expected_outcome, expected);
    }
    void set(std::string const& visit, Field field, std::string const& code) {
        core::SetField what;
        what.field = field;
        what.value.code = code;
        act(visit, what);
    }
    void set_time(std::string const& visit, Field field, char const* when) {
        core::SetField what;
        what.field = field;
        what.value.moment = at(when);
        act(visit, what);
    }
    void meet(std::vector<std::string> const& discussed) {
        act("", core::OpenWashUp{"north", "posei"});
        for (auto const& visit : discussed) act(visit, core::DiscussStay{{}, "talked"});
        act("", core::CloseWashUp{"north", {}});
    }
    // "V2 gap, V1 placement"
    std::string order() {
        std::string out;
        for (auto const& item : agenda(ward.state(), "north", ward.state().last_at).items) {
            for (auto const* visit : {"V1", "V2", "V3", "V4", "V5", "V6"}) {
                auto const* const stay = ward.stay(visit);
                if (stay == nullptr || stay->id != item.stay) continue;
                out += (out.empty() ? "" : ", ") + std::string(visit) + " " + name_of(item.reason);
            }
        }
        return out;
    }
};

TEST_F(TeamNorth, PutsTheLargestGapFirstAndLeavesWhoGoesHomeAsWished) {
    admit("V1", "2026-11-02T09:00", "own_home", "own_home");
    admit("V2", "2026-11-02T09:00", "own_home", "home_care");
    admit("V3", "2026-11-02T09:00", "own_home", "nursing");
    admit("V4", "2026-11-02T09:00", "", "");
    admit("V5", "2026-11-02T09:00", "residential", "residential");
    ward.receive(a01("V6", "MV6", "2026-11-02T09:00", "KENT"));
    EXPECT_EQ(order(), "V3 gap, V2 gap, V4 placement, V5 placement")
        << "V1 has no gap and a home; V6 is another team's";
}

TEST_F(TeamNorth, TalksAboutWhomSomebodyFlaggedThoughAHomeIsExpected) {
    admit("V1", "2026-11-02T09:00", "own_home", "own_home");
    EXPECT_EQ(order(), "");
    set("V1", Field::at_risk, "yes");
    EXPECT_EQ(order(), "V1 flagged");
    set("V1", Field::at_risk, "no");
    EXPECT_EQ(order(), "");
}

TEST_F(TeamNorth, AmongEqualGapsTheLongestDelayGoesFirst) {
    admit("V1", "2026-11-02T09:00", "own_home", "home_care");
    admit("V2", "2026-11-02T09:00", "own_home", "home_care");
    set_time("V2", Field::discharge_ready, "2026-11-02");
    ward.wait_until("2026-11-05T10:00");
    EXPECT_EQ(order(), "V2 gap, V1 gap");
}

TEST_F(TeamNorth, LooksAtReferralsFirstAndAtThoseThatMissedTheirMeetingBeforeAll) {
    ward.wait_until("2026-11-02T08:30");
    admit("V1", "2026-11-02T08:40", "own_home", "own_home");
    set_time("V1", Field::referred_at, "2026-11-02T08:41");
    EXPECT_EQ(order(), "V1 new_referral");
    ward.wait_until("2026-11-02T09:00");
    meet({});
    EXPECT_EQ(order(), "V1 referral_missed") << "the team met, and nobody spoke of it";
    EXPECT_EQ(missed_wash_up(ward.state(), *ward.stay("V1"), ward.now()),
              ward.state().meetings.begin()->second.opened);
    admit("V2", "2026-11-02T11:00", "own_home", "own_home");
    set_time("V2", Field::referred_at, "2026-11-02T11:00");
    EXPECT_EQ(order(), "V1 referral_missed, V2 new_referral") << "V2 came after the meeting";
    ward.wait_until("2026-11-03T09:00");
    meet({"V1", "V2"});
    EXPECT_EQ(order(), "") << "discussed: home as wished, nothing is due";
    EXPECT_EQ(missed_wash_up(ward.state(), *ward.stay("V1"), ward.now()).ms, 0);
}

TEST_F(TeamNorth, SkipsALaterReviewUntilSomethingChanges) {
    admit("V1", "2026-11-02T08:00", "own_home", "nursing");
    set_time("V1", Field::review_on, "2026-11-05");
    ward.wait_until("2026-11-02T09:00");
    meet({"V1"});
    auto const skipped = [&] {
        return agenda(ward.state(), "north", ward.state().last_at).skipped.size();
    };
    EXPECT_EQ(order(), "");
    EXPECT_EQ(skipped(), 1u);
    ward.receive(tests::a02("V1", "MV1", "2026-11-02T12:00", "FORD").ward("FORD", "B2"));
    EXPECT_EQ(order(), "") << "another bed of the ward says nothing about the way home";
    act("V1", core::RaiseBlocker{"CP4", "", "", "", {}});
    EXPECT_EQ(order(), "V1 gap") << "a blocker is news";
    ward.wait_until("2026-11-03T09:00");
    meet({"V1"});
    ward.wait_until("2026-11-05T08:00");
    EXPECT_EQ(order(), "V1 review_due");
    EXPECT_EQ(to_iso(review_date(ward.state(), *ward.stay("V1"), ward.now())), "2026-11-05");
}

TEST_F(TeamNorth, WhatAWardOnlySaysAgainIsNoNews) {
    admit("V1", "2026-11-02T08:00", "own_home", "nursing");
    ward.receive(a08("V1", "MV1", "2026-11-02T08:10").code(Field::specialty, "340"));
    set_time("V1", Field::review_on, "2026-11-05");
    ward.wait_until("2026-11-02T09:00");
    meet({"V1"});
    ward.receive(a08("V1", "MV1", "2026-11-02T12:00").code(Field::specialty, "340"));
    EXPECT_EQ(order(), "");
    ward.receive(
        a08("V1", "MV1", "2026-11-02T13:00").time(Field::discharge_ready, "2026-11-02T13:00"));
    EXPECT_EQ(order(), "V1 gap");
}

TEST_F(TeamNorth, WhatPeopleEnterWhileTheyTalkIsNoNewsWhenTheyAreDone) {
    admit("V1", "2026-11-02T08:00", "own_home", "nursing");
    ward.wait_until("2026-11-02T09:00");
    act("", core::OpenWashUp{"north", "posei"});
    act("V1", core::DiscussStay{{}, "talked"});
    ward.wait_until("2026-11-02T09:01");
    act("V1", core::RaiseBlocker{"CP4", "", "", "", {}});
    act("V1", core::AssignAction{"call hub", "posei", at("2026-11-06T12:00"), {}, {}});
    set_time("V1", Field::review_on, "2026-11-05");
    EXPECT_EQ(order(), "") << "they are still at it";
    act("", core::CloseWashUp{"north", {}});
    ward.wait_until("2026-11-03T08:00");
    EXPECT_EQ(order(), "");
    set_time("V1", Field::review_on, "2026-11-06");
    EXPECT_EQ(order(), "") << "a later review brings nobody back sooner";
}

TEST_F(TeamNorth, ReviewIsTheNextWashUpUnlessSomebodySaysOtherwise) {
    admit("V1", "2026-11-06T10:00", "", "");
    EXPECT_EQ(to_iso(review_date(ward.state(), *ward.stay("V1"), ward.now())), "2026-11-09")
        << "Friday after nine: Monday";
}

TEST_F(TeamNorth, BringsLateActionsAndAnswersBack) {
    admit("V1", "2026-11-02T08:00", "own_home", "own_home");
    admit("V2", "2026-11-02T08:00", "own_home", "own_home");
    act("V2", core::RaiseBlocker{"CP4", "", "", "", {}});
    act("V1", core::AssignAction{"call hub", "posei", at("2026-11-02T12:00"), {}, {}});
    ward.wait_until("2026-11-02T09:00");
    meet({"V1", "V2"});
    EXPECT_EQ(order(), "");
    ward.wait_until("2026-11-02T12:01");
    act("", core::AnswerCause{"CP4:unknown:thanet", "area", "two nights"});
    EXPECT_EQ(order(), "V1 action_overdue, V2 answered");
}

TEST_F(TeamNorth, WritesWhatWasEnteredWhileTheMeetingWasOpen) {
    admit("V1", "2026-11-02T08:00", "own_home", "nursing");
    admit("V2", "2026-11-02T08:00", "own_home", "nursing");
    admit("V3", "2026-11-02T08:00", "own_home", "nursing");
    act("V1", core::RaiseBlocker{"HP4", "", "", "", {}});
    ward.wait_until("2026-11-02T09:00");
    act("", core::OpenWashUp{"north", "posei"});
    set("V1", Field::expected_outcome, "home_care");
    act("V1", core::AssignAction{"call hub", "posei", at("2026-11-03T12:00"), {}, {}});
    act("V1", core::DiscussStay{{}, "home with care"});
    act("V2", core::ParkStay{{}, "no notes"});
    act("", core::CloseWashUp{"north", {}});
    set("V1", Field::expected_outcome, "own_home");
    auto const& meeting = ward.state().meetings.begin()->second;
    auto const record = record_of(ward.state(), meeting, ward.now());
    ASSERT_EQ(record.discussed.size(), 1u);
    auto const& decided = record.discussed.front().decided;
    ASSERT_EQ(decided.size(), 2u) << "neither the blocker before nor the outcome after";
    EXPECT_EQ(decided[0].what + " " + decided[0].value, "expected outcome home_care");
    EXPECT_EQ(decided[1].what + " " + decided[1].value, "action call hub");
    EXPECT_EQ(decided[1].owner, "posei");
    ASSERT_EQ(record.parked.size(), 1u);
    EXPECT_EQ(record.not_discussed, (std::vector{ward.stay("V2")->id, ward.stay("V3")->id}))
        << "what was put off was not discussed either";
}

TEST_F(TeamNorth, OpensWithWhatHappenedSinceTheLastMeeting) {
    admit("V1", "2026-11-02T08:00", "own_home", "nursing");
    admit("V2", "2026-11-02T08:00", "own_home", "nursing");
    act("V2", core::RaiseBlocker{"CP4", "", "", "", {}});
    act("V2", core::AssignAction{"call hub", "posei", at("2026-11-02T12:00"), {}, {}});
    ward.wait_until("2026-11-02T09:00");
    meet({"V1", "V2"});
    ward.receive(a03("V1", "MV1", "2026-11-02T15:00"));
    act("V2", core::CloseBlocker{{}, "found", {}});
    admit("V3", "2026-11-02T16:00", "", "");
    ward.wait_until("2026-11-03T09:00");
    act("", core::OpenWashUp{"north", "posei"});
    auto const since = since_last(ward.state(), "north", ward.now());
    EXPECT_EQ(since.since, ward.state().meetings.at(core::MeetingId{1}).opened)
        << "the one that is open is not the last";
    EXPECT_EQ(since.went_home, std::vector{ward.stay("V1")->id});
    EXPECT_EQ(since.new_here, std::vector{ward.stay("V3")->id});
    ASSERT_EQ(since.cleared.size(), 1u);
    ASSERT_EQ(since.promised.size(), 1u) << "late, and nobody said it is done";
}

TEST_F(TeamNorth, FreezesWhatTheTalliesCount) {
    for (auto const* visit : {"V1", "V2", "V3"}) {
        admit(visit, "2026-11-02T08:00", "own_home", "nursing");
        set_time(visit, Field::discharge_ready, "2026-11-02");
    }
    act("V2", core::RaiseBlocker{"CP4", "night_sitting", "", "", {}});
    act("V3", core::RaiseBlocker{"HP4", "", "", "", {}});
    ward.receive(a03("V3", "MV3", "2026-11-05T15:00"));
    ward.wait_until("2026-11-12T10:00");
    Tallies tallies;
    tallies.recount(ward.state());
    for (auto const* scope : {"all", "team:north", "site:STM"}) {
        for (auto const window : {Window::now, Window::days_7}) {
            auto const leaves = leaves_of(ward.state(), scope, name_of(window));
            EXPECT_FALSE(leaves.empty());
            std::size_t counted = 0;
            for (auto const& [key, leaf] : tallies.leaves()) {
                if (key.scope != scope || key.window != window) continue;
                ++counted;
                core::FrozenLeaf const wanted{key.reason, key.local_reason, leaf.bed_days,
                                              leaf.people};
                EXPECT_NE(std::find(leaves.begin(), leaves.end(), wanted), leaves.end())
                    << scope << " " << name_of(window) << " " << key.reason;
            }
            EXPECT_EQ(leaves.size(), counted);
        }
    }
}

TEST_F(TeamNorth, FreezesACycleThatClosesAndNoOther) {
    std::vector<core::Event> events{core::CycleOpened{core::CycleId{1}, "weekly", "all", {}},
                                    core::CycleClosed{core::CycleId{1}}, core::DayTurned{{1}}};
    add_frozen(ward.state(), events);
    ASSERT_EQ(events.size(), 5u) << "one for each window";
    EXPECT_EQ(std::get<core::ParetoFrozen>(events[3]).window, "now");
    EXPECT_EQ(std::get<core::ParetoFrozen>(events[4]).window, "7");
}

}  // namespace
}  // namespace washup::derive
