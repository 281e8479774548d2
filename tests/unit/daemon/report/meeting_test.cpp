// The reports of the wash-up and of the weekly cycle, as they are asked for by name.

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "daemon/derive/frozen.hpp"
#include "daemon/report/report.hpp"
#include "tests/support/core/ward.hpp"
#include "tests/support/report/asked.hpp"

namespace washup::report {
namespace {

using core::Field;
using tests::at;
using tests::Lines;

struct MeetingReports : testing::Test {
    tests::Ward ward;
    void SetUp() override {
        auto config = tests::small_config();
        config.cycles = {{"weekly", "Weekly", "all", 1, 9 * 60, 5, 12 * 60}};
        config.prompts = {{"challenge", "Can it be challenged?", false}};
        ward.adopt(config);
        act("", core::AddStaff{"posei", "Peter Osei", "chair", "north", {}, {}, {}});
        ward.receive(tests::a01("V1", "M1", "2026-11-02T08:00").text(Field::name, "ADAMS, Edith"));
        core::SetField ready;
        ready.field = Field::discharge_ready;
        ready.value.moment = at("2026-11-02");
        act("V1", ready);
        act("V1", core::RaiseBlocker{"CP4", "", "", "", {}});
    }
    void act(std::string const& visit, auto what) {
        auto command = visit.empty() ? core::Command{} : tests::command_for(visit);
        command.what = std::move(what);
        auto const answer = ward.command(command);
        ASSERT_TRUE(answer) << answer.error().words;
    }
    Document make(char const* name, Options const& options = {}) {
        return tests::made(ward.state(), name, options);
    }
    std::string wrong(char const* name, Options const& options) {
        return tests::refusal(ward.state(), name, options);
    }
};

bool holds(Table const& table, std::string const& cell) {
    return std::any_of(table.lines.begin(), table.lines.end(), [&](auto const& line) {
        return std::find(line.begin(), line.end(), cell) != line.end();
    });
}

TEST_F(MeetingReports, AgendaSaysWhoWhyAndWhatWeSaidLastTime) {
    ward.wait_until("2026-11-03T09:00");
    act("", core::OpenWashUp{"north", "posei"});
    act("V1", core::AssignAction{"ring the hub", "posei", at("2026-11-03T12:00"), {}, {}});
    act("V1", core::DiscussStay{{}, "home when nights are covered"});
    act("", core::CloseWashUp{"north", {}});
    act("V1", core::FinishAction{core::ActionId{1}, "done", ""});
    ward.wait_until("2026-11-04T08:00");
    auto const table = make("agenda", {{"scope", "team:north"}}).tables.front();
    ASSERT_EQ(table.lines.size(), 1u);
    EXPECT_TRUE(holds(table, "ADAMS, Edith"));
    EXPECT_TRUE(holds(table, "placement"));
    EXPECT_TRUE(holds(table, "2026-11-03: home when nights are covered (1 of 1 actions done)"));
    EXPECT_TRUE(holds(table, "Home care"));
    EXPECT_TRUE(holds(table, "2026-11-04")) << "reviewed at the next wash-up";
    EXPECT_EQ(wrong("agenda", {}), "scope: the report agenda needs `scope`: team: and its code");
    EXPECT_EQ(wrong("agenda", {{"scope", "site:STM"}}),
              "scope: this is of one team: team: and its code");
    EXPECT_TRUE(make("agenda", {{"scope", "team:south"}}).tables.front().lines.empty());
}

TEST_F(MeetingReports, MinutesAreOfTheLatestWashUpOrOfOneByItsNumber) {
    EXPECT_EQ(wrong("minutes", {{"scope", "team:north"}}),
              "scope: no wash-up of this team is remembered");
    act("", core::OpenWashUp{"north", "posei"});
    act("V1", core::AskPrompt{{}, "challenge", "yes", ""});
    act("V1", core::AssignAction{"ring the hub", "posei", at("2026-11-04"), {}, {}});
    act("V1", core::DiscussStay{{}, "home"});
    act("", core::CloseWashUp{"north", {}});
    auto const minutes = make("minutes", {{"scope", "team:north"}});
    ASSERT_EQ(minutes.tables.size(), 4u);
    EXPECT_TRUE(holds(minutes.tables[1], "Can it be challenged?"));
    EXPECT_EQ(minutes.tables[2].lines,
              (Lines{{"Peter Osei", "2026-11-04 17:00", "ring the hub", "#1", "ADAMS, Edith"}}));
    EXPECT_TRUE(minutes.tables[3].lines.empty()) << "nobody was left";
    EXPECT_EQ(make("minutes", {{"meeting", "1"}}).tables[2].lines, minutes.tables[2].lines);
    EXPECT_EQ(wrong("minutes", {{"meeting", "one"}}), "meeting: there is no wash-up \"one\"");
    EXPECT_EQ(make("meetings").tables[1].lines.size(), 1u);
}

TEST_F(MeetingReports, AreOfThenOnceTheirWashUpOrCycleIsOver) {
    Options const north{{"scope", "team:north"}}, first_week{{"week", "2026-W45"}};
    ward.wait_until("2026-11-02T10:00");
    EXPECT_EQ(over_at(ward.state(), "minutes", north), std::nullopt) << "none was held";
    act("", core::OpenWashUp{"north", "posei"});
    EXPECT_EQ(over_at(ward.state(), "minutes", north), std::nullopt);
    act("", core::CloseWashUp{"north", {}});
    auto const closed = ward.now();
    ward.wait_until("2026-11-12T10:00");
    EXPECT_EQ(over_at(ward.state(), "minutes", north), closed);
    EXPECT_EQ(over_at(ward.state(), "cycle_pack", {}), std::nullopt) << "this week goes on";
    EXPECT_EQ(over_at(ward.state(), "cycle_pack", first_week),
              ward.state().cycles.at(core::CycleId{1}).closed);
    EXPECT_EQ(over_at(ward.state(), "agenda", north), std::nullopt);
    EXPECT_EQ(over_at(ward.state(), "weather", {}), std::nullopt);
}

TEST_F(MeetingReports, ErasedWordsAreSaidToBeErased) {
    act("", core::OpenWashUp{"north", "posei"});
    act("V1", core::DiscussStay{{}, "her daughter Ann comes"});
    auto state = ward.state();
    for (auto& word : state.stays.begin()->second.discussions) word.note = {"", "a box"};
    auto const minutes = make_report(state, "minutes", {{"scope", "team:north"}});
    ASSERT_TRUE(minutes);
    EXPECT_TRUE(holds(minutes->tables[1], "erased"));
}

TEST_F(MeetingReports, PackHoldsTheFrozenParetoAgainstTheWeekBefore) {
    EXPECT_EQ(wrong("cycle_pack", {}), "cycle: no cycle has opened yet");
    ward.wait_until("2026-11-02T10:00");
    act("V1", core::SendCause{{}, "", ""});
    act("", core::DecideInCycle{"", "CP4:unknown:thanet", "buy", "posei", at("2026-11-20")});
    ward.wait_until("2026-11-12T10:00");
    auto state = ward.state();
    auto const leaf = [](std::int64_t days) {
        return std::vector<core::FrozenLeaf>{{"CP4", "", days, 1}};
    };
    state.cycles.at(core::CycleId{1}).frozen = {{"all", "now", {}, leaf(4)},
                                                {"all", "7", {}, leaf(4)}};
    auto const open = make_report(state, "cycle_pack", {});
    ASSERT_TRUE(open);
    EXPECT_EQ(open->tables[1].lines,
              (Lines{{"home_care", "Home care", "10", "100.0", "100.0", "yes", "4", "+6"}}))
        << "ten midnights from the 2nd, as it is now, beside the frozen four";
    EXPECT_TRUE(open->tables[4].lines.empty()) << "sent to the week before";
    EXPECT_EQ(open->tables[5].lines.front().front(), "none");
    EXPECT_EQ(open->tables[7].lines.size(), 1u) << "carried over";
    auto const first = make_report(state, "cycle_pack", {{"week", "2026-W45"}});
    ASSERT_TRUE(first);
    EXPECT_EQ(first->tables[1].lines,
              (Lines{{"home_care", "Home care", "4", "100.0", "100.0", "yes", "", ""}}));
    EXPECT_EQ(first->tables[4].lines.size(), 1u);
    EXPECT_EQ(first->tables[6].lines.size(), 1u);
    EXPECT_TRUE(first->tables[7].lines.empty());
    EXPECT_EQ(wrong("cycle_pack", {{"week", "2026-W01"}}).substr(0, 5), "week:");
    EXPECT_EQ(wrong("cycle_pack", {{"cycle", "daily"}}).substr(0, 6), "cycle:");
}

TEST_F(MeetingReports, PackOrdersFrozenLeavesAsTheParetoDoesWithOtherLastAndUnattributedNamed) {
    ward.wait_until("2026-11-02T10:00");
    ward.wait_until("2026-11-12T10:00");
    auto state = ward.state();
    auto& cycles = state.cycles;
    cycles.at(core::CycleId{1}).frozen = {{"all", "7", {}, {{"HP4", "", 5, 1}}}};
    auto& second = std::prev(cycles.end())->second;
    second.closed = state.last_at;
    second.frozen = {{"all", "7", {}, {{"CP4", "", 1, 1}, {"ZZ9", "", 9, 2}, {"", "", 3, 1}}}};
    auto const made = make_report(state, "cycle_pack", {});
    ASSERT_TRUE(made);
    auto const& lines = made->tables[2].lines;
    ASSERT_EQ(lines.size(), 4u);
    EXPECT_EQ(lines[0][1] + lines[0][3], "Unattributed23.1");
    EXPECT_EQ(lines[1][1] + lines[1][4], "Home care30.8");
    EXPECT_EQ(lines[2][1] + lines[2][4], "Other100.0");
    EXPECT_EQ(lines[3][6] + " " + lines[3][7], "5 -5") << "gone since the week before";
}

TEST_F(MeetingReports, PackSaysWhoReachedTheirIdealInItsWeekAndInTheWeekBefore) {
    core::SetField ideal;
    ward.wait_until("2026-11-02T10:00");
    ideal.field = Field::ideal_outcome;
    ideal.value.code = "own_home";
    act("V1", ideal);
    ward.receive(tests::a01("V2", "M2", "2026-11-02T08:00").code(Field::ideal_outcome, "own_home"));
    ward.receive(
        tests::a08("V2", "M2", "2026-11-03T08:00").code(Field::actual_outcome, "own_home"));
    ward.receive(tests::a03("V2", "M2", "2026-11-03T15:00"));
    ward.receive(tests::a03("V1", "M1", "2026-11-10T15:00"));
    ward.wait_until("2026-11-12T10:00");
    auto const lines = make("cycle_pack").tables[3].lines;
    ASSERT_EQ(lines.size(), 4u);
    EXPECT_EQ(lines[0][2] + " " + lines[0][3], "2026-W46 3") << "Monday to Wednesday are over";
    EXPECT_EQ((Lines::value_type{lines[0].begin() + 4, lines[0].end()}),
              (Lines::value_type{"", "0", "0", "1", "unknown: nothing to divide by"}));
    EXPECT_EQ((Lines::value_type{lines[2].begin() + 2, lines[2].end()}),
              (Lines::value_type{"2026-W45", "7", "100.0", "1", "1", "0", ""}));
    // 91 days on its stays are no measure of it, but what was counted day by day is.
    ward.wait_until("2027-03-01T10:00");
    auto state = ward.state();
    for (int day = 2; day <= 8; ++day) {
        state.trends["all"]["ideal_outcome"][london_date(at(fmt::format("2026-11-0{}", day)).at)] =
            {1, 2};
    }
    auto const later = tests::made(state, "cycle_pack", {{"week", "2026-W45"}}).tables[3].lines;
    EXPECT_EQ(later[0][5] + "/" + later[0][6] + ", unknown " + later[0][7], "7/14, unknown ");
    EXPECT_EQ(later[1].back(), "not kept; ask with --true-at") << "the latest ideal is not kept";
}

TEST_F(MeetingReports, PackTellsWhatWentUpwardWithItsAskAndWhatCameBack) {
    ward.wait_until("2026-11-02T10:00");
    act("V1", core::SendCause{{}, "", ""});
    auto const upward = [&] { return make("cycle_pack").tables[5].lines; };
    EXPECT_EQ(upward(), (Lines{{"CP4:unknown:thanet", "Home care, zone unknown, Thanet", "1", "0",
                                "2026-11-02 10:00", "weekly cycle", "not answered yet", ""}}));
    act("", core::AnswerCause{"CP4:unknown:thanet", "area", "two nights"});
    act("", core::AnswerCause{"HP4:unknown:thanet", "county", "a bed"});
    auto const lines = upward();
    ASSERT_EQ(lines.size(), 2u);
    EXPECT_EQ(lines[1][4] + ": " + lines[1][5] + " " + lines[1][6],
              "not by this cycle: county a bed");
    EXPECT_EQ(lines[0][5] + " " + lines[0][6] + " " + lines[0][7],
              "area two nights 2026-11-02 10:00");
    ward.wait_until("2026-11-10T10:00");
    EXPECT_EQ(upward().front().front(), "none");
}

TEST_F(MeetingReports, CausesCountPeopleOnceAndSayWhatCameBack) {
    act("", core::AnswerCause{"CP4:unknown:thanet", "area", "two nights"});
    ward.wait_until("2026-11-04T10:00");
    auto const table = make("causes").tables.front();
    ASSERT_EQ(table.lines.size(), 1u);
    EXPECT_EQ(table.lines[0][1], "Home care, zone unknown, Thanet");
    EXPECT_EQ(table.lines[0][2], "1");
    EXPECT_EQ(table.lines[0][3], "2") << "the midnights that ended the 2nd and the 3rd";
    EXPECT_EQ(table.lines[0][6].substr(0, 7), "area on");
}

TEST_F(MeetingReports, AlarmsCountReferralsThatMissedTheirWashUp) {
    core::SetField referred;
    referred.field = Field::referred_at;
    referred.value.moment = at("2026-11-02T08:00");
    act("V1", referred);
    auto const missed = [&] { return make("alarms").tables[2].lines; };
    EXPECT_TRUE(missed().empty()) << "no wash-up was held yet";
    ward.wait_until("2026-11-02T09:00");
    act("", core::OpenWashUp{"north", "posei"});
    EXPECT_TRUE(missed().empty()) << "it goes on";
    act("", core::CloseWashUp{"north", {}});
    EXPECT_EQ(missed(), (Lines{{"North", "1", "2026-11-02"}}));
    ward.wait_until("2026-11-03T09:00");
    act("", core::OpenWashUp{"north", "posei"});
    act("V1", core::DiscussStay{{}, ""});
    EXPECT_TRUE(missed().empty());
}

TEST_F(MeetingReports, StaffAndActionsSayWhoseWorkItIs) {
    act("V1", core::AssignAction{"ring the hub", "posei", at("2026-11-02T12:00"), {}, {}});
    act("", core::SetAway{"posei", at("2026-11-02"), at("2026-11-05"), ""});
    ward.wait_until("2026-11-02T13:00");
    EXPECT_TRUE(holds(make("staff").tables.front(), "2026-11-05"));
    auto const table = make("actions", {{"owner", "posei"}}).tables.front();
    ASSERT_EQ(table.lines.size(), 1u);
    EXPECT_EQ(table.lines[0][2], "overdue");
    EXPECT_EQ(wrong("actions", {{"owner", "nobody"}}),
              "owner: \"nobody\" is not on the staff list");
    EXPECT_EQ(make("prompts").tables.front().lines.size(), 1u);
}

}  // namespace
}  // namespace washup::report
