// The measures of product.md section 8, each against a small story counted by hand.

#include "daemon/derive/figures.hpp"

#include <gtest/gtest.h>

#include <set>

#include "daemon/core/measure_codes.hpp"
#include "tests/support/core/ward.hpp"

namespace washup::tests {
namespace {

using core::Field;
using derive::Figure;

struct Story {
    Ward ward;
    Story() {
        auto config = small_config();
        config.destinations = {{"home", "Home", "P0", {"own_home"}, {}},
                               {"care", "Home with care", "P1", {"home_care"}, {}},
                               {"bed", "Bed", "P2", {"rehab_bed"}, {}},
                               {"new", "Care home", "P3", {"residential", "nursing"}, {}}};
        ward.adopt(config);
    }
    // `ready` and `left` are dates of November; 0 = not.
    void stay(int number, int admitted, int ready, int left, std::string ideal = {},
              std::string actual = {}, std::string where = "FORD") {
        auto const visit = "V" + std::to_string(number);
        auto const person = "M" + std::to_string(number);
        auto const day = [](int date, std::string hour) {
            return std::string("2026-11-") + (date < 10 ? "0" : "") + std::to_string(date) + hour;
        };
        ward.receive(a01(visit, person, day(admitted, "T09:00"), where));
        auto said = a08(visit, person, day(admitted, "T10:00"));
        said.time(Field::admitted_at, day(admitted, "T09:00"));
        if (!ideal.empty()) said.code(Field::ideal_outcome, ideal);
        ward.receive(said);
        if (ready != 0) {
            ward.receive(a08(visit, person, day(ready, "T11:00"))
                             .time(Field::discharge_ready, day(ready, "T11:00")));
        }
        if (left == 0) return;
        if (!actual.empty())
            ward.receive(
                a08(visit, person, day(left, "T12:00")).code(Field::actual_outcome, actual));
        ward.receive(a03(visit, person, day(left, "T15:00")));
    }
    void say(int number, std::string when, Field field, std::string code) {
        ward.receive(a08("V" + std::to_string(number), "M" + std::to_string(number), when)
                         .code(field, code));
    }
    void until(std::string when) { ward.wait_until(when); }
    derive::Figures over(int days, std::string scope = "all") const {
        derive::FigureSource const source{ward.state()};
        auto const parsed = derive::parse_scope(ward.state(), scope);
        EXPECT_TRUE(parsed);
        return source.over(*parsed, derive::complete_days(ward.state().today, days));
    }
    derive::Figures now(std::string scope = "all") const {
        derive::FigureSource const source{ward.state()};
        return source.now(*derive::parse_scope(ward.state(), scope));
    }
};

TEST(Definitions, AreOfEachMeasureOnce) {
    std::set<std::string_view> codes;
    for (auto const& entry : derive::definitions()) {
        EXPECT_TRUE(codes.insert(entry.code).second) << entry.code;
        EXPECT_FALSE(entry.text.empty()) << entry.code;
        EXPECT_EQ(derive::definition_of(entry.code), &entry);
    }
    EXPECT_EQ(derive::definition_of("weather"), nullptr);
}

TEST(Definitions, AreOfTheMeasuresThatConfigurationsMayName) {
    std::set<std::string_view> counted{std::begin(core::counted_measures),
                                       std::end(core::counted_measures)};
    for (auto const& entry : derive::definitions()) {
        EXPECT_EQ(entry.imported, core::is_imported(entry.code)) << entry.code;
        EXPECT_EQ(!entry.imported, counted.erase(entry.code) == 1) << entry.code;
    }
    EXPECT_TRUE(counted.empty());
}

TEST(Figures, DelayBandsAndMeansAreOfWholeDaysBetweenDates) {
    Story story;
    int number = 0;
    for (auto const days : {0, 0, 1, 2, 3, 6, 7, 13}) story.stay(++number, 2, 4, 4 + days);
    story.stay(++number, 2, 0, 9);  // no ready date
    story.until("2026-11-20T09:00");
    auto const over = story.over(28);
    EXPECT_EQ(over.at("delay_0"), (Figure{2, 8, 1}));
    EXPECT_EQ(over.at("delay_1"), (Figure{1, 8, 1}));
    EXPECT_EQ(over.at("delay_2"), (Figure{2, 8, 1}));
    EXPECT_EQ(over.at("delay_4"), (Figure{1, 8, 1}));
    EXPECT_EQ(over.at("delay_7"), (Figure{2, 8, 1}));
    EXPECT_EQ(over.at("delay_14"), (Figure{0, 8, 1}));
    EXPECT_EQ(text_of(derive::Shape::mean, over.at("mean_delay")), "4.00");
    EXPECT_EQ(text_of(derive::Shape::mean, over.at("mean_delay_delayed")), "5.33");
    EXPECT_EQ(over.at("discharges"), (Figure{9, 0, 0}));
    EXPECT_EQ(over.at("bed_days").value, 32);
}

TEST(Figures, AReadyDateAfterTheDischargeTellsNoDelay) {
    Story story;
    story.stay(1, 2, 0, 5);
    story.ward.receive(
        a08("V1", "M1", "2026-11-06T10:00").time(Field::discharge_ready, "2026-11-08T10:00"));
    story.until("2026-11-20T09:00");
    EXPECT_EQ(story.over(28).at("mean_delay"), (Figure{0, 0, 1}));
}

TEST(Figures, AReadyDateBeforeTheAdmissionDelaysNobodyBeforeTheyAreInBed) {
    Story story;
    story.stay(1, 4, 0, 6);
    story.ward.receive(
        a08("V1", "M1", "2026-11-06T10:00").time(Field::discharge_ready, "2026-11-01T10:00"));
    story.until("2026-11-20T09:00");
    EXPECT_EQ(story.over(28).at("mean_delay"), (Figure{2, 1, 0}));
    EXPECT_EQ(story.over(28).at("bed_days").value, 2);
}

TEST(Figures, OutcomesAreHeldAgainstTheFirstIdealAndTheLatestBeside) {
    Story story;
    story.stay(1, 2, 3, 6, "own_home", "own_home");
    story.stay(2, 2, 3, 0, "own_home");
    story.say(2, "2026-11-04T10:00", Field::expected_outcome, "residential");
    story.say(2, "2026-11-05T10:00", Field::ideal_outcome, "residential");  // lowered after ready
    story.say(2, "2026-11-06T10:00", Field::actual_outcome, "residential");
    story.ward.receive(a03("V2", "M2", "2026-11-06T15:00"));
    story.stay(3, 2, 3, 0, "home_care");
    story.say(3, "2026-11-04T10:00", Field::expected_outcome, "nursing");
    story.say(3, "2026-11-06T10:00", Field::actual_outcome, "home_care");
    story.ward.receive(a03("V3", "M3", "2026-11-06T15:00"));
    story.stay(4, 2, 3, 6, "own_home");             // actual unknown
    story.stay(5, 2, 3, 6, "own_home", "hospice");  // off the ladder
    story.stay(6, 2, 3, 6, "", "own_home");         // never on the board
    story.until("2026-11-20T09:00");
    auto const over = story.over(28);
    EXPECT_EQ(over.at("ideal_outcome"), (Figure{2, 3, 2}));
    EXPECT_EQ(over.at("ideal_outcome_latest"), (Figure{3, 3, 2}));
    EXPECT_EQ(over.at("ideals_lowered").value, 1);
    EXPECT_EQ(over.at("home"), (Figure{2, 4, 1}));
    EXPECT_EQ(over.at("home_despite_bed").value, 1);
    EXPECT_EQ(over.at("pathway_0"), (Figure{2, 4, 2})) << "hospice leads to no pathway here";
    EXPECT_EQ(over.at("pathway_3"), (Figure{1, 4, 2}));
    EXPECT_EQ(over.at("new_permanent").value, 1);
}

TEST(Figures, FlowsAreOfCompleteDaysOnlyAndOfThePlaceOfThePerson) {
    Story story;
    story.stay(1, 2, 3, 12);
    story.stay(2, 2, 3, 13, "", "", "KENT");
    story.stay(3, 2, 3, 20);
    story.until("2026-11-20T18:00");
    EXPECT_EQ(story.over(7).at("discharges").value, 1) << "today is not over, the twelfth is";
    EXPECT_EQ(story.over(28).at("discharges").value, 2);
    EXPECT_EQ(story.over(28, "team:south").at("discharges").value, 1);
    EXPECT_EQ(story.over(28, "area:thanet").at("discharges").value, 2);
}

TEST(Figures, OtherEndingsAreNoDischarges) {
    for (auto const* how :
         {core::ended::died, core::ended::self_discharge, core::ended::transferred,
          core::ended::left_without_notice, core::ended::recorded_in_error}) {
        Story story;
        story.stay(1, 2, 3, 0, "own_home");
        auto end = a03("V1", "M1", "2026-11-06T15:00");
        end.observation.facts.back().value.code = how;
        story.ward.receive(end);
        story.until("2026-11-20T09:00");
        EXPECT_EQ(story.over(28).at("discharges").value, 0) << how;
        EXPECT_EQ(story.over(28).at("ideal_outcome"), Figure{}) << how;
    }
}

TEST(Figures, OfNowAreWhoIsHereHowLongAndWithWhatOutcomes) {
    Story story;
    story.stay(1, 1, 5, 0, "own_home");
    story.say(1, "2026-11-06T10:00", Field::expected_outcome, "home_care");
    story.stay(2, 8, 0, 0, "nursing");
    story.say(2, "2026-11-09T10:00", Field::expected_outcome, "residential");
    story.stay(3, 14, 21, 0);
    story.until("2026-11-22T09:00");
    auto const now = story.now();
    EXPECT_EQ(now.at("ready_still_here").value, 2);
    EXPECT_EQ(now.at("bed_days_now").value, 18);
    EXPECT_EQ(now.at("bed_days_today").value, 2);
    EXPECT_EQ(now.at("bed_days_month").value, 18);
    EXPECT_EQ(now.at("los_7").value, 3);
    EXPECT_EQ(now.at("los_14").value, 2);
    EXPECT_EQ(now.at("los_21").value, 1);
    EXPECT_EQ(now.at("on_track"), (Figure{1, 2, 1}));
}

TEST(Figures, BedDaysOfAMonthBeginWithItsFirst) {
    Story story;
    story.stay(1, 28, 29, 0);
    story.until("2026-12-02T09:00");
    EXPECT_EQ(story.now().at("bed_days_now").value, 3);
    EXPECT_EQ(story.now().at("bed_days_month").value, 1);
}

struct Returned {
    Story story;
    // Somebody who left on 6 November comes back, or not.
    derive::Figures after(std::string when, std::string method, std::string left = "2026-11-06") {
        story.ward.receive(a01("V1", "M1", "2026-11-02T09:00"));
        story.ward.receive(a03("V1", "M1", left + "T15:00"));
        if (!when.empty()) {
            story.ward.receive(a01("V2", "M1", when));
            auto said = a08("V2", "M1", when).time(Field::admitted_at, when);
            if (!method.empty()) said.code(Field::admission_method, method);
            story.ward.receive(said);
        }
        story.until("2026-12-10T09:00");
        return derive::FigureSource{story.ward.state()}.readmissions({});
    }
};

TEST(Readmission, CountsAnEmergencyWithinThirtyDaysOfACompleteCohort) {
    EXPECT_EQ(Returned{}.after("2026-12-06T10:00", "emergency").at("readmitted_30"),
              (Figure{1, 1, 0}));
    EXPECT_EQ(Returned{}.after("2026-12-07T10:00", "emergency").at("readmitted_30"),
              (Figure{0, 1, 0}));
    EXPECT_EQ(Returned{}.after("2026-11-20T10:00", "elective").at("readmitted_30"),
              (Figure{0, 1, 0}));
    EXPECT_EQ(Returned{}.after("2026-11-20T10:00", "").at("readmitted_30"), (Figure{0, 0, 1}));
    EXPECT_EQ(Returned{}.after("", "").at("readmitted_30"), (Figure{0, 1, 0}));
}

TEST(Readmission, LeavesOutWhoWasDischargedTooLatelyToTell) {
    EXPECT_EQ(Returned{}.after("", "", "2026-11-10").at("readmitted_30").of, 0);
    EXPECT_EQ(Returned{}.after("", "", "2026-11-09").at("readmitted_30").of, 1);
}

TEST(Readmission, IsNoMoveFromAnotherHospital) {
    Story story;
    story.ward.receive(a01("V1", "M1", "2026-11-02T09:00"));
    story.ward.receive(a03("V1", "M1", "2026-11-06T15:00"));
    // Planned, and elsewhere: no readmission. The move from there is written as an emergency.
    story.ward.receive(
        a01("V2", "M1", "2026-11-12T09:00").time(Field::admitted_at, "2026-11-12T09:00"));
    story.ward.receive(
        a08("V2", "M1", "2026-11-12T10:00").code(Field::admission_method, "elective"));
    auto moved = a03("V2", "M1", "2026-11-14T10:00");
    for (auto& fact : moved.observation.facts) {
        if (fact.field == Field::ending) fact.value.code = core::ended::transferred;
    }
    story.ward.receive(moved);
    story.ward.receive(a01("V3", "M1", "2026-11-14T13:00")
                           .time(Field::admitted_at, "2026-11-14T13:00")
                           .code(Field::admission_method, "emergency"));
    story.until("2026-12-10T09:00");
    EXPECT_EQ(derive::FigureSource{story.ward.state()}.readmissions({}).at("readmitted_30"),
              (Figure{0, 1, 0}));
}

TEST(Readmission, ShowsWhoDiedBeside) {
    Story story;
    story.ward.receive(a01("V1", "M1", "2026-11-02T09:00"));
    story.ward.receive(a03("V1", "M1", "2026-11-06T15:00"));
    story.ward.receive(
        a08("V1", "M1", "2026-11-20T09:00").time(Field::died_at, "2026-11-19T08:00"));
    story.until("2026-12-10T09:00");
    auto const figures = derive::FigureSource{story.ward.state()}.readmissions({});
    EXPECT_EQ(figures.at("readmitted_30"), (Figure{0, 1, 0}));
    EXPECT_EQ(figures.at("died_30").value, 1);
}

}  // namespace
}  // namespace washup::tests
