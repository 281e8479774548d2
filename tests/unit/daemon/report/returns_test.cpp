// The returns over a small ward: what each counts, and what it leaves out.

#include <gtest/gtest.h>

#include <algorithm>

#include "daemon/report/period.hpp"
#include "daemon/report/report.hpp"
#include "daemon/report/suppress.hpp"
#include "tests/support/core/ward.hpp"
#include "tests/support/report/asked.hpp"

namespace washup::report {
namespace {

using core::Field;
using tests::a01;
using tests::a03;
using tests::a08;
using tests::Lines;
using tests::Message;
using tests::Ward;

Document made(Ward const& ward, std::string_view name, Options const& options) {
    return tests::made(ward.state(), name, options);
}
// The last cell of the lines that hold all of these words.
std::vector<std::string> values(Document const& document, std::vector<std::string> const& words,
                                std::size_t table = 0) {
    std::vector<std::string> out;
    for (auto const& line : document.tables.at(table).lines) {
        auto const has = [&](auto const& word) {
            return std::find(line.begin(), line.end(), word) != line.end();
        };
        if (std::all_of(words.begin(), words.end(), has)) out.push_back(line.back());
    }
    return out;
}
using Values = std::vector<std::string>;

void blocked(Ward& ward, std::string const& visit, std::string const& when,
             std::string const& reason) {
    Message message{"blockers", when};
    message.visit(visit).source("hub");
    core::BlockerSeen seen;
    seen.reason = reason;
    seen.opened_at = tests::at(when);
    message.observation.kind = seen;
    ward.receive(message);
}
void outcome(Ward& ward, std::string const& visit, std::string const& when, Field field,
             std::string const& code) {
    ward.receive(Message{"outcomes", when}.visit(visit).source("hub").code(field, code));
}

// V1 is ready on the 3rd for home care and goes on the 6th; V2 is ready on the 4th and stays.
Ward story() {
    Ward ward;
    ward.receive(a01("V1", "P1", "2026-11-01T08:30"));
    ward.receive(a01("V2", "P2", "2026-11-01T09:00"));
    outcome(ward, "V1", "2026-11-02T09:00", Field::ideal_outcome, "own_home");
    ward.receive(
        a08("V1", "P1", "2026-11-03T10:00").time(Field::discharge_ready, "2026-11-03T10:00"));
    blocked(ward, "V1", "2026-11-03T10:00", "CP4");
    ward.receive(
        a08("V2", "P2", "2026-11-04T10:00").time(Field::discharge_ready, "2026-11-04T10:00"));
    ward.receive(a03("V1", "P1", "2026-11-06T11:00"));
    outcome(ward, "V1", "2026-11-06T15:00", Field::actual_outcome, "home_care");
    ward.wait_until("2026-11-12T08:00");
    return ward;
}

TEST(AcuteSitrep, CountsWhoStaysAndWhoGoesEachDay) {
    auto const ward = story();
    auto const sitrep = made(ward, "acute_sitrep", {{"from", "2026-11-02"}, {"to", "2026-11-06"}});
    EXPECT_EQ(sitrep.tables[0].columns.size(), 10u);
    EXPECT_EQ(values(sitrep, {"NCTR not discharged"}),
              (Values{"0.00", "1.00", "2.00", "2.00", "1.00"}));
    EXPECT_EQ(values(sitrep, {"Discharges"}), (Values{"0.00", "0.00", "0.00", "0.00", "1.00"}));
    EXPECT_EQ(values(sitrep, {"NCTR"}), (Values{"0.00", "1.00", "2.00", "2.00", "2.00"}));
    // The 5th is the Thursday; nobody had been here for 7 days.
    EXPECT_EQ(values(sitrep, {"05/11/2026", "Additional bed days lost"}),
              (Values{"0.00", "0.00", "0.00"}));
    // Nobody configured what a bed day costs, and this is no month.
    EXPECT_EQ(values(sitrep, {"Delay reason LOS 7+ Costs"}).back(), not_applicable);
    for (auto const& line : sitrep.tables[0].lines) EXPECT_EQ(line.size(), 10u);
}

TEST(AcuteSitrep, GivesTheWeekOfALongStayToWhatHeldIt) {
    Ward ward;
    ward.receive(a01("V1", "P1", "2026-11-01T08:30"));
    ward.receive(
        a08("V1", "P1", "2026-11-03T10:00").time(Field::discharge_ready, "2026-11-03T10:00"));
    blocked(ward, "V1", "2026-11-03T10:00", "CP4");
    ward.wait_until("2026-11-13T08:00");
    auto const sitrep = made(ward, "acute_sitrep", {{"date", "2026-11-12"}});
    // Since the 3rd: the midnights dated 3 to 12.
    EXPECT_EQ(values(sitrep, {"Additional bed days lost"}), (Values{"10.00", "0.00", "0.00"}));
    EXPECT_EQ(values(sitrep, {"Delay reason LOS 7+", "Home care not yet available"}),
              (Values{"1.00"}));
    EXPECT_EQ(values(sitrep, {"Delay reason LOS 14+", "Home care not yet available"}),
              (Values{"0.00"}));
}

TEST(ReadyDate, CountsWholeDelaysOfThoseWhoLeftAndTellsWhoHadNoDate) {
    auto ward = story();
    ward.receive(a01("V3", "P3", "2026-11-12T09:00"));
    ward.receive(a03("V3", "P3", "2026-11-14T09:00"));
    ward.wait_until("2026-11-20T08:00");
    auto const made_of = made(ward, "ready_date", {{"from", "2026-11-01"}, {"to", "2026-11-19"}});
    auto const provider = [&](char const* measure) {
        return values(made_of, {"Provider", measure});
    };
    EXPECT_EQ(provider("Number of patients discharged in total"), (Values{"1"}));
    EXPECT_EQ(provider("Total bed days lost due to delayed discharge"), (Values{"3"}));
    EXPECT_EQ(provider("Percentage of patients: 2-3 days"), (Values{"100.0"}));
    EXPECT_EQ(provider("Average days from Discharge Ready Date to date of discharge "
                       "(exc 0 day delays)"),
              (Values{"3.0"}));
    EXPECT_EQ(values(made_of, {"no discharge ready date"}, 1), (Values{"1"}));
    // A month of nobody has no average, which is not 0.
    auto const before = made(ward, "ready_date", {{"date", "2026-11-02"}});
    EXPECT_EQ(before.tables[0].lines.back().back(), not_applicable);
}

TEST(ReadyDate, IsCutByCouncilWithTheUnknownNamedAndAddsUpToTheProvider) {
    Ward ward;
    auto config = tests::small_config();
    config.returns.councils = {{"kent", "Kent", "E10000016", {"KCC"}},
                               {"medway", "Medway", "E06000035", {}}};
    ward.adopt(config);
    // By its code, by another name of it, another council, one that is not configured, none.
    int number = 0;
    for (auto const* council : {"kent", "KCC", "medway", "Elsewhere", ""}) {
        auto const visit = "V" + std::to_string(++number), person = "P" + std::to_string(number);
        ward.receive(a01(visit, person, "2026-11-01T08:30"));
        auto ready =
            a08(visit, person, "2026-11-03T10:00").time(Field::discharge_ready, "2026-11-03T10:00");
        if (*council != 0) ready.code(Field::council, council);
        ward.receive(ready);
        ward.receive(a03(visit, person, "2026-11-0" + std::to_string(3 + number) + "T11:00"));
    }
    ward.wait_until("2026-11-12T08:00");
    auto const made_of = made(ward, "ready_date", {{"from", "2026-11-01"}, {"to", "2026-11-11"}});
    auto const cut = [&](std::string const& council, char const* measure) {
        return values(made_of, {"Provider activity mapped to UTLA", council, measure});
    };
    constexpr auto people = "Number of patients discharged in total";
    constexpr auto days = "Total bed days lost due to delayed discharge";
    EXPECT_EQ(cut("E10000016", people), (Values{"2"}));
    EXPECT_EQ(cut("E10000016", days), (Values{"3"}));
    EXPECT_EQ(cut("E06000035", people), (Values{"1"}));
    EXPECT_EQ(cut("Elsewhere", days), (Values{"4"}));
    EXPECT_EQ(cut("not known", people), (Values{"1"}));
    EXPECT_EQ(cut("not known", days), (Values{"5"}));
    EXPECT_EQ(values(made_of, {"Provider", people}), (Values{"5"}));
    EXPECT_EQ(values(made_of, {"Provider", days}), (Values{"15"}));
    auto const one = made(ward, "ready_date",
                          {{"from", "2026-11-01"}, {"to", "2026-11-11"}, {"council", "KCC"}});
    EXPECT_EQ(values(one, {"Provider", days}), (Values{"3"}));
    // Two councils hide one another; the whole stays.
    auto const small =
        made(ward, "ready_date", {{"from", "2026-11-01"}, {"to", "2026-11-11"}, {"suppress", "5"}});
    for (auto const& line : small.tables[0].lines) {
        if (line[2] != "Provider" && line[9] == people) {
            EXPECT_EQ(line.back(), "*") << line[3];
        }
    }
}

TEST(DischargeRecord, IsMadeWhenTheOutcomeIsKnownAndFollowedByCorrections) {
    auto ward = story();
    auto const week = [&](char const* name) {
        return made(ward, "discharge_record", {{"week", name}}).tables[0].lines;
    };
    ASSERT_EQ(week("2026-W45").size(), 1u);
    auto const first = week("2026-W45")[0];
    EXPECT_EQ(
        Values(first.begin(), first.begin() + 6),
        (Values{"RZZ:P1", "own home", "home with care", "Home care", "06/11/2026", "record"}));
    // Another outcome, and then the discharge is taken back: each is a line of its own.
    outcome(ward, "V1", "2026-11-12T10:00", Field::actual_outcome, "own_home");
    ward.receive(tests::a13("V1", "P1", "2026-11-13T10:00"));
    ward.wait_until("2026-11-17T08:00");
    auto const second = week("2026-W46");
    ASSERT_EQ(second.size(), 2u);
    EXPECT_EQ(second[0][2], "own home");
    EXPECT_EQ(second[0][5], "correction");
    EXPECT_EQ(second[1][4], "");
    EXPECT_EQ(second[1][5], "correction");
    // What was told of the first week stays as it was told.
    EXPECT_EQ(week("2026-W45")[0][2], "home with care");
}

TEST(DischargeRecord, IsCorrectedWhenABlockerIsToldOfLateAndStaysAsItWasTold) {
    auto ward = story();
    blocked(ward, "V1", "2026-11-03T09:00", "HP4");
    ward.wait_until("2026-11-17T08:00");
    auto const reason = [&](char const* week) {
        auto const lines = made(ward, "discharge_record", {{"week", week}}).tables[0].lines;
        return lines.size() == 1 ? lines[0][3] + ", " + lines[0][5] : "";
    };
    EXPECT_EQ(reason("2026-W45"), "Home care, record");
    EXPECT_EQ(reason("2026-W46"), "Medicines, correction");
}

TEST(Periods, AreWholeLondonDaysWithinPeriodDaysMaxAndWhatIsHeld) {
    auto const ward = story();  // it is 12 November
    auto const fault = [&](Options const& options) {
        return tests::refused_field(ward.state(), "acute_sitrep", options);
    };
    EXPECT_EQ(fault({{"date", "2026-11-11"}}), "");
    EXPECT_EQ(fault({{"date", "2026-11-12"}}), "date");  // not over
    EXPECT_EQ(fault({{"date", "2026-02-30"}}), "date");
    EXPECT_EQ(fault({{"week", "2026-W54"}}), "week");
    EXPECT_EQ(fault({{"month", "2026-13"}}), "month");
    EXPECT_EQ(fault({{"from", "2026-11-09"}, {"to", "2026-11-08"}}), "to");
    EXPECT_EQ(fault({{"from", "2026-11-09"}}), "to");
    EXPECT_EQ(fault({{"month", "2026-01"}}), "month");  // longer ago than stays are held
    auto const first = ward.state().today - days_kept;
    EXPECT_EQ(fault({{"from", to_iso(first)}, {"to", to_iso(first)}}), "");
    EXPECT_EQ(fault({{"from", to_iso(first - 1)}, {"to", to_iso(first)}}), "from");
    EXPECT_EQ(fault({{"from", "2026-11-01"}, {"to", to_iso(first + period_days_max + 200)}}), "to");
    // The week with the last days of a year is that of its Thursday.
    auto const days = days_of(ward.state(), {{"week", "2026-W45"}}, Span::day);
    ASSERT_TRUE(days);
    EXPECT_EQ(to_iso(days->first), "2026-11-02");
    auto const month = days_of(ward.state(), {{"month", "2026-11"}}, Span::day);
    ASSERT_TRUE(month);
    EXPECT_EQ(to_iso(month->last), "2026-11-11");
    EXPECT_FALSE(month->whole);
}

TEST(SmallNumbers, AreSuppressedBelowANumberUpToSuppressBelowMax) {
    auto const ward = story();
    auto const fault = [&](std::string const& below) {
        return tests::refused_field(ward.state(), "ready_date",
                                    {{"date", "2026-11-06"}, {"suppress", below}});
    };
    EXPECT_EQ(fault("2"), "");
    EXPECT_EQ(fault(std::to_string(suppress_below_max)), "");
    EXPECT_EQ(fault(std::to_string(suppress_below_max + 1)), "suppress");
    EXPECT_EQ(fault("1"), "suppress");
    EXPECT_EQ(fault("few"), "suppress");
    auto const document = made(ward, "ready_date", {{"date", "2026-11-06"}, {"suppress", "5"}});
    for (auto const& line : document.tables[0].lines) EXPECT_NE(line.back(), "1");
}

}  // namespace
}  // namespace washup::report
