// Small numbers left out of documents of several tables, read by somebody who wants them back: the
// reader here knows the sums and no rule of ours, and tries every number that fits.

#include "daemon/report/suppress.hpp"

#include <gtest/gtest.h>

#include <array>
#include <functional>
#include <map>
#include <optional>
#include <set>

#include "tests/support/core/ward.hpp"
#include "tests/support/report/asked.hpp"

namespace washup::report {
namespace {

using Values = std::vector<std::string>;
using tests::Lines;

Table counts(Lines lines) {
    Table table;
    table.columns = {"a", "b", "all", "share"};
    table.count_columns = {0, 1, 2};
    table.lines = std::move(lines);
    for (std::size_t line = 0; line < table.lines.size(); ++line) {
        table.ties.sums.push_back({{{line, 0}, {line, 1}}, {{line, 2}}});
        table.ties.worked_out[{line, 3}] = {{line, 0}};
    }
    return table;
}

TEST(SmallNumbers, AreLeftOutWithWhatWouldTellThem) {
    Document document{
        {counts({{"3", "40", "43", "7.0"}, {"0", "9", "9", "0.0"}, {"8", "9", "17", "47.1"}})}};
    suppress(document, 5);
    auto const& lines = document.tables[0].lines;
    // 43 - 40 would be 3, so the smaller of the two goes too.
    EXPECT_EQ(lines[0], (Values{"*", "*", "43", "*"}));
    EXPECT_EQ(lines[1], (Values{"0", "9", "9", "0.0"}));
    EXPECT_EQ(lines[2], (Values{"8", "9", "17", "47.1"}));
}

Table column(Values const& values) {
    Table table;
    table.columns = {"count"};
    table.count_columns = {0};
    for (auto const& value : values) table.lines.push_back({value});
    return table;
}
Values cells(Document const& document, std::size_t table) {
    Values values;
    for (auto const& line : document.tables[table].lines) values.push_back(line[0]);
    return values;
}

TEST(SmallNumbers, AreNotToldByTheTotalOfAnotherTable) {
    Document document{{column({"3", "20", "9"}), column({"32"})}};
    document.ties.sums = {{{{0, 0, 0}, {1, 0, 0}, {2, 0, 0}}, {{0, 0, 1}}}};
    suppress(document, 5);
    EXPECT_EQ(cells(document, 0), (Values{"*", "20", "*"}));
    EXPECT_EQ(cells(document, 1), (Values{"32"}));
}

TEST(SmallNumbers, AreNotToldByACopyOrAComplementInAnotherTable) {
    Document document{{column({"3", "20"}), column({"30", "27"}), column({"3"})}};
    // 30 in all, of whom 27 are not the three; and the three once more.
    document.ties.sums = {{{{0, 0, 0}, {1, 0, 1}}, {{0, 0, 1}}}};
    document.ties.together = {{{0, 0, 0}, {0, 0, 2}}};
    suppress(document, 5);
    EXPECT_EQ(cells(document, 0), (Values{"*", "20"}));
    EXPECT_EQ(cells(document, 1), (Values{"30", "*"}));
    EXPECT_EQ(cells(document, 2), (Values{"*"}));
}

// a + b = 10 and a - b = 4 say a and b, though two cells of each sum are left out.
TEST(SmallNumbers, AreNotToldByTwoSumsTogether) {
    Document document{{column({"7", "3"}), column({"10", "4"})}};
    document.ties.sums = {{{{0, 0, 0}, {1, 0, 0}}, {{0, 0, 1}}},
                          {{{1, 0, 0}, {1, 0, 1}}, {{0, 0, 0}}}};
    suppress(document, 4);
    EXPECT_EQ(cells(document, 0), (Values{"*", "*"}));
    EXPECT_NE(cells(document, 1), (Values{"10", "4"}));
}

// Two rows, three columns, their totals in a second table and the whole in a third.
struct Square {
    static constexpr std::size_t rows = 2, columns = 3, of_rows = rows * columns;
    static constexpr std::size_t of_columns = of_rows + rows, whole = of_columns + columns;
    using Parts = std::array<int, of_rows>;
    using Cells = std::array<int, whole + 1>;
    static Cells of(Parts const& parts) {
        Cells cells{};
        for (std::size_t i = 0; i < of_rows; ++i) {
            cells[i] = parts[i];
            cells[of_rows + i / columns] += parts[i];
            cells[of_columns + i % columns] += parts[i];
            cells[whole] += parts[i];
        }
        return cells;
    }
    static CellPlace place(std::size_t cell) {
        if (cell < of_rows) return {cell, 0, 0};
        return cell < whole ? CellPlace{cell - of_rows, 0, 1} : CellPlace{0, 0, 2};
    }
    static Document document(Cells const& cells) {
        std::array<Values, 3> values;
        for (std::size_t i = 0; i < cells.size(); ++i)
            values[place(i).table].push_back(std::to_string(cells[i]));
        Document out{{column(values[0]), column(values[1]), column(values[2])}};
        std::array<Sum, rows> row_sums;
        std::array<Sum, columns> column_sums;
        Sum by_row{{}, {place(whole)}}, by_column = by_row;
        for (std::size_t i = 0; i < of_rows; ++i) {
            row_sums[i / columns].parts.push_back(place(i));
            column_sums[i % columns].parts.push_back(place(i));
        }
        for (std::size_t i = 0; i < rows; ++i) {
            row_sums[i].whole = {place(of_rows + i)};
            by_row.parts.push_back(place(of_rows + i));
            out.ties.sums.push_back(row_sums[i]);
        }
        for (std::size_t i = 0; i < columns; ++i) {
            column_sums[i].whole = {place(of_columns + i)};
            by_column.parts.push_back(place(of_columns + i));
            out.ties.sums.push_back(column_sums[i]);
        }
        out.ties.sums.push_back(by_row);
        out.ties.sums.push_back(by_column);
        return out;
    }
};

// Every number that each cell may have, for a reader of what still stands.
std::array<std::set<int>, Square::whole + 1> possible(Document const& document, int most) {
    std::array<std::set<int>, Square::whole + 1> values;
    std::array<std::optional<int>, Square::whole + 1> told;
    for (std::size_t i = 0; i < told.size(); ++i) {
        auto const place = Square::place(i);
        auto const& text = document.tables[place.table].lines[place.line][0];
        if (text != suppressed) told[i] = std::stoi(text);
    }
    Square::Parts parts{};
    std::function<void(std::size_t)> const choose = [&](std::size_t i) {
        if (i == parts.size()) {
            auto const cells = Square::of(parts);
            for (std::size_t k = 0; k < cells.size(); ++k) {
                if (told[k] && *told[k] != cells[k]) return;
            }
            for (std::size_t k = 0; k < cells.size(); ++k) values[k].insert(cells[k]);
            return;
        }
        for (int value = told[i].value_or(0); value <= told[i].value_or(most); ++value) {
            parts[i] = value;
            choose(i + 1);
        }
    };
    choose(0);
    return values;
}

TEST(SmallNumbers, CannotBeFoundByTryingEveryNumberInTablesWithSubTotals) {
    constexpr int below = 3, most = 9;
    std::uint64_t seed = 7;
    auto const next = [&seed](int until) {
        seed = seed * 6364136223846793005ULL + 1442695040888963407ULL;
        return static_cast<int>((seed >> 33U) % static_cast<unsigned>(until));
    };
    int guarded = 0, standing = 0;
    for (int round = 0; round < 60; ++round) {
        Square::Parts parts{};
        for (auto& part : parts) part = next(3) == 0 ? next(3) : next(most - 1);
        auto const cells = Square::of(parts);
        auto document = Square::document(cells);
        suppress(document, below);
        auto const values = possible(document, most);
        for (std::size_t i = 0; i < cells.size(); ++i) {
            auto const place = Square::place(i);
            standing += document.tables[place.table].lines[place.line][0] != suppressed ? 1 : 0;
            if (cells[i] == 0 || cells[i] >= below) continue;
            ++guarded;
            EXPECT_GT(values[i].size(), 1u) << "round " << round << ", cell " << i << " is told";
        }
    }
    EXPECT_GT(guarded, 60);
    EXPECT_GT(standing, 60 * 4) << "nothing is left of the tables";
}

// ---- the reports themselves

struct FewPeople : testing::Test {
    tests::Ward ward;
    // So many people ready on the 2nd for each of these reasons; it is the 4th.
    void people(std::map<std::string, int> const& by_reason) {
        int number = 0;
        for (auto const& [reason, count] : by_reason) {
            for (int i = 0; i < count; ++i) {
                auto const visit = "V" + std::to_string(++number);
                ward.receive(tests::a01(visit, "M" + std::to_string(number), "2026-11-02T08:00")
                                 .time(core::Field::discharge_ready, "2026-11-02T09:00"));
                auto command = tests::command_for(visit);
                command.what = core::RaiseBlocker{reason, "", "", "", {}};
                ASSERT_TRUE(ward.command(command));
            }
        }
        ward.wait_until("2026-11-03T10:00");
    }
    Document made(char const* name, Options options) {
        options["suppress"] = "5";
        return tests::made(ward.state(), name, options);
    }
};

std::string told(Document const& document) {
    std::string all;
    for (auto const& table : document.tables) {
        all += table.title + "\n";
        for (auto const& line : table.lines) {
            for (auto const& cell : line) all += cell + "|";
            all += "\n";
        }
    }
    return all;
}

TEST_F(FewPeople, AreNotToldByTheHeadOfTheParetoNorByShares) {
    people({{"CP4", 12}, {"HP4", 3}});
    auto const document = made("pareto", {{"window", "now"}});
    auto const& bars = document.tables[0].lines;
    ASSERT_EQ(bars.size(), 2u);
    EXPECT_EQ(bars[1][3], "*");
    EXPECT_EQ(bars[0][3], "*") << "15 - 12";
    EXPECT_EQ(bars[0][4] + bars[0][5] + bars[1][4], "***") << "80% of 15";
    EXPECT_EQ(document.tables[1].lines[4][1], "15");
}

TEST_F(FewPeople, AreNotToldByATotalThatIsAsSmall) {
    people({{"HP4", 3}});
    EXPECT_EQ(made("pareto", {{"window", "now"}}).tables[1].lines[4][1], "*");
}

TEST_F(FewPeople, AreNotToldByTheDaysBesideTheBottlenecks) {
    people({{"CP4", 12}, {"HP4", 3}});
    auto const document = made("hicm", {{"date", "2026-11-02"}});
    EXPECT_EQ(told(document).find("|3|"), std::string::npos) << told(document);
    EXPECT_EQ(document.tables[1].lines[0][1], "15");
    for (auto const& line : document.tables[0].lines) EXPECT_EQ(line[1], "*") << told(document);
}

TEST_F(FewPeople, AreNotToldByAReturnAndItsNotes) {
    people({{"CP4", 6}});
    for (int i = 1; i <= 6; ++i) {
        ward.receive(
            tests::a03("V" + std::to_string(i), "M" + std::to_string(i), "2026-11-03T11:00"));
    }
    ward.wait_until("2026-11-04T10:00");
    // Six left, and for none of them is it known where to: the notes say so.
    auto const open = tests::made(ward.state(), "acute_sitrep", {{"date", "2026-11-03"}});
    EXPECT_EQ(open.tables[1].lines[5][1], "6");
    auto const closed =
        tests::made(ward.state(), "acute_sitrep", {{"date", "2026-11-03"}, {"suppress", "7"}});
    EXPECT_EQ(closed.tables[1].lines[5][1], "*");
    EXPECT_EQ(told(closed).find("|6.00|"), std::string::npos) << told(closed);
}

TEST_F(FewPeople, AreNotToldByThePackOfTheWeek) {
    auto config = tests::small_config();
    config.cycles = {{"weekly", "Weekly", "all", 1, 9 * 60, 5, 12 * 60}};
    ward.adopt(config);
    people({{"CP4", 12}, {"HP4", 3}});
    auto command = tests::command_for("V13");
    command.what = core::SendCause{{}, "", ""};
    ASSERT_TRUE(ward.command(command));
    auto const document = made("cycle_pack", {});
    EXPECT_EQ(told(document).find("|3|"), std::string::npos) << told(document);
    EXPECT_NE(tests::made(ward.state(), "cycle_pack").tables[5].lines[0][2], "*");
    EXPECT_EQ(document.tables[5].lines[0][2] + document.tables[4].lines[0][3], "**");
}

}  // namespace
}  // namespace washup::report
