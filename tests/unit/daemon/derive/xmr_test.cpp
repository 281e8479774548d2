// XmR charts, against tests/golden/xmr (reliability-ux.md C-8: equal to 1e-9 in both modes).

#include "daemon/derive/xmr.hpp"

#include <gtest/gtest.h>

#include <fstream>
#include <map>
#include <sstream>

namespace washup::tests {
namespace {

using derive::Better;
using derive::xmr;
using derive::XmrSettings;

std::vector<std::vector<std::string>> table(std::string const& name) {
    std::ifstream file{std::string(WASHUP_SOURCE_DIR) + "/tests/golden/xmr/" + name};
    std::vector<std::vector<std::string>> lines;
    for (std::string line; std::getline(file, line);) {
        std::vector<std::string> cells;
        std::istringstream in{line};
        for (std::string cell; std::getline(in, cell, ',');) cells.push_back(cell);
        lines.push_back(std::move(cells));
    }
    EXPECT_GT(lines.size(), 1u) << name;
    if (!lines.empty()) lines.erase(lines.begin());
    return lines;
}

std::vector<double> numbers(std::string const& text) {
    std::istringstream in{text};
    std::vector<double> all;
    for (double value = 0; in >> value;) all.push_back(value);
    return all;
}

XmrSettings settings_of(std::vector<std::string> const& row, bool screened) {
    XmrSettings settings;
    settings.better = row[1] == "up"     ? Better::up
                      : row[1] == "down" ? Better::down
                                         : Better::neither;
    settings.screen_outliers = screened;
    settings.fixed_after = std::stoul(row[2]);
    for (auto const at : numbers(row[3]))
        settings.recalculated_at.insert(static_cast<std::size_t>(at));
    return settings;
}

TEST(Xmr, EqualsTheGoldenSeriesInBothModes) {
    auto const expected = table("expected.csv");
    std::size_t place = 0;
    for (auto const& row : table("series.csv")) {
        for (auto const* mode : {"screened", "all"}) {
            auto const points =
                xmr(numbers(row[4]), settings_of(row, mode == std::string("screened")));
            for (std::size_t i = 0; i < points.size(); ++i, ++place) {
                ASSERT_LT(place, expected.size());
                auto const& want = expected[place];
                auto const where = row[0] + " " + mode + " " + std::to_string(i);
                ASSERT_EQ(where, want[0] + " " + want[1] + " " + want[2]);
                EXPECT_NEAR(points[i].value, std::stod(want[3]), 1e-9) << where;
                EXPECT_NEAR(points[i].mean, std::stod(want[4]), 1e-9) << where;
                EXPECT_NEAR(points[i].lower, std::stod(want[5]), 1e-9) << where;
                EXPECT_NEAR(points[i].upper, std::stod(want[6]), 1e-9) << where;
                EXPECT_EQ(name_of(points[i].signal), want[7]) << where;
                EXPECT_EQ(name_of(points[i].verdict), want[8]) << where;
            }
        }
    }
    EXPECT_EQ(place, expected.size());
}

TEST(Xmr, OfNothingIsNothing) {
    EXPECT_TRUE(xmr({}, {}).empty());
}

TEST(Xmr, LimitsAreATrialBelowTwelvePoints) {
    EXPECT_TRUE(xmr(std::vector<double>(11, 3.0), {}).back().trial);
    EXPECT_FALSE(xmr(std::vector<double>(12, 3.0), {}).back().trial);
    XmrSettings settings;
    settings.recalculated_at = {12};
    auto const points = xmr(std::vector<double>(20, 3.0), settings);
    EXPECT_FALSE(points[11].trial);
    EXPECT_TRUE(points[12].trial) << "new limits begin with few points";
}

TEST(Xmr, ARecalculationBeyondTheEndIsNone) {
    XmrSettings settings;
    settings.recalculated_at = {0, 3, 99};
    EXPECT_EQ(xmr({1, 2, 3}, settings).size(), 3u);
}

}  // namespace
}  // namespace washup::tests
