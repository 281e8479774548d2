// Headline measures and what enters them: product.md sections 3 and 8.

#include "daemon/derive/measures.hpp"

#include <gtest/gtest.h>

#include "daemon/derive/gap.hpp"
#include "daemon/derive/ledger.hpp"
#include "tests/support/core/ward.hpp"

namespace washup::tests {
namespace {

using core::Field;

derive::Headline headline(Ward const& ward, std::string const& scope = "all") {
    derive::Measures measures;
    measures.recount(ward.state());
    auto const it = measures.by_scope().find(scope);
    return it == measures.by_scope().end() ? derive::Headline{} : it->second;
}

void say(Ward& ward, Field field, std::string code, std::string when) {
    ward.receive(a08("V1", "M1", when).code(field, code));
}

TEST(Measures, OnlyADischargeEntersTheOutcomeMeasures) {
    for (auto const* how :
         {core::ended::died, core::ended::self_discharge, core::ended::transferred,
          core::ended::left_without_notice, core::ended::recorded_in_error}) {
        Ward ward;
        ward.receive(a01("V1", "M1", "2026-11-02T09:00"));
        say(ward, Field::ideal_outcome, "own_home", "2026-11-02T10:00");
        auto end = a03("V1", "M1", "2026-11-04T15:00");
        end.observation.facts.back().value.code = how;
        ward.receive(end);
        EXPECT_EQ(headline(ward), derive::Headline{}) << how;
    }
}

TEST(Measures, TheIdealHeldFirstIsReachedByAnActualAtLeastAsIndependent) {
    Ward ward;
    ward.receive(a01("V1", "M1", "2026-11-02T09:00"));
    say(ward, Field::ideal_outcome, "home_care", "2026-11-02T10:00");
    say(ward, Field::ideal_outcome, "residential", "2026-11-03T10:00");
    ward.receive(a03("V1", "M1", "2026-11-04T15:00"));
    EXPECT_EQ(headline(ward).discharged, 0) << "the day is not over";
    ward.wait_until("2026-11-05T09:00");
    EXPECT_EQ(headline(ward).discharged, 1);
    EXPECT_EQ(headline(ward, "area:thanet").discharged, 1);
    EXPECT_EQ(headline(ward).ideal_known, 0) << "the actual outcome is unknown";
    say(ward, Field::actual_outcome, "residential", "2026-11-05T16:00");
    EXPECT_EQ(headline(ward).ideal_known, 1);
    EXPECT_EQ(headline(ward).ideal_reached, 0) << "the first ideal counts, not the lowered one";
    say(ward, Field::actual_outcome, "own_home", "2026-11-05T17:00");
    EXPECT_EQ(headline(ward).ideal_reached, 1);
}

// Found by tests/sim, seed 10: a restarted daemon counted another team than the running one.
TEST(Measures, AMoveThatASenderDatesAheadCountsWhereTheRowShowsIt) {
    Ward ward;
    ward.receive(a01("V1", "M1", "2026-11-02T09:00", "FORD"));
    say(ward, Field::ideal_outcome, "home_care", "2026-11-02T09:30");
    auto ahead = a02("V1", "M1", "2026-11-02T10:05", "KENT");
    ahead.observation.times.recorded = at("2026-11-02T10:00").at;
    ward.receive(ahead);
    derive::Measures kept;
    kept.recount(ward.state());
    EXPECT_EQ(kept.by_scope().count("team:south"), 1U);
    ward.receive(a01("V2", "M2", "2026-11-02T11:00"));
    kept.update(ward.state(), ward.stay("V2")->id);
    derive::Measures anew;
    anew.recount(ward.state());
    EXPECT_EQ(kept.by_scope(), anew.by_scope());
}

TEST(Measures, UndoneTheDischargeIsAsIfItHadNotHappened) {
    Ward ward;
    ward.receive(a01("V1", "M1", "2026-11-02T09:00").time(Field::discharge_ready, "2026-11-02"));
    say(ward, Field::ideal_outcome, "home_care", "2026-11-02T10:00");
    auto const before = headline(ward);
    EXPECT_EQ(before.ready_still_here, 1);
    ward.receive(a03("V1", "M1", "2026-11-04T15:00"));
    EXPECT_EQ(headline(ward).ready_still_here, 0);
    ward.wait_until("2026-11-05T09:00");
    EXPECT_EQ(headline(ward).discharged, 1);
    ward.receive(a13("V1", "M1", "2026-11-05T16:00"));
    EXPECT_EQ(headline(ward), before);
}

TEST(Measures, WhoDiedIsNotHereThoughNoDischargeWasSent) {
    Ward ward;
    ward.receive(a01("V1", "M1", "2026-11-02T09:00").time(Field::discharge_ready, "2026-11-02"));
    ward.receive(a08("V1", "M1", "2026-11-04T09:00").time(Field::died_at, "2026-11-04T03:00"));
    ward.wait_until("2026-11-09T09:00");
    EXPECT_EQ(headline(ward), derive::Headline{});
    EXPECT_EQ(derive::ledger(ward.state(), *ward.stay("V1"), ward.state().today).size(), 2u)
        << "the clock stopped on the fourth";
}

TEST(Measures, OnTrackNeedsBothOutcomes) {
    Ward ward;
    ward.receive(a01("V1", "M1", "2026-11-02T09:00"));
    say(ward, Field::expected_outcome, "own_home", "2026-11-02T10:00");
    EXPECT_EQ(headline(ward).live, 1);
    EXPECT_EQ(headline(ward).on_track_known, 0) << "expected without ideal is unknown";
    EXPECT_FALSE(derive::gap(ward.state().config, "", "own_home").known);
    say(ward, Field::ideal_outcome, "home", "2026-11-02T11:00");
    EXPECT_EQ(headline(ward).on_track, 1) << "a band stands at its nearest step";
    say(ward, Field::expected_outcome, "hospice", "2026-11-02T12:00");
    EXPECT_EQ(headline(ward).on_track_known, 0) << "off the ladder there is no gap";
    EXPECT_TRUE(derive::gap(ward.state().config, "home", "hospice").off_ladder);
}

TEST(Measures, AScopeNobodyIsInIsGone) {
    Ward ward;
    ward.receive(a01("V1", "M1", "2026-11-02T09:00", "FORD"));
    derive::Measures measures;
    measures.recount(ward.state());
    EXPECT_TRUE(measures.by_scope().contains("team:north"));
    ward.receive(a02("V1", "M1", "2026-11-03T09:00", "KENT"));
    measures.update(ward.state(), ward.stay("V1")->id);
    EXPECT_FALSE(measures.by_scope().contains("team:north"));
    EXPECT_TRUE(measures.by_scope().contains("team:south"));
}

}  // namespace
}  // namespace washup::tests
