// Trends by day and week without replay.

#include "daemon/derive/trend.hpp"

#include <gtest/gtest.h>

#include "tests/support/core/ward.hpp"

namespace washup::tests {
namespace {

using core::Field;
using derive::definition_of;
using derive::series;

std::string day(int number) {
    return to_iso(make_date(2026, 11, 1) + (number - 1));
}

// Somebody who was ready on the third comes and goes within weeks that begin on 2 November.
Ward house(bool leave = true) {
    Ward ward;
    for (int i = 1; i <= 4; ++i) {
        auto const visit = "V" + std::to_string(i), person = "M" + std::to_string(i);
        ward.receive(a01(visit, person, "2026-11-02T09:00"));
        ward.receive(a08(visit, person, "2026-11-03T10:00")
                         .time(Field::discharge_ready, "2026-11-03T10:00")
                         .code(Field::ideal_outcome, "own_home")
                         .code(Field::actual_outcome, i == 1 ? "nursing" : "own_home"));
        if (leave)
            ward.receive(a03(visit, person, day(4 + 5 * i) + "T15:00"));  // 9, 14, 19, 24 November
    }
    return ward;
}

std::vector<std::int64_t> values(core::State const& state, char const* measure) {
    std::vector<std::int64_t> all;
    for (auto const& point : series(state, *definition_of(measure), {})) all.push_back(point.value);
    return all;
}

using Values = std::vector<std::int64_t>;

TEST(Trend, OfAFlowHasAPointACompleteWeekByItsMonday) {
    auto ward = house();
    ward.wait_until("2026-12-01T09:00");
    EXPECT_EQ(values(ward.state(), "discharges"), (Values{0, 2, 1, 1}));
    EXPECT_EQ(values(ward.state(), "bed_days"), (Values{24, 19, 10, 1}));
    auto const home = series(ward.state(), *definition_of("home"), {});
    ASSERT_EQ(home.size(), 4u);
    EXPECT_EQ(home[1].date, make_date(2026, 11, 9));
    EXPECT_EQ(value_of(*definition_of("home"), home[1]), 50.0);
    EXPECT_EQ(value_of(*definition_of("home"), home[0]), std::nullopt) << "a share of nothing";
}

TEST(Trend, KeepsWhatWasCountedWhenTheStaysAreGone) {
    auto ward = house();
    ward.wait_until("2026-12-01T09:00");
    auto state = ward.state();
    // Day by day, as the writer counts them.
    core::Changes changes;
    for (auto date = make_date(2026, 11, 3); date <= make_date(2026, 12, 1); date = date + 1) {
        core::Record record;
        record.number = core::RecordNumber{state.head.value() + 1};
        record.at = state.last_at;
        for (auto& counted : derive::count_day(state, date)) record.events.emplace_back(counted);
        core::apply(state, record, changes);
    }
    auto const now = values(state, "discharges");
    EXPECT_EQ(now, values(ward.state(), "discharges"));
    state.stays.clear();
    state.today = make_date(2027, 6, 1);
    EXPECT_EQ(values(state, "discharges"), (Values{0, 2, 1, 1}));
    EXPECT_EQ(values(state, "bed_days"), (Values{24, 19, 10, 1}));
}

TEST(Trend, OfAnInstantHasAPointADay) {
    auto ward = house(false);
    ward.wait_until("2026-11-12T09:00");
    auto const counted = derive::count_day(ward.state(), ward.state().today);
    ASSERT_EQ(counted.size(), 1u) << "nothing is settled or complete yet";
    EXPECT_EQ(counted[0].date, make_date(2026, 11, 11));
    auto const find = [&](std::string scope, std::string measure) {
        for (auto const& point : counted[0].points) {
            if (point.scope == scope && point.measure == measure) return point.value;
        }
        return std::int64_t{-1};
    };
    EXPECT_EQ(find("all", "ready_still_here"), 4);
    EXPECT_EQ(find("area:thanet", "ready_still_here"), 4);
    EXPECT_EQ(find("team:south", "ready_still_here"), 0);
    EXPECT_EQ(find("all", "bed_days"), 4) << "of the midnight that ended the eleventh";
}

TEST(Trend, CountsADayOnceMoreWhenWhatIsToldLateHasBeenTold) {
    auto ward = house();
    ward.wait_until("2026-12-20T09:00");
    auto state = ward.state();
    state.trends["all"]["discharges"][make_date(2026, 11, 19)] = {0, 0};
    auto const counted = derive::count_day(state, make_date(2026, 12, 18));
    auto const settled = std::find_if(counted.begin(), counted.end(), [](auto const& one) {
        return one.date == make_date(2026, 11, 19);
    });
    ASSERT_NE(settled, counted.end());
    EXPECT_EQ(derive::settled_days, 28);
    EXPECT_EQ(derive::flows_known_days, 91);
}

TEST(Trend, OfAnImportedMeasureIsWhatWasSaid) {
    Ward ward;
    auto state = ward.state();
    auto const monday = make_date(2026, 11, 2);
    state.figures[{"caseload", "team:north", monday, monday + 6}] = {12'500, "hub", {}, {}};
    auto const scope = derive::parse_scope(state, "team:north");
    auto const points = series(state, *definition_of("caseload"), *scope);
    ASSERT_EQ(points.size(), 1u);
    EXPECT_EQ(value_of(*definition_of("caseload"), points[0]), 12.5);
}

}  // namespace
}  // namespace washup::tests
