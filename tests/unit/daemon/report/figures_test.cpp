// The reports of figures, as text.

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
using tests::at;
using tests::Ward;

struct House {
    Ward ward;
    House() {
        auto config = tests::small_config();
        config.targets = {{"home", "all", 50'000, {}, 75'500}};
        ward.adopt(config);
        for (int i = 1; i <= 4; ++i) {
            auto const visit = "V" + std::to_string(i), person = "M" + std::to_string(i);
            ward.receive(a01(visit, person, "2026-11-02T09:00"));
            ward.receive(a08(visit, person, "2026-11-03T10:00")
                             .time(Field::discharge_ready, "2026-11-03T10:00")
                             .code(Field::ideal_outcome, "own_home")
                             .code(Field::actual_outcome, i == 1 ? "nursing" : "own_home"));
            ward.receive(a03(visit, person, "2026-11-1" + std::to_string(i) + "T15:00"));
        }
        ward.wait_until("2026-11-24T09:00");
    }
    void act(auto what) {
        auto command = tests::command_for("V1");
        command.what = std::move(what);
        auto const done = ward.command(command);
        EXPECT_TRUE(done) << (done ? "" : done.error().words);
    }
    std::map<std::string, std::string> line(std::string const& measure,
                                            Options const& options = {}) const {
        auto const document = tests::made(ward.state(), "measures", options);
        std::map<std::string, std::string> out;
        auto const& table = document.tables[0];
        for (auto const& cells : table.lines) {
            if (cells[0] != measure) continue;
            for (std::size_t i = 0; i < cells.size(); ++i) out[table.columns[i]] = cells[i];
        }
        return out;
    }
};

TEST(MeasuresReport, StandsBesideBaselineAndTargetOfItsScope) {
    House const house;
    auto home = house.line("home");
    EXPECT_EQ(home["value"], "75.0");
    EXPECT_EQ(home["numerator"] + "/" + home["denominator"], "3/4");
    EXPECT_EQ(home["baseline"], "50");
    EXPECT_EQ(home["target"], "75.5");
    EXPECT_EQ(home["current"], "");
    EXPECT_EQ(house.line("home", {{"scope", "team:north"}})["baseline"], "");
    EXPECT_EQ(house.line("extra_home")["value"], "1.0") << "three home where two were usual";
    EXPECT_EQ(house.line("extra_home", {{"scope", "team:north"}})["value"], "")
        << "no baseline, no figure";
}

TEST(MeasuresReport, OfInappropriateDischargesAZeroNeedsAName) {
    House house;
    EXPECT_EQ(house.line("inappropriate_14")["value"], "");
    EXPECT_EQ(house.line("inappropriate_14")["note"], "not confirmed");
    house.act(core::ConfirmPeriod{"inappropriate_14", {}, at("2026-11-10"), at("2026-11-20")});
    EXPECT_EQ(house.line("inappropriate_14")["value"], "") << "three days are missing";
    house.act(core::ConfirmPeriod{"inappropriate_14", {}, at("2026-11-21"), at("2026-11-23")});
    EXPECT_EQ(house.line("inappropriate_14")["value"], "0");
    EXPECT_EQ(house.line("inappropriate_14")["note"], "confirmed by chair");
    house.act(core::ReportDischarge{"no_care", {}, "nobody came", "the GP"});
    EXPECT_EQ(house.line("inappropriate_14")["value"], "1");
    EXPECT_EQ(house.line("inappropriate_14")["note"], "confirmed by chair; no_care 1");
}

TEST(MeasuresReport, ShowsWhatWasImportedWithItsSource) {
    House house;
    EXPECT_TRUE(house.line("opel").empty());
    house.act(core::ReportFigure{"opel", {}, at("2026-11-24"), {}, 3'000});
    EXPECT_EQ(house.line("opel")["value"], "3");
    EXPECT_EQ(house.line("opel")["note"], "said by board 0 days ago");
    EXPECT_EQ(house.line("bed_days_per_100k")["value"], "");
    house.act(core::ReportFigure{"adults", {}, at("2026-01-01"), {}, 100'000'000});
    EXPECT_EQ(house.line("bed_days_per_100k")["value"], "1.36") << "38 bed days in 28 days";
}

TEST(MeasuresReport, HasALineForEachTeamOfTheMatrix) {
    House house;
    house.act(core::ConfirmMaturity{"north", "wash_up_daily", "silver", "seen"});
    auto const made = make_report(house.ward.state(), "measures", {});
    ASSERT_EQ(made->tables.size(), 2u);
    ASSERT_EQ(made->tables[1].lines.size(), 2u);
    EXPECT_EQ(made->tables[1].lines[0][2], "silver");
    EXPECT_EQ(made->tables[1].lines[1][2], "not confirmed");
}

TEST(TrendReport, IsAnXmrChartOfCompleteWeeks) {
    House const house;
    auto const made =
        make_report(house.ward.state(), "trend", {{"measure", "discharges"}, {"scope", "all"}});
    ASSERT_TRUE(made);
    auto const& lines = made->tables[0].lines;
    ASSERT_EQ(lines.size(), 3u);
    EXPECT_EQ(lines[1][0], "2026-11-09");
    EXPECT_EQ(lines[1][1], "4");
    EXPECT_EQ(lines[1][2], "1.333");
    EXPECT_EQ(lines[1][7], "yes") << "three points make trial limits";
    auto const refused = [&](Options const& options) {
        return tests::refused_field(house.ward.state(), "trend", options);
    };
    EXPECT_EQ(refused({{"measure", "weather"}}), "measure");
    EXPECT_EQ(refused({{"measure", "home"}, {"recalculated", "soon"}}), "recalculated");
    EXPECT_EQ(refused({{"measure", "home"}, {"outliers", "loved"}}), "outliers");
}

TEST(TrendReport, BeginsNewLimitsAtTheDateThatIsNamed) {
    House const house;
    auto const made = make_report(house.ward.state(), "trend",
                                  {{"measure", "discharges"}, {"recalculated", "2026-11-12"}});
    ASSERT_TRUE(made);
    EXPECT_EQ(made->tables[0].lines[0][2], "2.000");
    EXPECT_EQ(made->tables[0].lines[2][2], "0.000");
}

TEST(TrendReport, BeginsNewLimitsWhereTheConfigurationSaysAndTellsWhy) {
    House house;
    auto config = house.ward.state().config;
    auto const date = london_date(at("2026-11-12").at);
    config.recalculations = {{"discharges", "all", date, "A new hub"},
                             {"discharges", "site:STM", date, "Of another scope"},
                             {"home", "all", date, "Of another measure"},
                             {"allocations", "all", date, "A new team"}};
    house.ward.adopt(config);
    auto const lines = tests::first_lines(house.ward.state(), "trend", {{"measure", "discharges"}});
    ASSERT_EQ(lines.size(), 3u);
    EXPECT_EQ(lines[0][2] + " " + lines[2][2], "2.000 0.000");
    EXPECT_EQ(lines[1].back(), "");
    EXPECT_EQ(lines[2].back(), "2026-11-12: A new hub");
    // What other systems count is drawn in the same way.
    for (auto const* day : {"2026-11-09", "2026-11-10", "2026-11-12", "2026-11-13"})
        house.act(core::ReportFigure{"allocations", {}, at(day), {}, day[9] < '2' ? 4'000 : 9'000});
    auto const imported =
        tests::made(house.ward.state(), "trend", {{"measure", "allocations"}}).tables[0];
    EXPECT_EQ(imported.chart.kind, ChartKind::run);
    ASSERT_EQ(imported.lines.size(), 4u);
    EXPECT_EQ(imported.lines[2].back(), "2026-11-12: A new team");
}

}  // namespace
}  // namespace washup::report
