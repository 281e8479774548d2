// Days, deadlines and the clock that is not to be believed (design.md law 5).

#include <gtest/gtest.h>

#include "daemon/engine/clock_keeper.hpp"
#include "tests/support/core/ward.hpp"
#include "tests/support/daemon/desk.hpp"

namespace washup::tests {
namespace {

template <class E>
std::vector<E> events_of(Desk const& desk, std::size_t from = 0, std::size_t until = SIZE_MAX) {
    std::vector<E> found;
    for (auto i = from; i < std::min(until, desk.appended().size()); ++i) {
        for (auto const& event : desk.appended()[i]->events) {
            if (auto const* e = std::get_if<E>(&event)) found.push_back(*e);
        }
    }
    return found;
}

TEST(Time, EachDateThatWasSleptThroughTurnsBeforeAnythingIsDecided) {
    Desk desk;
    auto const before = desk.appended().size();
    desk.move_to("2026-11-04T09:00");
    desk.record(wire_admit("V1", "M1", "2026-11-04T08:00"));
    ASSERT_EQ(desk.appended().size(), before + 2);
    auto const turned = events_of<core::DayTurned>(desk, before);
    ASSERT_EQ(turned.size(), 3u);
    EXPECT_EQ(to_iso(turned[0].date), "2026-11-02");
    EXPECT_EQ(to_iso(turned[2].date), "2026-11-04");
    EXPECT_EQ(desk.appended()[before]->cause.kind, core::CauseKind::daemon);
    EXPECT_EQ(desk.appended()[before + 1]->cause.kind, core::CauseKind::source);
    auto const again = desk.appended().size();
    desk.move_to("2026-11-05T00:00");
    desk.command(wire_staff("c1"));
    EXPECT_EQ(events_of<core::DayTurned>(desk, again).size(), 1u) << "before commands too";
    EXPECT_TRUE(std::holds_alternative<core::DayTurned>(desk.appended()[again]->events.front()));
}

TEST(Time, TheRecordThatTurnsADayHoldsTheFiguresOfTheDayThatEnds) {
    Desk desk;
    desk.record(wire_admit("V1", "M1", "2026-11-01T07:00"));
    auto const before = desk.appended().size();
    desk.wait_until("2026-11-04T09:00");
    ASSERT_EQ(desk.appended().size(), before + 1);
    auto const counted = events_of<core::DayCounted>(desk, before);
    ASSERT_EQ(counted.size(), 1u) << "of days that were slept through only the last was seen";
    EXPECT_EQ(counted[0].date, london_date(at("2026-11-03").at));
    EXPECT_FALSE(counted[0].points.empty());
    EXPECT_EQ(desk.state().trends.at("all").at("ready_still_here").size(), 1u);
}

TEST(Time, TheRecordThatClosesACycleHoldsItsParetoAndNoLaterFactMovesIt) {
    Desk desk;
    auto config = small_config();
    config.cycles = {{"weekly", "Weekly", "all", 1, 9 * 60, 5, 12 * 60}};
    desk.config(config, "with a cycle");
    desk.record(wire_admit("V1", "M1", "2026-11-01T07:00"));
    desk.wait_until("2026-11-02T09:00");
    EXPECT_EQ(desk.wakes().back(), at("2026-11-03").at) << "the day turns before it closes";
    desk.wait_until("2026-11-06T12:00");
    auto const frozen = events_of<core::ParetoFrozen>(desk);
    ASSERT_EQ(frozen.size(), 2u) << "now, and the last seven days";
    EXPECT_EQ(events_of<core::CycleClosed>(desk).size(), 1u);
    EXPECT_EQ(desk.wakes().back(), at("2026-11-07").at) << "the next day; then Monday's opening";
    ASSERT_EQ(desk.state().cycles.at(core::CycleId{1}).frozen.size(), 2u);
    EXPECT_TRUE(desk.state().cycles.at(core::CycleId{1}).frozen[0].leaves.empty())
        << "nobody is ready";
    desk.wait_until("2026-11-09T09:00");
    EXPECT_EQ(events_of<core::CycleOpened>(desk).size(), 2u);
}

TEST(Time, ALongSleepIsWrittenDaysAtOnceMaxAtATimeAndWhole) {
    Desk desk;
    auto const before = desk.appended().size();
    desk.wait_until("2028-03-01T09:00");
    auto const turned = events_of<core::DayTurned>(desk, before);
    auto const days = desk.state().today - london_date(at("2026-11-01").at);
    EXPECT_EQ(turned.size(), static_cast<std::size_t>(days));
    for (std::size_t i = 1; i < turned.size(); ++i) {
        EXPECT_EQ(turned[i].date - turned[i - 1].date, 1);
    }
    auto const first = events_of<core::DayTurned>(desk, before, before + 1);
    EXPECT_EQ(first.size(), static_cast<std::size_t>(core::days_at_once_max));
    EXPECT_EQ(desk.appended().size(), before + 2);
}

TEST(Time, AnActionBecomesOverdueAtItsDeadlineAndTheTimerIsSetForIt) {
    Desk desk;
    desk.record(wire_admit("V1", "M1", "2026-11-01T07:00"));
    desk.command(wire_staff("c1"));
    desk.command(wire_action("c2", "RZZ:V1", "2026-11-01T15:00"));
    desk.wait_until("2026-11-01T14:59");
    EXPECT_EQ(desk.wakes().back(), at("2026-11-01T15:00").at);
    EXPECT_TRUE(events_of<core::ActionBecameOverdue>(desk).empty());
    desk.wait_until("2026-11-01T15:00");
    ASSERT_EQ(events_of<core::ActionBecameOverdue>(desk).size(), 1u);
    EXPECT_TRUE(desk.stay("V1")->actions[0].overdue);
    EXPECT_EQ(desk.wakes().back(), at("2026-11-02T00:00").at) << "then the next midnight";
    desk.wait_until("2026-11-01T16:00");
    EXPECT_EQ(events_of<core::ActionBecameOverdue>(desk).size(), 1u) << "it happens once";
}

TEST(Time, DueAtOnceMaxActionsTurnOverdueInOneRecordAndTheRestInTheNext) {
    Desk desk;
    desk.record(wire_admit("V1", "M1", "2026-11-01T07:00"));
    desk.command(wire_staff("c0"));
    std::size_t made = 0;
    for (int stay = 2; made < 1100; ++stay) {
        auto const visit = "V" + std::to_string(stay);
        desk.record(wire_admit(visit, "M" + std::to_string(stay), "2026-11-01T07:00"));
        for (std::size_t i = 0; i < core::stay_actions_max; ++i, ++made) {
            desk.command(wire_action("c" + visit + "/" + std::to_string(i), "RZZ:" + visit,
                                     "2026-11-01T15:00"));
        }
        desk.durable();
    }
    auto const before = desk.appended().size();
    desk.wait_until("2026-11-01T15:00");
    ASSERT_EQ(desk.appended().size(), before + 2);
    EXPECT_EQ(desk.appended()[before]->events.size(), core::due_at_once_max);
    EXPECT_EQ(desk.appended()[before + 1]->events.size(), made - core::due_at_once_max);
}

TEST(Time, NeverGoesBackWhateverTheClockDoes) {
    Desk desk;
    desk.move_to("2026-11-01T12:00");
    desk.record(wire_counted());
    desk.move_to("2026-11-01T09:00");
    desk.record(wire_counted());
    auto const& records = desk.appended();
    EXPECT_EQ(records.back()->at, at("2026-11-01T12:00").at);
    Desk after{desk.state(), at("2026-10-31T09:00").at};
    after.record_as(3, wire_counted(), "ward", "w1");
    EXPECT_EQ(after.appended().back()->at, at("2026-11-01T12:00").at) << "nor after a restart";
}

TEST(Time, AStepOfTheClockIsJournaled) {
    Desk desk;
    desk.step(engine::ClockJumped{at("2026-11-01T08:00").at, at("2026-11-01T09:00").at});
    auto const steps = events_of<core::ClockStepped>(desk);
    ASSERT_EQ(steps.size(), 1u);
    EXPECT_EQ(steps[0].to, at("2026-11-01T09:00").at);
}

TEST(Time, AConfigIsAdoptedOnlyWhenItsDigestChanged) {
    Desk desk;
    auto const before = desk.appended().size();
    desk.config(small_config(), "small");
    EXPECT_EQ(desk.appended().size(), before);
    auto other = small_config();
    other.teams.front().words = "North and a half";
    desk.config(other, "other");
    ASSERT_EQ(desk.appended().size(), before + 1);
    EXPECT_EQ(desk.state().config.teams.front().words, "North and a half");
    desk.config(small_config(), "other");
    EXPECT_EQ(desk.appended().size(), before + 1) << "the digest speaks for the files";
}

// ---- The daemon's time against the system's

Instant const noon = at("2026-11-01T12:00").at;

TEST(ClockKeeper, FollowsASmallDifferenceAtOnce) {
    engine::ClockKeeper keeper;
    auto const verdict = keeper.check(noon, noon + seconds(2), 0);
    EXPECT_TRUE(verdict.trusted);
    EXPECT_FALSE(verdict.stepped);
    EXPECT_EQ(verdict.adjust, seconds(2));
}

TEST(ClockKeeper, AdoptsAStepOfMoreThanTwoSecondsOnlyAfterSixtyStableSeconds) {
    engine::ClockKeeper keeper;
    auto const systems = [](int second) { return noon + seconds(second) + hours(1); };
    for (int s = 0; s < 60; ++s) {
        auto const verdict = keeper.check(noon + seconds(s), systems(s), s * 1000);
        EXPECT_FALSE(verdict.trusted) << s;
        EXPECT_EQ(verdict.adjust, Duration{});
    }
    auto const verdict = keeper.check(noon + seconds(60), systems(60), 60'000);
    EXPECT_TRUE(verdict.trusted);
    EXPECT_TRUE(verdict.stepped);
    EXPECT_EQ(verdict.adjust, hours(1));
    EXPECT_TRUE(keeper.check(systems(61), systems(61), 61'000).trusted);
}

TEST(ClockKeeper, AClockThatKeepsJumpingIsNeverAdopted) {
    engine::ClockKeeper keeper;
    for (int s = 0; s < 300; ++s) {
        auto const wild = noon + seconds(s) + hours(s % 2 == 0 ? 1 : 5);
        EXPECT_FALSE(keeper.check(noon + seconds(s), wild, s * 1000).trusted);
    }
}

TEST(ClockKeeper, AClockThatComesBackIsTrustedAgainAndTheWaitStartsAnew) {
    engine::ClockKeeper keeper;
    for (int s = 0; s < 59; ++s) keeper.check(noon, noon - hours(2), s * 1000);
    EXPECT_TRUE(keeper.check(noon, noon, 59'000).trusted);
    EXPECT_FALSE(keeper.check(noon, noon - hours(2), 60'000).trusted);
    EXPECT_FALSE(keeper.check(noon, noon - hours(2), 119'000).trusted);
    auto const verdict = keeper.check(noon, noon - hours(2), 120'000);
    EXPECT_TRUE(verdict.stepped) << "backwards too";
    EXPECT_EQ(verdict.adjust, Duration{} - hours(2));
}

}  // namespace
}  // namespace washup::tests
