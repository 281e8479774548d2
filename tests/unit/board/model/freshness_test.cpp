#include "board/model/freshness.hpp"

#include <gtest/gtest.h>

#include "tests/support/board_models.hpp"

namespace washup::board {
namespace {

using tests::board_now;
using tests::steady_now_ms;

Link heard(std::int64_t age_ms) {
    Link link = tests::empty_board().link;
    link.heard_steady_ms = steady_now_ms - age_ms;
    return link;
}

TEST(Freshness, SaysALostLinkWithinThreeSecondsOfItsLoss) {
    EXPECT_EQ(link_state(heard(link_late_ms - 1), steady_now_ms).freshness, Freshness::live);
    EXPECT_EQ(link_state(heard(link_late_ms), steady_now_ms).freshness, Freshness::late);
    EXPECT_EQ(link_state(heard(link_stale_ms), steady_now_ms).freshness, Freshness::stale);
    EXPECT_EQ(link_state(heard(link_lost_ms), steady_now_ms).freshness, Freshness::lost);
    EXPECT_LE(link_stale_ms, 3000);
    EXPECT_TRUE(link_state(heard(3000), steady_now_ms).marked());
    EXPECT_FALSE(link_state(heard(300), steady_now_ms).marked());
}

TEST(Freshness, IsMarkedUntilTheFirstHeartbeat) {
    LinkState const state = link_state(Link{}, steady_now_ms);
    EXPECT_EQ(state.freshness, Freshness::waiting);
    EXPECT_TRUE(state.marked());
    EXPECT_EQ(state.words, "waiting for the daemon");
}

TEST(Freshness, SaysWhenItCatchesUpThoughHeartbeatsCome) {
    Link link = heard(200);
    link.phase = LinkPhase::catching_up;
    link.picture_time = link.daemon_time - seconds(7);
    EXPECT_EQ(link_state(link, steady_now_ms).as_of, link.picture_time);
    EXPECT_EQ(link_state(link, steady_now_ms).words, "catching up");
    EXPECT_TRUE(link_state(link, steady_now_ms).marked());
    link.phase = LinkPhase::following;
    link.clock_trusted = false;
    EXPECT_EQ(link_state(link, steady_now_ms).words, "clock not trusted");
    EXPECT_FALSE(link_state(link, steady_now_ms).marked());
}

TEST(Freshness, KnowsWhenItWillChangeByItself) {
    EXPECT_EQ(link_change_in_ms(heard(300), steady_now_ms), link_late_ms - 300);
    EXPECT_EQ(link_change_in_ms(heard(2500), steady_now_ms), link_stale_ms - 2500);
    EXPECT_EQ(link_change_in_ms(heard(link_lost_ms), steady_now_ms), 0);
    EXPECT_EQ(link_change_in_ms(Link{}, steady_now_ms), 0);
}

TEST(Freshness, CarriesTheDaemonsTimeOnAtItsRate) {
    Link link = heard(2000);
    EXPECT_EQ(daemon_now(link, steady_now_ms, Instant{1}), link.daemon_time + seconds(2));
    link.rate = 60.0;
    EXPECT_EQ(daemon_now(link, steady_now_ms, Instant{1}), link.daemon_time + minutes(2));
    EXPECT_EQ(daemon_now(Link{}, steady_now_ms, Instant{1}), Instant{1});
}

TEST(Freshness, PutsSilentSourcesFirstAndSaysTheirAge) {
    Model const model = tests::silent_source_board();
    auto const ages = source_ages(model, board_now());
    ASSERT_EQ(ages.size(), 2u);
    EXPECT_EQ(ages[0].words, "hub");
    EXPECT_TRUE(ages[0].silent);
    EXPECT_EQ(ages[0].age, "3 h");
    EXPECT_EQ(ages[1].words, "ward");
    EXPECT_FALSE(ages[1].silent);
    EXPECT_EQ(ages[1].age, "4 s");
}

TEST(Freshness, CallsASourceThatNeverSpokeSilentOnlyWhenSomethingIsExpectedOfIt) {
    Model model;
    model.sources["a"].expected_within = minutes(5);
    model.sources["b"].expected_within = {};
    auto const ages = source_ages(model, board_now());
    EXPECT_TRUE(ages[0].silent);
    EXPECT_TRUE(ages[0].never);
    EXPECT_EQ(ages[0].age, "not heard");
    EXPECT_FALSE(ages[1].silent);
}

TEST(Freshness, MarksOnlyValuesWhoseSourceIsSilent) {
    Model const model = tests::silent_source_board();
    EXPECT_TRUE(from_silent_source(model, tests::known("x", "csv-hub"), board_now()));
    EXPECT_FALSE(from_silent_source(model, tests::known("x", "hl7-ward"), board_now()));
    EXPECT_FALSE(from_silent_source(model, tests::known("x", "a person"), board_now()));
    EXPECT_FALSE(from_silent_source(model, Observed{}, board_now()));
}

TEST(Freshness, SaysAgesInTheLargestUnitThatFits) {
    EXPECT_EQ(age_words(seconds(-5)), "0 s");
    EXPECT_EQ(age_words(seconds(59)), "59 s");
    EXPECT_EQ(age_words(seconds(60)), "1 min");
    EXPECT_EQ(age_words(minutes(59)), "59 min");
    EXPECT_EQ(age_words(hours(47)), "47 h");
    EXPECT_EQ(age_words(hours(48)), "2 d");
}

}  // namespace
}  // namespace washup::board
