// The weekly cycle: opens and closes by configuration, takes causes, decides, is answered.

#include "daemon/core/cycle.hpp"

#include <fmt/format.h>

#include "daemon/core/cause.hpp"
#include "daemon/core/decide_command.hpp"
#include "tests/unit/daemon/core/one_stay.hpp"

namespace washup::core {
namespace {

using tests::at;

constexpr char const* cause = "CP4:margate:thanet";

// It opens on Mondays at nine and closes on Fridays at noon. The house wakes on Sunday 1 November.
struct WeeklyCycle : tests::OneStay {
    Config config = tests::small_config();
    void SetUp() override {
        OneStay::SetUp();
        config.cycles = {{"weekly", "Weekly", "all", 1, 9 * 60, 5, 12 * 60}};
        config.zones = {{"margate", "Margate", "kent", {"CT9", "CT8"}}};
        ward.adopt(config);
    }
    Cycle const& cycle(std::uint64_t id) { return ward.state().cycles.at(CycleId{id}); }
};

TEST_F(WeeklyCycle, OpensAndClosesByItself) {
    ward.wait_until("2026-11-02T09:05");
    ASSERT_EQ(ward.state().cycles.size(), 1u);
    EXPECT_EQ(to_iso(cycle(1).week), "2026-11-02");
    EXPECT_EQ(cycle(1).closed.ms, 0);
    ward.wait_until("2026-11-06T11:59");
    EXPECT_EQ(cycle(1).closed.ms, 0);
    ward.wait_until("2026-11-06T12:00");
    EXPECT_NE(cycle(1).closed.ms, 0);
    ward.wait_until("2026-11-09T08:59");
    EXPECT_EQ(ward.state().cycles.size(), 1u);
    ward.wait_until("2026-11-09T09:00");
    EXPECT_EQ(ward.state().cycles.size(), 2u);
    EXPECT_EQ(to_iso(cycle(2).week), "2026-11-09");
}

TEST_F(WeeklyCycle, DoesNotBeginWithAWeekThatIsOver) {
    tests::Ward late;
    late.wait_until("2026-11-07T10:00");
    late.adopt(config);
    late.wait_until("2026-11-08T10:00");
    EXPECT_TRUE(late.state().cycles.empty()) << "Friday was before the house knew of it";
    late.wait_until("2026-11-09T09:00");
    EXPECT_EQ(late.state().cycles.size(), 1u);
}

TEST_F(WeeklyCycle, WhoIsTakenFromTheSiteFileClosesItsWeek) {
    ward.wait_until("2026-11-03T10:00");
    config.cycles.clear();
    ward.adopt(config);
    ward.wait_until("2026-11-03T10:01");
    EXPECT_NE(cycle(1).closed.ms, 0);
}

TEST_F(WeeklyCycle, AWindowThatEndsOnTheDayItBeginsIsAWeekLong) {
    CycleConfig const same{"x", "X", "all", 3, 12 * 60, 3, 12 * 60};
    auto const window = window_of(same, at("2026-11-05T10:00").at);
    EXPECT_EQ(to_rfc3339(window.opens), "2026-11-04T12:00:00+00:00");
    EXPECT_EQ(to_rfc3339(window.closes), "2026-11-11T12:00:00+00:00");
}

TEST_F(WeeklyCycle, TakesTheCauseOfABlocker) {
    ward.receive(tests::a08("V1", "M1", "2026-11-02T09:30").code(Field::postcode_district, "ct9"));
    ward.wait_until("2026-11-02T10:00");
    act(RaiseBlocker{"CP4", "", "", "", {}});
    ASSERT_TRUE(act(SendCause{{}, "", ""}));
    EXPECT_EQ(cycle(1).sent.front().cause, cause);
    EXPECT_EQ(act(SendCause{{}, "", ""})->warning, "it is in this cycle already");
    EXPECT_EQ(cause_words(ward.state().config, cause), "Home care, Margate, Thanet");
    EXPECT_EQ(refused_field(SendCause{BlockerId{99}, "", ""}), "blocker");
    EXPECT_EQ(refused_field(SendCause{{}, "CP4:nowhere:thanet", ""}), "cause");
    EXPECT_EQ(refused_field(SendCause{{}, "", "daily"}), "cycle");
    ward.wait_until("2026-11-07T10:00");
    EXPECT_EQ(refused_field(SendCause{{}, cause, ""}), "cycle") << "none is open on Saturday";
}

TEST_F(WeeklyCycle, KnowsNoZoneWithoutADistrict) {
    ward.wait_until("2026-11-02T10:00");
    act(RaiseBlocker{"CP4", "night_sitting", "", "", {}});
    ASSERT_TRUE(act(SendCause{{}, "", ""}));
    EXPECT_EQ(cycle(1).sent.front().cause, "night_sitting:unknown:thanet");
}

TEST_F(WeeklyCycle, DecidesWithOwnerAndDeadlineAndCarriesOver) {
    ward.wait_until("2026-11-02T10:00");
    DecideInCycle decide{"", cause, "buy two nights", "posei", at("2026-11-10")};
    auto wrong = decide;
    wrong.owner = "nobody";
    EXPECT_EQ(refused_field(wrong), "owner");
    wrong = decide;
    wrong.deadline.reset();
    EXPECT_EQ(refused_field(wrong), "deadline");
    wrong.deadline = at("2026-11-01");
    EXPECT_EQ(refused_field(wrong), "deadline") << "past";
    wrong = decide;
    wrong.text.clear();
    EXPECT_EQ(refused_field(wrong), "text");
    ASSERT_TRUE(act(decide));
    EXPECT_EQ(to_rfc3339(ward.state().decisions.at(DecisionId{1}).deadline),
              "2026-11-10T17:00:00+00:00");
    ward.wait_until("2026-11-09T10:00");
    EXPECT_EQ(refused_field(FinishDecision{DecisionId{1}, "not_done", ""}), "why");
    EXPECT_EQ(refused_field(FinishDecision{DecisionId{1}, "perhaps", ""}), "state");
    ASSERT_TRUE(act(FinishDecision{DecisionId{1}, "done", ""}));
    EXPECT_EQ(refused_field(FinishDecision{DecisionId{1}, "done", ""}), "decision");
    EXPECT_EQ(refused_field(FinishDecision{DecisionId{7}, "done", ""}), "decision");
}

TEST_F(WeeklyCycle, IsAnsweredFromAbove) {
    EXPECT_EQ(refused_field(AnswerCause{cause, "king", "two nights"}), "level");
    EXPECT_EQ(refused_field(AnswerCause{cause, "area", ""}), "text");
    ASSERT_TRUE(act(AnswerCause{cause, "area", "two nights from Thursday"}));
    EXPECT_EQ(ward.state().answers.front().text.text, "two nights from Thursday");
}

TEST_F(WeeklyCycle, HoldsSoManyCausesAndDecisionsAndNoMore) {
    config.zones.clear();
    for (std::size_t i = 0; i <= cycle_causes_max; ++i)
        config.zones.push_back({fmt::format("z{}", i), "Z", "kent", {}});
    ward.adopt(config);
    ward.wait_until("2026-11-02T10:00");
    for (std::size_t i = 0; i < cycle_causes_max; ++i)
        ASSERT_TRUE(act(SendCause{{}, fmt::format("CP4:z{}:thanet", i), ""}));
    EXPECT_EQ(refused_field(SendCause{{}, fmt::format("CP4:z{}:thanet", cycle_causes_max), ""}),
              "cycle");
    DecideInCycle const decide{"", "CP4:z1:thanet", "buy", "posei", at("2026-11-10")};
    for (std::size_t i = 0; i < cycle_decisions_max; ++i) ASSERT_TRUE(act(decide));
    EXPECT_EQ(refused_field(decide), "cycle");
}

}  // namespace
}  // namespace washup::core
