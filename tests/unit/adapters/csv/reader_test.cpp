#include "adapters/csv/reader.hpp"

#include <gtest/gtest.h>

namespace washup::csv {
namespace {

using Cells = std::vector<std::string>;

TEST(CsvReader, GivesCellsRowsAndLineNumbers) {
    auto const sheet = read_sheet("a,b\r\n1,2\r\n\r\n3,\"x, \"\"y\"\"\r\nz\"\r\n4,5").value();
    EXPECT_EQ(sheet.header, (Cells{"a", "b"}));
    ASSERT_EQ(sheet.rows.size(), 3u);
    EXPECT_EQ(sheet.rows[0].cells, (Cells{"1", "2"}));
    EXPECT_EQ(sheet.rows[0].line, 2u);
    EXPECT_EQ(sheet.rows[1].cells, (Cells{"3", "x, \"y\"\nz"}));
    EXPECT_EQ(sheet.rows[1].line, 4u);
    EXPECT_EQ(sheet.rows[2].cells, (Cells{"4", "5"}));
    EXPECT_EQ(sheet.rows[2].line, 6u);
}

TEST(CsvReader, FindsTheDelimiterByTheHeader) {
    EXPECT_EQ(read_sheet("a;b,c;d\n1;2;3\n").value().header, (Cells{"a", "b,c", "d"}));
    EXPECT_EQ(read_sheet("a\tb\n1\t2\n").value().delimiter, '\t');
    EXPECT_EQ(read_sheet("only\nx\n").value().delimiter, ',');
    EXPECT_EQ(read_sheet("\"a;b;c\",d\n").value().delimiter, ',');
}

TEST(CsvReader, BelievesASeparatorLine) {
    for (auto const* const first : {"sep=;\r\n", "\"sep=;\"\n", "SEP=;\n"}) {
        auto const text = std::string{first} + "a,b;c\n1;2\n";
        auto const sheet = read_sheet(text).value();
        EXPECT_EQ(sheet.header, (Cells{"a,b", "c"})) << first;
        ASSERT_EQ(sheet.rows.size(), 1u);
        EXPECT_EQ(sheet.rows[0].line, 3u);
    }
}

TEST(CsvReader, LosesOneRowToAQuoteThatNeverEnds) {
    auto const sheet = read_sheet("a,b\n1,\"open\n2,good\n3,good\n").value();
    ASSERT_EQ(sheet.rows.size(), 3u);
    EXPECT_EQ(sheet.rows[0].fault, "a quoted cell never ends");
    EXPECT_EQ(sheet.rows[0].fault_column, 2u);
    EXPECT_EQ(sheet.rows[0].line, 2u);
    EXPECT_EQ(sheet.rows[1].cells, (Cells{"2", "good"}));
    EXPECT_EQ(sheet.rows[1].line, 3u);
    EXPECT_EQ(sheet.rows[2].line, 4u);
}

TEST(CsvReader, SetsAsideARowWithWordsAfterAQuote) {
    auto const sheet = read_sheet("a,b\n\"1\"2,3\n\"4\" ,5\n").value();
    ASSERT_EQ(sheet.rows.size(), 2u);
    EXPECT_EQ(sheet.rows[0].fault, "words stand after the closing quote");
    EXPECT_EQ(sheet.rows[0].fault_column, 1u);
    EXPECT_EQ(sheet.rows[1].cells, (Cells{"4", "5"}));
}

TEST(CsvReader, TakesBlanksAndOldLineEndsAsTheyCome) {
    auto const sheet = read_sheet("\n\r\na , \xC2\xA0 b\r 1,  \"2\"\r").value();
    EXPECT_EQ(sheet.header, (Cells{"a", "b"}));
    ASSERT_EQ(sheet.rows.size(), 1u);
    EXPECT_EQ(sheet.rows[0].cells, (Cells{"1", "2"}));
}

TEST(CsvReader, ReadsAKeptRowAgainTheSame) {
    std::string const text =
        "a,b\n\"x\ny\",2\n1,\"open\n" + std::string(row_bytes_max + 9, 'x') + "\n";
    auto const sheet = read_sheet(text).value();
    ASSERT_EQ(sheet.rows.size(), 3u);
    for (auto const& row : sheet.rows) {
        auto const again = read_row(row.raw, ',');
        EXPECT_EQ(again.cells, row.cells);
        EXPECT_EQ(again.fault.empty(), row.fault.empty()) << row.fault;
    }
}

TEST(CsvReader, KeepsItsBounds) {
    EXPECT_FALSE(read_sheet("").has_value());
    EXPECT_FALSE(read_sheet("\n\n").has_value());
    EXPECT_FALSE(read_sheet(std::string(file_bytes_max + 1, 'x')).has_value());

    std::string rows = "a\n";
    for (std::size_t i = 0; i < rows_max; ++i) rows += "1\n";
    EXPECT_TRUE(read_sheet(rows).has_value());
    EXPECT_FALSE(read_sheet(rows + "1\n").has_value());

    auto const one = [](std::string const& row) {
        return read_sheet("a\n" + row + "\n2\n").value();
    };
    EXPECT_TRUE(one(std::string(field_bytes_max, 'x')).rows[0].fault.empty());
    EXPECT_FALSE(one(std::string(field_bytes_max + 1, 'x')).rows[0].fault.empty());
    EXPECT_FALSE(one("\"" + std::string(field_bytes_max + 1, 'x') + "\"").rows[0].fault.empty());

    std::string wide(columns_max - 1, ',');
    EXPECT_TRUE(one("x" + wide).rows[0].fault.empty());
    EXPECT_FALSE(one("x" + wide + ",").rows[0].fault.empty());

    std::string longest;
    while (longest.size() + 1001 <= row_bytes_max) longest += std::string(1000, 'x') + ",";
    EXPECT_TRUE(one(longest).rows[0].fault.empty());
    auto const over = one(longest + std::string(row_bytes_max, 'x').substr(0, 1001));
    EXPECT_FALSE(over.rows[0].fault.empty());
    EXPECT_EQ(over.rows[1].cells, Cells{"2"});
}

}  // namespace
}  // namespace washup::csv
