// The picture of points in time: what a point is must be told by shape and word.

#include "board/paper/run_chart.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>

namespace washup::board::paper {
namespace {

std::size_t times(std::string const& text, std::string const& part) {
    std::size_t count = 0;
    for (auto at = text.find(part); at != std::string::npos; at = text.find(part, at + 1)) ++count;
    return count;
}

ReportTable chart_of_points(std::vector<std::vector<std::string>> lines) {
    ReportTable table;
    table.chart = ReportChart::run;
    table.chart_value = 1;
    table.chart_axis = "bed days, a point a week";
    table.columns = {"date",   "value",   "mean",  "lower limit", "upper limit",
                     "signal", "verdict", "trial", "new limits"};
    table.lines = std::move(lines);
    return table;
}
std::vector<std::string> point(std::string date, std::string value, std::string signal = "",
                               std::string verdict = "common cause", std::string why = "") {
    return {std::move(date),   std::move(value),   "20", "10",          "30",
            std::move(signal), std::move(verdict), "no", std::move(why)};
}

TEST(RunChart, NamesItsAxisItsLimitsAndItsDates) {
    auto const svg =
        run_chart(chart_of_points({point("2026-10-05", "20"), point("2026-10-12", "22")}));
    for (auto const* words : {"bed days, a point a week", "upper 30", "mean 20", "lower 10",
                              "5 Oct", "12 Oct", "2026"}) {
        EXPECT_NE(svg.find(std::string{">"} + words + "<"), std::string::npos) << words;
    }
    EXPECT_EQ(times(svg, ">2026<"), 1u);
    EXPECT_EQ(run_chart(chart_of_points({point("2026-10-05", "20")})), "") << "one point is no run";
}

TEST(RunChart, TellsASignalByShapeAndWord) {
    auto const plain =
        run_chart(chart_of_points({point("2026-10-05", "20"), point("2026-10-12", "22")}));
    EXPECT_EQ(times(plain, "<circle"), 2u);
    EXPECT_EQ(times(plain, "improvement"), 0u);
    auto const svg =
        run_chart(chart_of_points({point("2026-10-05", "31", "above the upper limit", "concern"),
                                   point("2026-10-12", "8", "below the lower limit", "improvement"),
                                   point("2026-10-19", "20")}));
    EXPECT_EQ(times(svg, "<circle"), 1u);
    for (auto const* words : {"1  concern, 5 Oct: above the upper limit",
                              "2  improvement, 12 Oct: below the lower limit", "concern: diamond",
                              "improvement: square"}) {
        EXPECT_EQ(times(svg, std::string{">"} + words + "<"), 1u) << words;
    }
    EXPECT_EQ(times(svg, "triangle"), 0u) << "what is not there needs no key";
}

TEST(RunChart, NumbersEachSpellAndSaysItsRulesBelow) {
    std::vector<std::vector<std::string>> lines;
    for (int day = 1; day <= 8; ++day)
        lines.push_back(
            point(fmt::format("2026-10-0{}", day), "25", "7 points above the mean", "high"));
    lines[3][5] = "2 of 3 near the upper limit";
    lines.push_back(point("2026-10-09", "20"));
    lines.push_back(point("2026-10-10", "31", "above the upper limit", "high"));
    auto const svg = run_chart(chart_of_points(lines));
    EXPECT_EQ(times(svg,
                    ">1  high, 1 Oct to 8 Oct: 7 points above the mean; 2 of 3 near the upper "
                    "limit<"),
              1u);
    EXPECT_EQ(times(svg, ">2  high, 10 Oct: above the upper limit<"), 1u);
    EXPECT_EQ(times(svg, ">1<") + times(svg, ">2<"), 2u) << "where each begins";
}

TEST(RunChart, ShowsFromWhereLimitsAreNewAndWhy) {
    auto lines =
        std::vector{point("2026-10-05", "20"), point("2026-10-12", "22"),
                    point("2026-10-19", "50", "", "common cause", "2026-10-14: A <new> hub")};
    lines[2][2] = "50", lines[2][3] = "45", lines[2][4] = "55";
    auto const svg = run_chart(chart_of_points(lines));
    EXPECT_NE(svg.find("A  new limits from 2026-10-14: A &lt;new&gt; hub"), std::string::npos);
    EXPECT_NE(svg.find(">mean 50<"), std::string::npos) << "those of the last stretch are named";
    EXPECT_EQ(times(svg, "stroke-dasharray=\"7 4\""), 4u) << "two limits before and two after";
}

TEST(RunChart, KeepsTheDatesApartHoweverManyThereAre) {
    std::vector<std::vector<std::string>> lines;
    for (int i = 0; i < 300; ++i) lines.push_back(point(to_iso(Date{20'000 + i}), "20"));
    auto const svg = run_chart(chart_of_points(lines));
    std::vector<double> at;
    constexpr auto in_front = "<text x=\"";
    for (auto place = svg.find(in_front); place != std::string::npos;
         place = svg.find(in_front, place + 1)) {
        auto const end = svg.find("</text>", place);
        if (svg.substr(place, end - place)
                .find("text-anchor=\"middle\" font-size=\"9.5\" "
                      "fill=\"#17212b\"") != std::string::npos)
            at.push_back(std::stod(svg.substr(place + std::string{in_front}.size())));
    }
    ASSERT_GT(at.size(), 5u);
    for (std::size_t i = 1; i < at.size(); ++i) EXPECT_GE(at[i] - at[i - 1], 45) << i;
}

TEST(RunChart, BeginsAtNoughtUnlessThePointsAreFarFromIt) {
    auto far = std::vector{point("2026-10-05", "200"), point("2026-10-12", "210")};
    for (auto& line : far) line[2] = "205", line[3] = "190", line[4] = "220";
    EXPECT_NE(run_chart(chart_of_points(far)).find("the scale begins at 190, not 0"),
              std::string::npos);
    auto const near =
        run_chart(chart_of_points({point("2026-10-05", "20"), point("2026-10-12", "22")}));
    EXPECT_EQ(near.find("not 0"), std::string::npos);
    auto below = std::vector{point("2026-10-05", "2"), point("2026-10-12", "3")};
    for (auto& line : below) line[2] = "2.5", line[3] = "-4", line[4] = "9";
    auto const svg = run_chart(chart_of_points(below));
    EXPECT_NE(svg.find("lower below 0"), std::string::npos) << "nothing is counted below nought";
    EXPECT_EQ(svg.find(">-"), std::string::npos);
}

TEST(RunChart, IsDrawnWithoutLimitsWhereATableHasNone) {
    ReportTable table;
    table.chart = ReportChart::run;
    table.chart_value = 1;
    table.columns = {"day", "people"};
    table.lines = {{"5 Oct", "3"}, {"6 Oct", "4"}, {"7 Oct", "*"}};
    auto const svg = run_chart(table);
    EXPECT_EQ(times(svg, "<circle"), 2u);
    EXPECT_EQ(svg.find("mean"), std::string::npos);
}

}  // namespace
}  // namespace washup::board::paper
