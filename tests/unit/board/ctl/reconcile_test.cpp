#include "board/ctl/reconcile.hpp"

#include <gtest/gtest.h>

namespace washup::board::ctl {
namespace {

using Lines = std::vector<std::vector<std::string>>;
using Stays = std::vector<std::map<std::uint64_t, std::int64_t>>;

Report report_of(Lines lines, Stays stays) {
    Report report;
    auto& table = report.tables.emplace_back();
    table.name = "return";
    table.columns = {"day", "metric", "value"};
    table.key_columns = 2;
    table.lines = std::move(lines);
    table.stays = std::move(stays);
    return report;
}

TEST(Reconcile, TellsWhatCameWentAndChangedAndWhoDidIt) {
    auto const then = report_of({{"1", "a", "2"}, {"1", "b", "5"}, {"1", "c", "1"}},
                                {{{7, 1}, {8, 1}}, {{9, 5}}, {{7, 1}}});
    auto const now = report_of({{"1", "a", "1"}, {"1", "b", "5"}, {"2", "a", "1"}},
                               {{{8, 1}}, {{9, 5}}, {{8, 1}}});
    std::set<std::uint64_t> stays;
    auto const lines = changed_lines(then, now, stays).lines;
    EXPECT_EQ(lines, (Lines{{"return", "1 | a", "changed", "2", "1", "#7 -1"},
                            {"return", "2 | a", "came", "", "1", "#8 +1"},
                            {"return", "1 | c", "went", "1", "", "#7 -1"}}));
    EXPECT_EQ(stays, (std::set<std::uint64_t>{7, 8}));
}

TEST(Reconcile, SeesTheSameNumberOfOtherPeople) {
    std::set<std::uint64_t> stays;
    auto const lines = changed_lines(report_of({{"1", "a", "1"}}, {{{7, 1}}}),
                                     report_of({{"1", "a", "1"}}, {{{8, 1}}}), stays)
                           .lines;
    ASSERT_EQ(lines.size(), 1u);
    EXPECT_EQ(lines[0][2], "of others");
    EXPECT_EQ(lines[0][5], "#7 -1, #8 +1");
}

// The columns of the report `pareto`: what names a bar stands in front of its place.
TEST(Reconcile, TellsAChangeOfRankAsAChangeOfTheBar) {
    auto const bars = [](Lines lines) {
        auto report = report_of(std::move(lines), {{{7, 1}}, {{8, 1}}});
        report.tables[0].columns = {"code", "cause", "place", "weight"};
        return report;
    };
    std::set<std::uint64_t> stays;
    auto const lines = changed_lines(bars({{"a", "A", "1", "9"}, {"b", "B", "2", "8"}}),
                                     bars({{"b", "B", "1", "8"}, {"a", "A", "2", "7"}}), stays)
                           .lines;
    ASSERT_EQ(lines.size(), 2u);
    for (auto const& line : lines) EXPECT_EQ(line[2], "changed");
}

TEST(Reconcile, OfTheSameIsEmpty) {
    auto const same = report_of({{"1", "a", "1"}, {"1", "a", "1"}}, {{{7, 1}}, {{8, 1}}});
    std::set<std::uint64_t> stays;
    EXPECT_TRUE(changed_lines(same, same, stays).lines.empty());
    EXPECT_TRUE(stays.empty());
}

}  // namespace
}  // namespace washup::board::ctl
