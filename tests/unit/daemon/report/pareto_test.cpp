// The reports of the Pareto: product.md section 5.

#include <gtest/gtest.h>

#include "daemon/report/report.hpp"
#include "tests/support/core/ward.hpp"
#include "tests/support/report/asked.hpp"

namespace washup::report {
namespace {

using core::Field;
using tests::a01;
using tests::a08;
using tests::Lines;
using tests::Message;
using tests::Ward;

void wait_for(Ward& ward, std::string visit, std::string reason, std::string since,
              std::string where = "FORD") {
    auto const person = "M" + visit;
    ward.receive(a01(visit, person, "2026-11-02T09:00", where));
    ward.receive(a08(visit, person, "2026-11-02T10:00")
                     .time(Field::discharge_ready, since)
                     .code(Field::ideal_outcome, "own_home")
                     .code(Field::expected_outcome, visit == "V1" ? "nursing" : "own_home"));
    if (reason.empty()) return;
    Message message{"blockers", "2026-11-02T11:00"};
    core::BlockerSeen seen;
    seen.reason = reason;
    seen.opened_at = tests::at(since);
    message.source("hub").person(person).observation.kind = seen;
    ward.receive(message);
}

struct Town {
    Ward ward;
    Town() {
        wait_for(ward, "V1", "CP4", "2026-11-05");            // 5 nights
        wait_for(ward, "V2", "night_sitting", "2026-11-07");  // 3
        wait_for(ward, "V3", "", "2026-11-09", "KENT");       // 1, unattributed
        wait_for(ward, "V4", "HP4", "2026-11-10", "KENT");    // ready today
        ward.wait_until("2026-11-10T12:00");
    }
    Lines lines(std::string_view name, Options const& options) const {
        return tests::first_lines(ward.state(), name, options);
    }
    Document make(std::string_view name, Options const& options) const {
        return tests::made(ward.state(), name, options);
    }
    std::string refused(std::string_view name, Options const& options) const {
        return tests::refused_field(ward.state(), name, options);
    }
};

TEST(ParetoReport, ShowsBarsInOrderWithTheirShareAndWhatTheyHold) {
    Town const town;
    auto const made = town.make("pareto", {{"window", "now"}});
    EXPECT_EQ(
        made.tables[0].lines,
        (Lines{{"home_care", "Home care", "1", "5", "55.6", "55.6", "yes", "1", "1", "5", "", ""},
               {"night_sitting", "Night sitting", "2", "3", "33.3", "88.9", "yes", "1", "1", "3",
                "", ""},
               {"unattributed", "Unattributed", "3", "1", "11.1", "100.0", "no", "1", "1", "1", "",
                ""}}));
    EXPECT_EQ(made.tables[0].columns[2], "place");
    EXPECT_EQ(made.tables[0].key_columns, 2u) << "a bar in another place is the same bar";
    EXPECT_EQ(made.tables[1].lines[3].back(), "no") << "who has left is not in \"now\"";
    EXPECT_EQ(made.tables[1].lines[5].back(), "Home care, Night sitting");
}

TEST(ParetoReport, ShowsTheChangeSinceTheCycleLastFrozen) {
    Town town;
    auto state = town.ward.state();
    core::Cycle cycle;
    cycle.frozen = {{"all", "now", make_date(2026, 11, 6), {{"CP4", "", 9, 2}, {"HP4", "", 2, 1}}}};
    state.cycles[core::CycleId{1}] = cycle;
    auto const made = make_report(state, "pareto", {{"window", "now"}});
    ASSERT_TRUE(made);
    auto const& lines = made->tables[0].lines;
    ASSERT_EQ(lines.size(), 4u);
    EXPECT_EQ(lines[0][10] + " " + lines[0][11], "9 -4");
    EXPECT_EQ(lines[1][10] + " " + lines[1][11], "0 +3");
    EXPECT_EQ(lines[3], (std::vector<std::string>{"ward", "Ward process", "", "0", "", "", "no",
                                                  "0", "0", "0", "2", "-2"}));
    auto const other = make_report(state, "pareto", {{"window", "7"}});
    EXPECT_EQ(other->tables[0].lines[0][11], "") << "that window was not frozen";
}

TEST(ParetoReport, WeighsPeopleAndGapsByTheCauseThatHoldsNow) {
    Town const town;
    auto const people = town.make("pareto", {{"window", "now"}, {"weight", "people"}});
    ASSERT_EQ(people.tables[0].lines.size(), 4u) << "who is ready since today waits too";
    auto const gap = town.make("pareto", {{"window", "now"}, {"weight", "gap"}});
    ASSERT_EQ(gap.tables[0].lines.size(), 1u);
    EXPECT_EQ(gap.tables[0].lines[0][3], "4") << "own home to nursing";
}

TEST(ParetoReport, LooksAtAWardAtASiteAndAtAnArea) {
    Town const town;
    auto const total = [&](std::string scope) {
        return town.make("pareto", {{"scope", std::move(scope)}}).tables[1].lines[4].back();
    };
    EXPECT_EQ(total("ward:STM/FORD"), "8");
    EXPECT_EQ(total("ward:KENT"), "1");
    EXPECT_EQ(total("area:thanet"), "9");
    EXPECT_EQ(total("county"), "9");
}

TEST(ParetoReport, NamesAReasonByTheLevelAsked) {
    Town const town;
    auto const codes = [&](std::string level) {
        std::vector<std::string> all;
        auto const made = town.make("pareto", {{"level", std::move(level)}});
        for (auto const& line : made.tables[0].lines) all.push_back(line[0]);
        return all;
    };
    using Codes = std::vector<std::string>;
    EXPECT_EQ(codes("reason"), (Codes{"CP4", "unattributed"}));
    EXPECT_EQ(codes("local_reason"), (Codes{"CP4", "CP4/night_sitting", "unattributed"}));
    EXPECT_EQ(codes("family"), (Codes{"capacity", "unattributed"}));
}

TEST(ParetoReport, OpensABarToItsPeople) {
    Town const town;
    auto const lines = town.lines("pareto_people", {{"window", "now"}, {"bar", "home_care"}});
    ASSERT_EQ(lines.size(), 1u);
    EXPECT_EQ(lines[0], (std::vector<std::string>{"home_care", "Home care", "#1", "", "FORD", "A1",
                                                  "5", "yes", "yes"}));
    EXPECT_EQ(find_kind("pareto_people")->tier, 3);
}

TEST(ParetoReport, RefusesWhatItCannotWeighOrFind) {
    Town const town;
    EXPECT_EQ(town.refused("pareto", {{"weight", "people"}}), "weight") << "28 days by default";
    EXPECT_EQ(town.refused("pareto", {{"window", "14"}}), "window");
    EXPECT_EQ(town.refused("pareto", {{"level", "cause"}}), "level");
    EXPECT_EQ(town.refused("pareto", {{"scope", "team:nobody"}}), "scope");
    EXPECT_EQ(town.refused("pareto", {{"scope", "ward:STM/NOWHERE"}}), "scope");
    EXPECT_EQ(town.refused("pareto", {{"scope", "north"}}), "scope");
    EXPECT_EQ(town.refused("pareto_people", {{"bar", "weather"}}), "bar");
}

}  // namespace
}  // namespace washup::report
