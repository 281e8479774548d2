#include "adapters/hl7v2/timestamp.hpp"

#include <gtest/gtest.h>

namespace washup::hl7v2 {
namespace {

std::string read(char const* text, std::optional<Instant> near = std::nullopt) {
    auto const time = read_time(text, Zone{}, near);
    return time ? to_text(*time) : "no: " + time.error().words;
}

TEST(Hl7Timestamp, KeepsItsPrecisionAndReadsTheDirtOfRealFeeds) {
    struct Case {
        char const* text;
        char const* means;
    };
    for (auto const& [text, means] : {
             Case{"20130211", "2013-02-11"},
             Case{"20130211+0000", "2013-02-11"},
             Case{"201207171525", "2012-07-17T15:25:00+01:00"},
             Case{"20261101120356", "2026-11-01T12:03:56+00:00"},
             Case{"20261101120356.4", "2026-11-01T12:03:56.400+00:00"},
             Case{"20261101120356.4567", "2026-11-01T12:03:56.456+00:00"},
             Case{"202611011203+0000", "2026-11-01T12:03:00+00:00"},
             Case{"202611011203+0215", "2026-11-01T09:48:00+00:00"},
             Case{"202611011203-0500", "2026-11-01T17:03:00+00:00"},
             Case{"2026110112", "2026-11-01T12:00:00+00:00"},
             Case{"2025-05-05 23:23:32", "2025-05-05T23:23:32+01:00"},
             Case{"2025-05-05T23:23:32Z", "2025-05-06T00:23:32+01:00"},
             Case{"2025-05-05T23:23:32+01:00", "2025-05-05T23:23:32+01:00"},
             Case{"2025-05-05", "2025-05-05"},
             Case{" 20130211  ", "2013-02-11"},
             Case{"19760121+", "1976-01-21"},
             Case{"20261101240000", "2026-11-02T00:00:00+00:00"},
             Case{"20240229", "2024-02-29"},
         }) {
        EXPECT_EQ(read(text), means) << text;
    }
}

TEST(Hl7Timestamp, RefusesWhatIsNoDay) {
    for (auto const* text :
         {"", "x", "2026", "202611", "20261301", "20260229", "00000000", "99991231",
          "20261101250000", "20261101126000", "202611011203 tomorrow", "2026110112034",
          "01/11/2026", "20261101+99"}) {
        EXPECT_TRUE(read(text).starts_with("no: ")) << text;
    }
}

TEST(Hl7Timestamp, TakesTheFirstOfTheHourThatComesTwiceUnlessReceiptSaysOtherwise) {
    EXPECT_EQ(read("20261025013000"), "2026-10-25T01:30:00+01:00");
    Instant const second{1792892100000};  // 2026-10-25T01:35:00Z
    EXPECT_EQ(read("20261025013000", second), "2026-10-25T01:30:00+00:00");
    EXPECT_EQ(read("20261025013000", second - hours(1)), "2026-10-25T01:30:00+01:00");
    EXPECT_EQ(read("20261025013000", second + hours(48)), "2026-10-25T01:30:00+01:00");
}

TEST(Hl7Timestamp, MovesTheHourThatIsSkippedToTheInstantAfterIt) {
    EXPECT_EQ(read("20260329013000"), "2026-03-29T02:00:00+01:00");
}

TEST(Hl7Timestamp, ReadsTimesOfAnotherZone) {
    auto const utc = Zone::find("UTC");
    ASSERT_TRUE(utc);
    EXPECT_EQ(to_text(*read_time("202607171525", *utc)), "2026-07-17T16:25:00+01:00");
    EXPECT_EQ(to_text(*read_time("20260717", *utc)), "2026-07-17");
    EXPECT_FALSE(Zone::find("Europe/Lodnon"));
}

TEST(Hl7Timestamp, KeepsBirthDatesAsTheyAreWritten) {
    EXPECT_EQ(*read_birth_date("19830806010000"), "1983-08-06");
    EXPECT_EQ(*read_birth_date("194103"), "1941-03");
    EXPECT_EQ(*read_birth_date("1941"), "1941");
    EXPECT_EQ(*read_birth_date("19760121+"), "1976-01-21");
    EXPECT_FALSE(read_birth_date("19411345"));
    EXPECT_FALSE(read_birth_date("unknown"));
}

TEST(Hl7Timestamp, MakesTheSameKeyOfTheSameMinute) {
    EXPECT_EQ(time_digits("20261109120323"), "202611091203");
    EXPECT_EQ(time_digits("202611091203"), "202611091203");
    EXPECT_EQ(time_digits("2026-11-09 12:03:23"), "202611091203");
    EXPECT_EQ(time_digits("202611091203+0000"), "202611091203");
    EXPECT_EQ(time_digits("20261109"), "20261109");
}

}  // namespace
}  // namespace washup::hl7v2
