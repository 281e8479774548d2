// The oracle of this file is the rule itself: days are London dates, instants are UTC. The offsets
// were written down by hand from the two changes of 2026 (29 March and 25 October, both at 01:00Z).
#include "proto/base/time.hpp"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace washup {
namespace {

// An instant from its UTC calendar parts, without the functions under test.
Instant utc(Date date, int hour, int minute = 0, int second = 0) {
    auto const day = std::int64_t{date.days} * 86'400'000;
    return Instant{day + (hour * 3600 + minute * 60 + second) * 1000};
}

Date const march_night = make_date(2026, 3, 29);
Date const october_night = make_date(2026, 10, 25);

TEST(Date, CountsDaysFrom1970) {
    EXPECT_EQ(make_date(1970, 1, 1).days, 0);
    EXPECT_EQ(make_date(1969, 12, 31).days, -1);
    EXPECT_EQ(make_date(2000, 3, 1).days, 11017);
    EXPECT_EQ(make_date(2026, 11, 22) - make_date(2026, 11, 9), 13);
}

TEST(Date, HasTheTwentyNinthOfFebruaryInLeapYearsOnly) {
    EXPECT_TRUE(valid_date(2028, 2, 29));
    EXPECT_TRUE(valid_date(2000, 2, 29));
    EXPECT_FALSE(valid_date(2026, 2, 29));
    EXPECT_FALSE(valid_date(1900, 2, 29));
    EXPECT_EQ(to_iso(make_date(2028, 2, 28) + 1), "2028-02-29");
    EXPECT_EQ(to_iso(make_date(2028, 2, 29) + 1), "2028-03-01");
    EXPECT_EQ(make_date(2028, 3, 1) - make_date(2028, 2, 28), 2);
}

TEST(Date, RefusesWhatIsNoDay) {
    EXPECT_FALSE(valid_date(2026, 13, 1));
    EXPECT_FALSE(valid_date(2026, 0, 1));
    EXPECT_FALSE(valid_date(2026, 4, 31));
    EXPECT_FALSE(valid_date(2026, 4, 0));
    EXPECT_FALSE(valid_date(1799, 12, 31));
    EXPECT_FALSE(valid_date(10000, 1, 1));
    EXPECT_TRUE(valid_date(1800, 1, 1));
    EXPECT_TRUE(valid_date(9999, 12, 31));
}

TEST(Date, KnowsItsWeekday) {
    EXPECT_EQ(weekday(make_date(2026, 11, 22)), 7);
    EXPECT_EQ(weekday(make_date(2026, 11, 23)), 1);
    EXPECT_EQ(weekday(make_date(1969, 12, 31)), 3);
    EXPECT_EQ(weekday_short(make_date(2026, 11, 22)), "Sun");
    EXPECT_EQ(day_month(make_date(2026, 11, 9)), "9 Nov");
}

TEST(LondonDate, TurnsAtLondonMidnightInSummer) {
    auto const date = make_date(2026, 7, 1);
    EXPECT_EQ(london_midnight(date), utc(date - 1, 23));
    EXPECT_EQ(london_date(utc(date - 1, 22, 59, 59)), date - 1);
    EXPECT_EQ(london_date(utc(date - 1, 23)), date);
}

TEST(LondonDate, TurnsAtUtcMidnightInWinter) {
    auto const date = make_date(2026, 12, 1);
    EXPECT_EQ(london_midnight(date), utc(date, 0));
    EXPECT_EQ(london_date(Instant{utc(date, 0).ms - 1}), date - 1);
}

TEST(LondonDate, IsShortInMarchAndLongInOctober) {
    EXPECT_EQ(london_midnight(march_night + 1) - london_midnight(march_night), hours(23));
    EXPECT_EQ(london_midnight(october_night + 1) - london_midnight(october_night), hours(25));
}

TEST(LondonDate, IsRightBefore1970) {
    EXPECT_EQ(london_date(utc(make_date(1941, 1, 9), 12)), make_date(1941, 1, 9));
    // British Standard Time: an hour ahead all winter.
    EXPECT_EQ(london_midnight(make_date(1969, 12, 25)), utc(make_date(1969, 12, 24), 23));
}

TEST(LondonDate, AgreesWithItsOwnMidnightOverTwoCenturies) {
    for (int year = 1850; year <= 2150; ++year) {
        for (unsigned month = 1; month <= 12; ++month) {
            auto const date = make_date(year, month, 1);
            ASSERT_EQ(london_date(london_midnight(date)), date) << to_iso(date);
            ASSERT_EQ(london_date(Instant{london_midnight(date).ms - 1}), date - 1) << to_iso(date);
        }
    }
}

TEST(LondonTime, GivesTheFirstInstantAfterTheHourMissingInMarch) {
    auto const change = utc(march_night, 1);
    EXPECT_EQ(london_time(march_night, 0, 59, 59), utc(march_night, 0, 59, 59));
    EXPECT_EQ(london_time(march_night, 1, 0), change);
    EXPECT_EQ(london_time(march_night, 1, 30), change);
    EXPECT_EQ(london_time(march_night, 1, 59, 59, 999), change);
    EXPECT_EQ(london_time(march_night, 2, 0), change);
    EXPECT_EQ(london_time(march_night, 2, 1), utc(march_night, 1, 1));
}

TEST(LondonTime, GivesTheFirstOfTheTwoHoursInOctober) {
    EXPECT_EQ(london_time(october_night, 0, 59), utc(october_night - 1, 23, 59));
    EXPECT_EQ(london_time(october_night, 1, 0), utc(october_night, 0));
    EXPECT_EQ(london_time(october_night, 1, 30), utc(october_night, 0, 30));
    EXPECT_EQ(london_time(october_night, 2, 0), utc(october_night, 2));
}

TEST(LondonWall, SaysTheSameWordsTwiceInOctober) {
    EXPECT_EQ(clock_time(utc(october_night, 0, 30)), "01:30");
    EXPECT_EQ(clock_time(utc(october_night, 1, 30)), "01:30");
    EXPECT_EQ(clock_time(utc(october_night, 2, 0)), "02:00");
}

TEST(LondonWall, SkipsAnHourInMarch) {
    EXPECT_EQ(clock_time(utc(march_night, 0, 59, 59), true), "00:59:59");
    EXPECT_EQ(clock_time(utc(march_night, 1), true), "02:00:00");
}

TEST(LondonWall, SplitsAnInstantIntoItsParts) {
    auto const wall = london_wall(Instant{utc(make_date(2026, 7, 4), 23, 5, 6).ms + 789});
    EXPECT_EQ(wall.year, 2026);
    EXPECT_EQ(wall.month, 7u);
    EXPECT_EQ(wall.day, 5u);
    EXPECT_EQ(wall.hour, 0);
    EXPECT_EQ(wall.minute, 5);
    EXPECT_EQ(wall.second, 6);
    EXPECT_EQ(wall.weekday, 7);
}

TEST(Rfc3339, CarriesLondonsOffset) {
    EXPECT_EQ(to_rfc3339(utc(make_date(2026, 11, 22), 9, 14, 7)), "2026-11-22T09:14:07+00:00");
    EXPECT_EQ(to_rfc3339(utc(make_date(2026, 6, 22), 8, 14, 7)), "2026-06-22T09:14:07+01:00");
    EXPECT_EQ(to_rfc3339(utc(october_night, 0, 30)), "2026-10-25T01:30:00+01:00");
    EXPECT_EQ(to_rfc3339(utc(october_night, 1, 30)), "2026-10-25T01:30:00+00:00");
}

TEST(Rfc3339, KeepsMilliseconds) {
    EXPECT_EQ(to_rfc3339(Instant{utc(make_date(2026, 11, 22), 9).ms + 5}),
              "2026-11-22T09:00:00.005+00:00");
    EXPECT_EQ(to_rfc3339(Instant{-1}), "1970-01-01T00:59:59.999+01:00");
}

TEST(AMomentAsItWasSaid, IsADateAloneAtTheStrokeOfALondonMidnight) {
    auto const summer = make_date(2026, 7, 1);
    EXPECT_EQ(as_said(london_midnight(summer)).precision, Precision::date);
    EXPECT_EQ(as_said(london_midnight(summer) + milliseconds(1)).precision, Precision::minute);
    auto const utc_midnight = london_midnight(summer) + hours(1);
    EXPECT_EQ(as_said(utc_midnight).precision, Precision::minute);
}

TEST(AMoment, HasCertainlyComeWhenItsDayIsOverIfItIsADateAlone) {
    auto const autumn = make_date(2026, 10, 25);  // 25 hours long
    Moment const day{london_midnight(autumn), Precision::date};
    EXPECT_EQ(certain_by(day), london_midnight(autumn) + hours(25));
    Moment const minute{london_midnight(autumn), Precision::minute};
    EXPECT_EQ(certain_by(minute), minute.at);
}

TEST(MomentText, OfADateAloneIsTheDate) {
    auto const date = make_date(2026, 7, 1);
    EXPECT_EQ(to_text(Moment{london_midnight(date), Precision::date}), "2026-07-01");
    EXPECT_EQ(to_text(Moment{london_midnight(date), Precision::minute}),
              "2026-07-01T00:00:00+01:00");
}

struct ParseCase {
    char const* text;
    char const* back;  // what to_text gives; nullptr = refused
};

class ParseMoment : public testing::TestWithParam<ParseCase> {};

TEST_P(ParseMoment, ReadsOrRefuses) {
    auto const moment = parse_moment(GetParam().text);
    if (GetParam().back == nullptr) {
        EXPECT_FALSE(moment.has_value()) << GetParam().text << " was read";
        return;
    }
    ASSERT_TRUE(moment.has_value()) << GetParam().text << ": " << moment.error().words;
    EXPECT_EQ(to_text(*moment), GetParam().back);
}

INSTANTIATE_TEST_SUITE_P(
    Table, ParseMoment,
    testing::Values(ParseCase{"2026-11-22", "2026-11-22"}, ParseCase{"2026-07-01", "2026-07-01"},
                    ParseCase{"2028-02-29", "2028-02-29"},
                    ParseCase{"2026-11-22T09:14", "2026-11-22T09:14:00+00:00"},
                    ParseCase{"2026-11-22 09:14", "2026-11-22T09:14:00+00:00"},
                    ParseCase{"2026-06-22T09:14:07", "2026-06-22T09:14:07+01:00"},
                    ParseCase{"2026-11-22T09:14:07.25", "2026-11-22T09:14:07.250+00:00"},
                    ParseCase{"2026-11-22T09:14:07.123456", "2026-11-22T09:14:07.123+00:00"},
                    ParseCase{"2026-11-22T09:14:07Z", "2026-11-22T09:14:07+00:00"},
                    ParseCase{"2026-11-22T09:14Z", "2026-11-22T09:14:00+00:00"},
                    ParseCase{"2026-11-22T09:14:07+05:30", "2026-11-22T03:44:07+00:00"},
                    ParseCase{"2026-11-22T23:30:00-02:00", "2026-11-23T01:30:00+00:00"},
                    ParseCase{"2026-10-25T01:30", "2026-10-25T01:30:00+01:00"},
                    ParseCase{"2026-10-25T01:30Z", "2026-10-25T01:30:00+00:00"},
                    ParseCase{"2026-03-29T01:30", "2026-03-29T02:00:00+01:00"}));

INSTANTIATE_TEST_SUITE_P(
    Refused, ParseMoment,
    testing::Values(ParseCase{"", nullptr}, ParseCase{"22/11/2026", nullptr},
                    ParseCase{"2026-02-29", nullptr}, ParseCase{"2026-13-01", nullptr},
                    ParseCase{"2026-1-22", nullptr}, ParseCase{"2026-11-2x", nullptr},
                    ParseCase{"0026-11-22", nullptr}, ParseCase{"2026-11-22T", nullptr},
                    ParseCase{"2026-11-22T9:14", nullptr}, ParseCase{"2026-11-22T24:00", nullptr},
                    ParseCase{"2026-11-22T09:60", nullptr}, ParseCase{"2026-11-22T09:14:", nullptr},
                    ParseCase{"2026-11-22T09:14:60", nullptr},
                    ParseCase{"2026-11-22T09:14:07.", nullptr},
                    ParseCase{"2026-11-22T09:14:07+1", nullptr},
                    ParseCase{"2026-11-22T09:14:07+0100", nullptr},
                    ParseCase{"2026-11-22T09:14:07+24:00", nullptr},
                    ParseCase{"2026-11-22T09:14:07+01:60", nullptr},
                    ParseCase{"2026-11-22T09:14:07Z ", nullptr}, ParseCase{"2026-11-22 ", nullptr},
                    ParseCase{"2026-11-22x09:14", nullptr}));

// An Error ends in logs, and a row with its columns shifted has a name where the date should be.
TEST(ParseMomentError, DoesNotRepeatTheText) {
    auto const moment = parse_moment("SPECIMEN, Ann");
    ASSERT_FALSE(moment.has_value());
    EXPECT_EQ(moment.error().words.find("SPECIMEN"), std::string::npos) << moment.error().words;
    EXPECT_EQ(moment.error().code, ErrorCode::invalid);
}

TEST(ParseMoment, ReadsBackWhatRfc3339Writes) {
    for (auto const at :
         {utc(march_night, 0, 59, 59), utc(march_night, 1), utc(october_night, 0, 30),
          utc(october_night, 1, 30), Instant{utc(make_date(2028, 2, 29), 12).ms + 7}}) {
        auto const back = parse_moment(to_rfc3339(at));
        ASSERT_TRUE(back.has_value());
        EXPECT_EQ(back->at, at);
        EXPECT_EQ(back->precision, Precision::minute);
    }
}

}  // namespace
}  // namespace washup
