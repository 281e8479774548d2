// When the sheet is written again, and which stay.

#include "board/keep/plan.hpp"

#include <gtest/gtest.h>

namespace washup::board::keep {
namespace {

Instant at(std::string const& time) {
    auto const moment = parse_moment("2026-11-23T" + time + ":00Z");
    EXPECT_TRUE(moment) << time;
    return moment ? moment->at : Instant{};
}

TEST(Plan, WritesAtOnceAndThenEachHour) {
    Plan plan;
    EXPECT_TRUE(is_due(plan, at("03:00")));
    plan.written = at("03:00");
    EXPECT_FALSE(is_due(plan, at("03:59")));
    EXPECT_EQ(next_look(plan, at("03:10")), at("04:00"));
    EXPECT_TRUE(is_due(plan, at("04:00")));
}

TEST(Plan, WritesBeforeEachWashUpOnce) {
    Plan plan;
    plan.meetings = {at("09:00"), at("14:00")};
    plan.written = at("08:10");
    EXPECT_FALSE(is_due(plan, at("08:44")));
    EXPECT_EQ(next_look(plan, at("08:10")), at("08:45"));
    EXPECT_TRUE(is_due(plan, at("08:45"))) << "a quarter of an hour before";
    plan.written = at("08:45");
    EXPECT_FALSE(is_due(plan, at("08:50"))) << "once";
    EXPECT_EQ(next_look(plan, at("08:50")), at("09:45"));
    plan.written = at("08:10");
    EXPECT_FALSE(is_due(plan, at("09:00"))) << "the meeting has begun; the hour comes anyway";
    EXPECT_TRUE(is_due(plan, at("09:10")));
}

TEST(Plan, WritesUpToBeforeMeetingMaxAhead) {
    Plan plan;
    plan.before_meeting = before_meeting_max;
    plan.meetings = {at("20:00")};
    plan.written = at("07:59");
    EXPECT_TRUE(is_due(plan, at("08:00")));
    EXPECT_FALSE(is_due(plan, at("07:59")));
}

TEST(Plan, TriesAgainAfterAMinuteAndNotBefore) {
    Plan plan;
    plan.tried = at("03:00");
    EXPECT_FALSE(is_due(plan, at("03:00")));
    EXPECT_EQ(next_look(plan, at("03:00")), at("03:01"));
    EXPECT_TRUE(is_due(plan, at("03:01")));
}

TEST(Plan, IsNotStoppedByAClockThatWasPutBack) {
    Plan plan;
    plan.written = at("09:00");
    EXPECT_TRUE(is_due(plan, at("07:00")));
    plan.tried = at("09:00");
    EXPECT_TRUE(is_due(plan, at("07:00")));
}

TEST(Plan, SaysWhenTheNewestIsOld) {
    EXPECT_FALSE(is_old(at("03:00"), at("05:00")));
    EXPECT_TRUE(is_old(at("03:00"), at("05:01"))) << "two hours came round";
    EXPECT_EQ(age_words(at("08:45"), at("09:00")), "written Mon 23 Nov 08:45, 15 min ago");
    EXPECT_EQ(age_words(at("08:45"), at("11:57")), "written Mon 23 Nov 08:45, 3 h 12 min ago: OLD");
}

TEST(Plan, KeepsSheetsKeptMaxAndNobodyElsesFiles) {
    std::vector<std::string> files{"lock", "letter.html", "washup-x.sheet"};
    for (auto const* time : {"03:00", "04:00", "05:00", "06:00"})
        files.push_back(file_name(at(time)));
    EXPECT_EQ(to_remove(files),
              (std::vector<std::string>{file_name(at("03:00")), file_name(at("04:00"))}));
    files.resize(3 + sheets_kept_max);
    EXPECT_TRUE(to_remove(files).empty());
}

TEST(Plan, NamesAFileByItsTime) {
    EXPECT_EQ(file_name(at("08:45")), "washup-20261123T084500Z.sheet");
    EXPECT_EQ(time_in("washup-20261123T084500Z.sheet"), at("08:45"));
    for (auto const* other : {"washup-20261123T084500Z.sheet.part", "washup-20261323T084500Z.sheet",
                              "washup-.sheet", "", "washup-20261123-084500Z.sheet"})
        EXPECT_FALSE(time_in(other)) << other;
}

}  // namespace
}  // namespace washup::board::keep
