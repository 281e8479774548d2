#include <gtest/gtest.h>

#include "board/paper/chart.hpp"
#include "board/paper/csv.hpp"
#include "board/paper/encoding.hpp"
#include "board/paper/html.hpp"
#include "board/paper/json.hpp"

namespace washup::board::paper {
namespace {

ReportTable table_of(std::vector<std::vector<std::string>> lines) {
    ReportTable table;
    table.name = "bars";
    table.columns = {"what", "count"};
    table.lines = std::move(lines);
    return table;
}
std::size_t times(std::string const& text, std::string const& part) {
    std::size_t count = 0;
    for (auto at = text.find(part); at != std::string::npos; at = text.find(part, at + 1)) ++count;
    return count;
}

TEST(Csv, QuotesWhatItMustAndEndsLinesInCrLf) {
    auto const text = csv_of(table_of({{"a, b", "1"}, {"say \"so\"", ""}, {"two\nlines", "0"}}));
    EXPECT_EQ(text, "what,count\r\n\"a, b\",1\r\n\"say \"\"so\"\"\",\r\n\"two\nlines\",0\r\n");
}

TEST(Csv, OfOneEmptyCellIsStillALine) {
    ReportTable table;
    table.columns = {"what"};
    table.lines = {{""}};
    EXPECT_EQ(csv_of(table), "what\r\n\"\"\r\n");
}

TEST(Encoding, WritesWhatCp1252HasAndNamesWhatItHasNot) {
    auto const known = encoded("N\xC3\xA9meth \xE2\x80\x93 \xE2\x82\xAC", Encoding::cp1252);
    ASSERT_TRUE(known);
    EXPECT_EQ(*known, "N\xE9meth \x96 \x80");
    auto const unknown = encoded("\xC5\x82", Encoding::cp1252);
    ASSERT_FALSE(unknown);
    EXPECT_NE(unknown.error().words.find("U+0142"), std::string::npos);
    // The control characters of the upper half are none of its characters.
    EXPECT_FALSE(encoded("\xC2\x81", Encoding::cp1252));
    EXPECT_FALSE(encoded("\xFF", Encoding::cp1252)) << "no UTF-8 at all";
    EXPECT_EQ(*encoded("\xC5\x82", Encoding::utf8), "\xC5\x82");
    EXPECT_FALSE(encoding_of("latin1"));
}

TEST(Html, LetsNoWordsOfAPersonBecomeAPage) {
    Report report;
    report.title = "A <b>";
    report.tables = {table_of({{"<script>alert(1)</script>", "1"}, {"O'Neill & \"co\"", "[z]"}})};
    auto const page = html_of(report);
    EXPECT_EQ(page.find("<script"), std::string::npos);
    EXPECT_NE(page.find("&lt;script&gt;"), std::string::npos);
    EXPECT_NE(page.find("O&#39;Neill &amp; &quot;co&quot;"), std::string::npos);
    EXPECT_EQ(page.find("http"), std::string::npos) << "it needs nothing from anywhere";
}

TEST(Html, HasTheReportsNameInWordsWhereItHasNoTitle) {
    Report report;
    report.name = "chess_clock";
    report.tables = {table_of({{"a", "1"}})};
    EXPECT_NE(html_of(report).find("<h1>Chess clock</h1>"), std::string::npos);
}

TEST(Chart, HasABarForEachLineUpToBarsMaxAndOneForTheRest) {
    auto const bars = [](std::size_t count) {
        std::vector<std::vector<std::string>> lines;
        for (std::size_t i = 0; i < count; ++i)
            lines.push_back({"w" + std::to_string(i), std::to_string(100 - i)});
        auto table = table_of(std::move(lines));
        table.chart = ReportChart::pareto;
        table.chart_value = 1;
        return times(chart_of(table), "<circle");
    };
    EXPECT_EQ(bars(3), 3u);
    EXPECT_EQ(bars(bars_max), bars_max);
    EXPECT_EQ(bars(bars_max + 9), bars_max);
    EXPECT_EQ(bars(0), 0u);
}

TEST(Chart, IsNotDrawnOfWhatIsNoNumber) {
    auto table = table_of({{"a", "*"}, {"b", "[z]"}});
    table.chart = ReportChart::pareto;
    table.chart_value = 1;
    EXPECT_EQ(chart_of(table), "");
}

TEST(Sidecar, HasTheDigestAndTheRowsAndNoPeopleItDoesNotNeed) {
    Report report;
    report.name = "discharge_record";
    report.tier = 3;
    report.tables = {table_of({{"a", "1"}}), table_of({{"SPECIMEN", "1"}})};
    report.tables[1].name = "waiting";
    Sidecar about;
    about.octets = "abc";
    about.table = "bars";
    auto const text = sidecar_of(report, about);
    // b2sum -l 256 of "abc"
    EXPECT_NE(text.find("bddd813c634239723171ef3fee98579b94964e3bb1cb3e427262c8c068d52319"),
              std::string::npos);
    EXPECT_EQ(text.find("SPECIMEN"), std::string::npos);
    report.tier = 0;
    EXPECT_NE(sidecar_of(report, about).find("SPECIMEN"), std::string::npos);
}

}  // namespace
}  // namespace washup::board::paper
