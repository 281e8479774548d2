#include "daemon/core/wash_up.hpp"

#include <gtest/gtest.h>

#include "tests/support/core/ward.hpp"

namespace washup::core {
namespace {

using tests::at;

struct Schedule : testing::Test {
    State state;
    TeamConfig team{"north", "North", "", "", 9 * 60 + 30, 0x1F, {}, false};
    std::string next(char const* after) {
        return to_rfc3339(next_wash_up(state, team, at(after).at));
    }
    std::string last(char const* before) {
        return to_rfc3339(last_wash_up(state, team, at(before).at));
    }
};

TEST_F(Schedule, NextIsTheNextDayOfTheTeamAtItsLondonTime) {
    EXPECT_EQ(next("2026-11-20T09:29"), "2026-11-20T09:30:00+00:00");
    EXPECT_EQ(next("2026-11-20T09:30"), "2026-11-23T09:30:00+00:00") << "Friday to Monday";
    EXPECT_EQ(next("2027-03-26T12:00"), "2027-03-29T09:30:00+01:00") << "clocks went forward";
    team.wash_up_days = 1;
    EXPECT_EQ(next("2026-11-23T10:00"), "2026-11-30T09:30:00+00:00") << "a week later";
    team.wash_up_days = 0;
    EXPECT_EQ(next_wash_up(state, team, at("2026-11-20").at).ms, 0) << "it never meets";
}

TEST_F(Schedule, SeveralADayComeInTheirOrder) {
    team.further_wash_ups = {{0x1F, 15 * 60}, {0x10, 8 * 60}};
    EXPECT_EQ(next("2026-11-20T00:00"), "2026-11-20T08:00:00+00:00") << "Friday's early one";
    EXPECT_EQ(next("2026-11-20T08:00"), "2026-11-20T09:30:00+00:00");
    EXPECT_EQ(next("2026-11-20T09:30"), "2026-11-20T15:00:00+00:00");
    EXPECT_EQ(last("2026-11-20T14:59"), "2026-11-20T09:30:00+00:00");
    EXPECT_EQ(last("2026-11-20T15:00"), "2026-11-20T15:00:00+00:00");
    EXPECT_EQ(last("2026-11-23T09:29"), "2026-11-20T15:00:00+00:00") << "before the weekend";
}

TEST_F(Schedule, BankHolidaysAreLeftOutUnlessTheTeamMeetsThen) {
    state.config.bank_holidays = {london_date(at("2026-12-25").at),
                                  london_date(at("2026-12-28").at)};
    EXPECT_EQ(next("2026-12-24T12:00"), "2026-12-29T09:30:00+00:00");
    EXPECT_EQ(last("2026-12-28T12:00"), "2026-12-24T09:30:00+00:00");
    team.on_bank_holidays = true;
    EXPECT_EQ(next("2026-12-24T12:00"), "2026-12-25T09:30:00+00:00");
}

TEST_F(Schedule, ACancelledOneMovesToTheNext) {
    state.cancelled_wash_ups.insert({"north", at("2026-11-20T09:30").at});
    state.cancelled_wash_ups.insert({"south", at("2026-11-23T09:30").at});
    EXPECT_EQ(next("2026-11-19T12:00"), "2026-11-23T09:30:00+00:00") << "another team's stands";
    EXPECT_TRUE(is_planned(state, team, at("2026-11-20T09:30").at)) << "it was planned";
    EXPECT_FALSE(is_planned(state, team, at("2026-11-20T10:30").at));
}

}  // namespace
}  // namespace washup::core
