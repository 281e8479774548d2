// What the house remembers of meetings, cycles and figures, and for how long.

#include <gtest/gtest.h>

#include "daemon/core/apply.hpp"
#include "tests/support/core/ward.hpp"

namespace washup::core {
namespace {

using tests::at;

struct Memory : testing::Test {
    State state;
    void happens(char const* when, std::vector<Event> events) {
        Record record;
        record.number = RecordNumber{state.head.value() + 1};
        record.at = at(when).at;
        record.events = std::move(events);
        Changes changes;
        apply(state, record, changes);
    }
    void day_turns(char const* when) { happens(when, {DayTurned{london_date(at(when).at)}}); }
};

TEST_F(Memory, KeepsAMeetingAHundredDaysAfterItClosed) {
    happens("2026-01-05T09:00", {WashUpOpened{MeetingId{1}, "north", {}, "osei", "osei"},
                                 WashUpOpened{MeetingId{2}, "south", {}, "ades", "ades"}});
    happens("2026-01-05T09:30", {WashUpClosed{MeetingId{1}, "osei"}});
    day_turns("2026-04-15T09:00");
    EXPECT_EQ(state.meetings.size(), 2u);
    day_turns("2026-04-16T09:00");
    EXPECT_FALSE(state.meetings.contains(MeetingId{1})) << "meetings_kept is over";
    EXPECT_TRUE(state.meetings.contains(MeetingId{2})) << "it was never closed";
    EXPECT_EQ(meetings_kept, hours(100 * 24));
}

TEST_F(Memory, KeepsACycleWhileADecisionOfItIsOpen) {
    auto const monday = london_date(at("2025-01-06").at);
    happens("2025-01-06T09:00", {CycleOpened{CycleId{1}, "house", "all", monday},
                                 CycleOpened{CycleId{2}, "house", "all", monday}});
    happens("2025-01-09T09:00",
            {CycleDecided{CycleId{1}, DecisionId{1}, "CP4", {}, "osei", {}, "osei"},
             CycleClosed{CycleId{1}}, CycleClosed{CycleId{2}}});
    day_turns("2026-03-01T09:00");
    EXPECT_TRUE(state.cycles.contains(CycleId{1}));
    EXPECT_FALSE(state.cycles.contains(CycleId{2})) << "cycles_kept is over";
    happens("2026-03-02T09:00", {DecisionFinished{DecisionId{1}, ActionState::done, {}, "osei"}});
    day_turns("2026-03-03T09:00");
    EXPECT_TRUE(state.cycles.empty());
    EXPECT_TRUE(state.decisions.empty());
}

TEST_F(Memory, OfAnswersTheLatestAreKept) {
    std::vector<Event> events;
    for (std::size_t i = 0; i <= answers_max; ++i)
        events.emplace_back(CauseAnswered{"CP4:" + std::to_string(i), "area", {}, "ades"});
    happens("2026-01-05T09:00", std::move(events));
    ASSERT_EQ(state.answers.size(), answers_max);
    EXPECT_EQ(state.answers.front().cause, "CP4:1");
}

TEST_F(Memory, PointsOfTrendsGoAfterTrendDaysMax) {
    auto const date = london_date(at("2024-01-05").at);
    happens("2024-01-06T00:00", {DayCounted{date, {{"all", "ready", 7, 0}}}});
    day_turns("2024-01-06T00:00");
    EXPECT_EQ(state.trends.at("all").at("ready").at(date).value, 7);
    auto const last = date + trend_days_max;
    happens("2026-03-15T00:00", {DayTurned{last}});
    EXPECT_EQ(state.trends.at("all").at("ready").size(), 1u);
    happens("2026-03-16T00:00", {DayTurned{last + 1}});
    EXPECT_TRUE(state.trends.at("all").at("ready").empty());
}

}  // namespace
}  // namespace washup::core
