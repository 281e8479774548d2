#include <gtest/gtest.h>

#include "adapters/csv/charset.hpp"
#include "adapters/csv/dates.hpp"
#include "adapters/csv/fold.hpp"
#include "adapters/csv/report.hpp"
#include "adapters/csv/row_facts.hpp"
#include "adapters/csv/row_mapper.hpp"

namespace washup::csv {
namespace {

TEST(CsvCharset, TakesUtf8WithAndWithoutMark) {
    EXPECT_EQ(decode_text("\xEF\xBB\xBFNa\xC3\xAFma").value().text, "Na\xC3\xAFma");
    auto const plain = decode_text("Na\xC3\xAFma \xE2\x80\x93").value();
    EXPECT_EQ(plain.charset, Charset::utf8);
    EXPECT_EQ(plain.text, "Na\xC3\xAFma \xE2\x80\x93");
}

TEST(CsvCharset, TakesExcelsUnicodeText) {
    std::string const octets{"\xFF\xFEN\0\xEF\0\t\0\x3D\xD8\x00\xDE", 12};
    auto const decoded = decode_text(octets).value();
    EXPECT_EQ(decoded.charset, Charset::utf16le);
    EXPECT_EQ(decoded.text, "N\xC3\xAF\t\xF0\x9F\x98\x80");
    EXPECT_FALSE(decode_text(octets.substr(0, 5)).has_value());
}

TEST(CsvCharset, TakesEverythingElseAsWindows1252) {
    auto const decoded = decode_text("Ren\xE9 \x96 \x80").value();
    EXPECT_EQ(decoded.charset, Charset::cp1252);
    EXPECT_EQ(decoded.text, "Ren\xC3\xA9 \xE2\x80\x93 \xE2\x82\xAC");
    EXPECT_EQ(decode_text("\xC0\x80").value().charset, Charset::cp1252);      // overlong
    EXPECT_EQ(decode_text("\xED\xA0\x80").value().charset, Charset::cp1252);  // a surrogate
    EXPECT_EQ(decode_text("cut \xE2\x80").value().charset, Charset::cp1252);
}

TEST(CsvCharset, RefusesWhatIsNoText) {
    EXPECT_FALSE(decode_text(std::string("PK\x03\x04\0\0", 6)).has_value());
}

Moment at(int year, unsigned month, unsigned day, int hour, int minute, int second = 0) {
    return {london_time(make_date(year, month, day), hour, minute, second), Precision::minute};
}
Moment on(int year, unsigned month, unsigned day) {
    return {london_midnight(make_date(year, month, day)), Precision::date};
}
Moment parsed(std::string_view text) {
    return parse_hub_moment(text, 1930).value();
}

TEST(CsvDates, PutTheDayFirst) {
    EXPECT_EQ(parsed("03/04/2026"), on(2026, 4, 3));
    EXPECT_EQ(parsed("3/4/2026"), on(2026, 4, 3));
    EXPECT_EQ(parsed("22/11/2026 09:14"), at(2026, 11, 22, 9, 14));
    EXPECT_EQ(parsed("22/11/2026 9:14:07"), at(2026, 11, 22, 9, 14, 7));
    EXPECT_EQ(parsed("22.11.2026"), on(2026, 11, 22));
    EXPECT_FALSE(parse_hub_moment("11/22/2026", 1930).has_value());  // never month first
    EXPECT_FALSE(parse_hub_moment("31/02/2026", 1930).has_value());
}

TEST(CsvDates, KnowIsoAndNamedMonths) {
    EXPECT_EQ(parsed("2026-11-22"), on(2026, 11, 22));
    EXPECT_EQ(parsed("2026-11-22 09:14"), at(2026, 11, 22, 9, 14));
    EXPECT_EQ(parsed("2026-07-01T08:00:00Z"), at(2026, 7, 1, 9, 0));
    EXPECT_EQ(parsed("22-Nov-26"), on(2026, 11, 22));
    EXPECT_EQ(parsed("22 November 2026 17:00"), at(2026, 11, 22, 17, 0));
    EXPECT_EQ(parsed("1-Sept-2026"), on(2026, 9, 1));
}

TEST(CsvDates, PlaceTwoDigitYearsByTheProfile) {
    EXPECT_EQ(parse_hub_moment("09-Mar-41", 1930).value(), on(1941, 3, 9));
    EXPECT_EQ(parse_hub_moment("09/03/29", 1930).value(), on(2029, 3, 9));
    EXPECT_EQ(parse_hub_moment("09/03/41", 1950).value(), on(2041, 3, 9));
}

TEST(CsvDates, RefuseWithoutRepeatingTheCell) {
    for (auto const* const text :
         {"45983", "45983.5", "yesterday", "22/11", "22/11/026", "22/11/2026 25:00", "22/11/2026 9",
          "22/11/2026 09:14 pm", "1/x/2026"}) {
        auto const refused = parse_hub_moment(text, 1930);
        ASSERT_FALSE(refused.has_value()) << text;
        EXPECT_EQ(refused.error().words.find(text), std::string::npos);
    }
    EXPECT_NE(parse_hub_moment("45983", 1930).error().words.find("serial"), std::string::npos);
}

TEST(CsvFold, LetsCaseBlanksAndDashesNotCount) {
    EXPECT_EQ(folded("NHS  Number"), folded("nhs_number"));
    EXPECT_EQ(folded("Date\xC2\xA0of\xE2\x80\x93"
                     "Birth"),
              "dateofbirth");
    EXPECT_NE(folded("Ren\xC3\xA9"), folded("Ren"));
    EXPECT_EQ(folded(" - "), "");
}

TEST(CsvFold, MatchesFileNames) {
    EXPECT_TRUE(name_matches("referrals*.csv", "Referrals_20261122.CSV"));
    EXPECT_FALSE(name_matches("referrals*.csv", "old_referrals.csv"));
    EXPECT_TRUE(name_matches("*a?c*", "xxabcabxc"));
    EXPECT_FALSE(name_matches("a*b", "a"));
    EXPECT_TRUE(name_matches("*", ""));
}

TEST(CsvTimeInName, IsFoundWhereItStands) {
    EXPECT_EQ(time_in_name("blockers_20261122_0914.csv"), at(2026, 11, 22, 9, 14));
    EXPECT_EQ(time_in_name("blockers-2026-11-22T091507.csv"), at(2026, 11, 22, 9, 15, 7));
    EXPECT_EQ(time_in_name("hub 2026-11-22.csv"), on(2026, 11, 22));
    EXPECT_FALSE(time_in_name("blockers_v2.csv").has_value());
    EXPECT_FALSE(time_in_name("blockers_20269922.csv").has_value());
}

TEST(CsvPostcode, KeepsTheDistrictAlone) {
    EXPECT_EQ(postcode_district("ct9 2qr"), "CT9");
    EXPECT_EQ(postcode_district("CT92QR"), "CT9");
    EXPECT_EQ(postcode_district("W1A 1AA"), "W1A");
    EXPECT_EQ(postcode_district("CT9"), "CT9");
    EXPECT_EQ(postcode_district("CT9 2"), "CT9");
    EXPECT_EQ(postcode_district("12 High Street"), "");
}

TEST(CsvReport, IsItselfACsvFile) {
    EXPECT_EQ(make_report("a,b.csv", {{17, "NHS \"No\"", "not a date"}, {0, "", "cut\nshort"}}),
              "file,row,column,reason\r\n\"a,b.csv\",17,\"NHS \"\"No\"\"\",not a date\r\n"
              "\"a,b.csv\",,,\"cut\nshort\"\r\n");
}

}  // namespace
}  // namespace washup::csv
