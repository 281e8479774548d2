// The reports of the configured clocks: percentiles, and those that run.

#include <gtest/gtest.h>

#include "daemon/report/report.hpp"
#include "tests/support/core/ward.hpp"
#include "tests/support/report/asked.hpp"

namespace washup::report {
namespace {

using core::Field;
using tests::a01;
using tests::a03;
using tests::a08;
using tests::Lines;
using tests::Ward;

struct Town {
    Ward ward;
    Town() {
        auto config = tests::small_config();
        core::ClockConfig edd;
        edd.code = "edd";
        edd.words = "EDD set";
        edd.start = "emergency_admission";
        edd.stop = "expected_discharge_set";
        edd.length = {core::Length::Unit::minutes, 48 * 60};
        edd.owner = "ward";
        config.clocks = {edd};
        ward.adopt(config);
        // Set after 10, 20, 30, 40 hours, after 60, never, and never because the person left.
        for (int i = 1; i <= 7; ++i) {
            ward.receive(a01("V" + std::to_string(i), "M" + std::to_string(i), "2026-11-02T00:00")
                             .code(Field::admission_method, "emergency"));
        }
        set(1, "2026-11-02T10:00");
        set(2, "2026-11-02T20:00");
        set(3, "2026-11-03T06:00");
        set(4, "2026-11-03T16:00");
        ward.receive(a03("V7", "M7", "2026-11-03T17:00"));
        ward.wait_until("2026-11-04T01:00");
        set(5, "2026-11-04T12:00");
        ward.wait_until("2026-11-06T09:00");
    }
    void set(int number, std::string const& when) {
        auto const n = std::to_string(number);
        ward.receive(a08("V" + n, "M" + n, when).time(Field::expected_discharge, "2026-11-20"));
    }
    Lines lines(std::string_view name, Options const& options) const {
        return tests::first_lines(ward.state(), name, options);
    }
};

TEST(Alarms, CountBreachesAndThoseOfThemThatLaterFactsTookBack) {
    Town town;
    auto const breaches = [&] { return tests::made(town.ward.state(), "alarms").tables[3].lines; };
    EXPECT_EQ(breaches(), (Lines{{"edd", "EDD set", "ward", "unattributed", "2", "0"}}));
    // It was set in time, and nobody here had heard of it.
    town.set(6, "2026-11-03T10:00");
    town.ward.wait_until("2026-11-06T10:00");
    EXPECT_EQ(breaches(), (Lines{{"edd", "EDD set", "ward", "unattributed", "2", "1"}}));
    town.ward.wait_until("2026-11-12T10:00");
    EXPECT_TRUE(breaches().empty()) << "they were told more than 7 days ago";
}

TEST(ClockReports, GivePercentilesOfWhatStoppedAndRunningBreachesBeside) {
    Town const town;
    ASSERT_EQ(town.lines("clocks", {}).size(), 1u);
    EXPECT_EQ(town.lines("clocks", {})[0],
              (std::vector<std::string>{"edd", "EDD set", "4", "1", "80.0", "30:00", "60:00",
                                        "60:00", "1", "0", "0", "1", "ward"}));
    EXPECT_EQ(town.lines("clocks", {{"scope", "team:south"}})[0][2], "0");
}

TEST(ClockReports, ListWhatRunsAndAllRunsOfOnePerson) {
    Town const town;
    auto const running = town.lines("clock_runs", {});
    ASSERT_EQ(running.size(), 1u);
    EXPECT_EQ(running[0][1], "#6");
    EXPECT_EQ(running[0][6], "breached");
    EXPECT_EQ(running[0][7], "unattributed");
    EXPECT_TRUE(town.lines("clock_runs", {{"state", "warned"}}).empty());
    auto const one = town.lines("clock_runs", {{"stay", "RZZ:V5"}});
    ASSERT_EQ(one.size(), 1u);
    EXPECT_EQ(one[0][5], "2026-11-04T12:00:00+00:00");
    EXPECT_EQ(one[0][6], "breached") << "met, late";
    EXPECT_FALSE(make_report(town.ward.state(), "clock_runs", {{"clock", "tea"}}));
}

}  // namespace
}  // namespace washup::report
