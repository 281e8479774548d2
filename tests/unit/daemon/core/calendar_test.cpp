#include "daemon/core/calendar.hpp"

#include <gtest/gtest.h>

#include "proto/base/prng.hpp"
#include "tests/support/core/ward.hpp"

namespace washup::core {
namespace {

Instant t(std::string const& text) {
    return tests::at(text).at;
}
Length hours_of(std::int64_t n) {
    return {Length::Unit::minutes, n * 60};
}
Length days_of(std::int64_t n) {
    return {Length::Unit::days, n};
}

// England's holidays around Christmas 2026 and Easter 2027.
std::set<Date> holidays() {
    return {make_date(2026, 12, 25), make_date(2026, 12, 28), make_date(2027, 3, 26),
            make_date(2027, 3, 29)};
}
Calendar working_days() {
    Calendar::Week week;
    for (std::size_t day = 0; day < 5; ++day) week[day] = {OpenHours{}};
    return {week, holidays()};
}
Calendar office_hours() {  // with an hour at noon, and Saturday mornings
    Calendar::Week week;
    for (std::size_t day = 0; day < 5; ++day) week[day] = {{9 * 60, 12 * 60}, {13 * 60, 17 * 60}};
    week[5] = {{9 * 60, 12 * 60}};
    return {week, holidays()};
}

TEST(Calendar, AlwaysCountsEveryHourAndSevenDaysAreToTheSameTimeOfDay) {
    auto const always = Calendar::always();
    EXPECT_EQ(always.after(t("2026-11-20T09:00"), hours_of(48)), t("2026-11-22T09:00"));
    EXPECT_EQ(always.after(t("2027-03-27T09:00"), hours_of(48)), t("2027-03-29T10:00"));
    EXPECT_EQ(always.after(t("2027-03-27T09:00"), days_of(2)), t("2027-03-29T09:00"));
    EXPECT_EQ(always.after(t("2026-10-24T09:00"), hours_of(48)), t("2026-10-26T08:00"));
    EXPECT_EQ(always.after(t("2026-10-24T09:00"), days_of(2)), t("2026-10-26T09:00"));
    EXPECT_EQ(always.between(t("2026-10-25T00:00"), t("2026-10-26T00:00")), hours(25));
    EXPECT_EQ(always.between(t("2027-03-28T00:00"), t("2027-03-29T00:00")), hours(23));
    EXPECT_EQ(always.after(t("2028-02-28T12:00"), days_of(1)), t("2028-02-29T12:00"));
}

TEST(Calendar, WorkingDaysLeaveOutWeekendsAndBankHolidays) {
    auto const days = working_days();
    EXPECT_EQ(days.after(t("2026-11-20T15:00"), days_of(1)), t("2026-11-23T15:00"));
    EXPECT_EQ(days.after(t("2026-12-24T15:00"), days_of(1)), t("2026-12-29T15:00"));
    EXPECT_EQ(days.after(t("2026-12-24T15:00"), hours_of(24)), t("2026-12-29T15:00"));
    EXPECT_EQ(days.after(t("2026-11-21T11:00"), days_of(1)), t("2026-11-24T00:00"))
        << "what comes on a Saturday begins on Monday";
    EXPECT_EQ(days.after(t("2027-03-25T10:00"), days_of(2)), t("2027-03-31T10:00"));
    EXPECT_EQ(days.between(t("2026-12-24T12:00"), t("2026-12-29T12:00")), hours(24));
    EXPECT_FALSE(days.open_at(t("2026-12-25T12:00")));
}

TEST(Calendar, ServiceHoursGoOnWhereTheyStopped) {
    auto const office = office_hours();
    EXPECT_EQ(office.after(t("2026-11-20T11:00"), hours_of(4)), t("2026-11-20T16:00"));
    EXPECT_EQ(office.after(t("2026-11-20T16:30"), hours_of(4)), t("2026-11-23T09:30"))
        << "half an hour on Friday, three on Saturday, half on Monday";
    EXPECT_EQ(office.after(t("2026-11-20T20:00"), hours_of(0)), t("2026-11-21T09:00"));
    EXPECT_EQ(office.next_open(t("2026-11-20T12:30")), t("2026-11-20T13:00"));
    EXPECT_EQ(office.after(t("2026-11-20T14:00"), hours_of(3)), t("2026-11-20T17:00"))
        << "the end of the day is in time";
}

TEST(Calendar, ThatIsNeverOpenSaysNever) {
    Calendar const shut{{}, {}};
    EXPECT_EQ(shut.next_open(t("2026-11-20T12:00")), Instant{});
    EXPECT_EQ(shut.after(t("2026-11-20T12:00"), hours_of(1)), Instant{});
    EXPECT_EQ(shut.between(t("2026-11-20T12:00"), t("2026-12-20T12:00")), Duration{});
    auto const office = office_hours();
    EXPECT_EQ(office.after(t("2026-11-20T12:00"), days_of(calendar_days_max)), Instant{});
}

// Minute by minute, which nobody can get wrong.
TEST(Calendar, AgreesWithCountingMinutesOverBothClockChanges) {
    Prng chance{20261122};
    for (auto const& calendar : {Calendar::always(), working_days(), office_hours()}) {
        for (int round = 0; round < 60; ++round) {
            auto const around = round % 2 == 0 ? t("2026-10-23T00:00") : t("2027-03-24T00:00");
            auto const from = around + minutes(static_cast<std::int64_t>(chance.below(5 * 1440)));
            auto const wanted = static_cast<std::int64_t>(chance.below(3000)) + 1;
            auto const due = calendar.after(from, {Length::Unit::minutes, wanted});
            std::int64_t counted = 0;
            auto at = from;
            for (; counted < wanted; at = at + minutes(1)) counted += calendar.open_at(at) ? 1 : 0;
            EXPECT_EQ(due, at) << to_rfc3339(from) << " + " << wanted;
            EXPECT_EQ(calendar.between(from, due), minutes(wanted));
        }
    }
}

}  // namespace
}  // namespace washup::core
