#include "adapters/common/spool.hpp"

#include <gtest/gtest.h>

namespace washup::adapters {
namespace {

// Drives the machine as an adapter does: room is taken, then the record stands in the store.
class SpoolTest : public ::testing::Test {
  protected:
    void make(SpoolOptions options = {}, std::vector<WaitingRecord> const& left = {}) {
        spool_.emplace(options, left, now_);
    }
    SpoolActions step(SpoolInput const& input) {
        SpoolActions actions;
        spool_->step(input, now_, actions);
        return actions;
    }
    SpoolActions keep(std::uint64_t sequence, std::uint64_t bytes = 100) {
        step(SpoolReserved{bytes});
        return step(SpoolKept{{sequence, bytes, at(sequence)}});
    }
    SpoolActions later(Duration time) {
        now_ = now_ + time;
        return step(SpoolTick{});
    }
    static Instant at(std::uint64_t sequence) {
        return Instant{london_time(make_date(2026, 11, 22), 9, 0).ms} +
               minutes(static_cast<std::int64_t>(sequence));
    }

    SteadyInstant now_{5'000'000};
    std::optional<Spool> spool_;
};

TEST_F(SpoolTest, LeavesTheAcknowledgementToTheDaemonWhileItAnswersInTime) {
    make();
    for (std::uint64_t n = 1; n <= 100; ++n) {
        EXPECT_EQ(keep(n).acknowledge, 0u);
        EXPECT_EQ(later(milliseconds(1900)).acknowledge, 0u);
        EXPECT_EQ(step(SpoolAnswered{n}).acknowledge, 0u);
    }
    EXPECT_FALSE(spool_->spooling());
    EXPECT_EQ(spool_->state().waiting, 0u);
    EXPECT_EQ(spool_->next_due(), std::nullopt);
}

TEST_F(SpoolTest, AcknowledgesWhatItHoldsWhenNoAnswerHasComeForTheConfiguredTime) {
    make({.after = seconds(3)});
    keep(1);
    later(seconds(1));
    keep(2);
    EXPECT_EQ(spool_->next_due(), now_ + seconds(2));
    EXPECT_FALSE(later(milliseconds(1999)).began);
    EXPECT_FALSE(spool_->may_acknowledge(1));
    auto const told = later(milliseconds(1));
    EXPECT_TRUE(told.began);
    EXPECT_EQ(told.acknowledge, 2u) << "the second stands in the store just as well";
    EXPECT_TRUE(spool_->may_acknowledge(2));
    EXPECT_FALSE(spool_->may_acknowledge(3));
}

TEST_F(SpoolTest, AcknowledgesAtOnceWhileItSpools) {
    make();
    keep(1);
    later(seconds(2));
    EXPECT_EQ(keep(2).acknowledge, 2u);
    EXPECT_EQ(keep(3).acknowledge, 3u);
    auto const state = spool_->state();
    EXPECT_TRUE(state.spooling);
    EXPECT_EQ(state.since, at(1));
    EXPECT_EQ(state.oldest, at(1));
    EXPECT_EQ(state.waiting, 3u);
    EXPECT_EQ(state.bytes, 300u);
    EXPECT_EQ(state.acknowledged, 3u);
}

TEST_F(SpoolTest, GoesOnSpoolingUntilTheDaemonHasCaughtUp) {
    make();
    for (std::uint64_t n = 1; n <= 10; ++n) keep(n);
    later(seconds(60));
    keep(11);
    EXPECT_FALSE(step(SpoolAnswered{5}).ended) << "the sixth is a minute old";
    EXPECT_EQ(spool_->state().oldest, at(6));
    later(milliseconds(900));
    EXPECT_TRUE(step(SpoolAnswered{10}).ended);
    EXPECT_EQ(keep(12).acknowledge, 0u);
    EXPECT_FALSE(spool_->may_acknowledge(12));
}

TEST_F(SpoolTest, DoesNotFlickerWithADaemonThatAnswersJustInTime) {
    make();
    keep(1);
    EXPECT_TRUE(later(seconds(2)).began);
    keep(2);
    later(milliseconds(1500));
    EXPECT_FALSE(step(SpoolAnswered{1}).ended) << "the second waits for more than half the time";
    EXPECT_TRUE(step(SpoolAnswered{2}).ended);
}

TEST_F(SpoolTest, BeginsAgainWhenTheDaemonFallsSilentAgain) {
    make();
    keep(1);
    later(seconds(2));
    EXPECT_TRUE(step(SpoolAnswered{1}).ended);
    keep(2);
    auto const told = later(seconds(2));
    EXPECT_TRUE(told.began);
    EXPECT_EQ(told.acknowledge, 2u);
    EXPECT_EQ(spool_->state().since, at(2));
    EXPECT_EQ(spool_->state().acknowledged, 1u);
}

TEST_F(SpoolTest, TakesUpWhatAnEarlierRunLeft) {
    make({}, {{7, 50, at(7)}, {8, 60, at(8)}});
    EXPECT_EQ(spool_->state().waiting, 2u);
    EXPECT_EQ(spool_->state().bytes, 110u);
    EXPECT_EQ(spool_->state().oldest, at(7));
    EXPECT_TRUE(later(seconds(2)).began) << "the daemon is not there for us either";
    EXPECT_EQ(keep(9).acknowledge, 9u);
    EXPECT_TRUE(step(SpoolAnswered{9}).ended);
    EXPECT_EQ(spool_->state().bytes, 0u);
}

// Found by the simulator: a welcome freed the room of records whose answers never came, the program
// took more, and its next run found more on its disk than records_max.
TEST_F(SpoolTest, HoldsTheRoomOfARecordUntilItsAnswerStandsInTheStore) {
    make({.records_max = 2});
    keep(1, 50);
    keep(2, 60);
    step(SpoolAnswered{2});
    EXPECT_EQ(spool_->state().waiting, 0u) << "the daemon holds them";
    EXPECT_EQ(spool_->state().bytes, 0u);
    EXPECT_FALSE(spool_->room(1)) << "a run that started now would find them unanswered";
    EXPECT_EQ(spool_->held(), 2u);
    step(SpoolNoted{1});
    EXPECT_TRUE(spool_->room(1));
    EXPECT_FALSE(spool_->room(1, 2));
    step(SpoolNoted{2});
    EXPECT_TRUE(spool_->room(1, 2));
    EXPECT_EQ(spool_->held(), 0u);
}

TEST_F(SpoolTest, TakesNothingWhileMoreIsLeftThanItMayHold) {
    make({.records_max = 2}, {{7, 50, at(7)}, {8, 60, at(8)}, {9, 70, at(9)}});
    EXPECT_FALSE(spool_->room(1)) << "an earlier run was allowed more";
    EXPECT_TRUE(spool_->state().full);
    step(SpoolNoted{8});
    EXPECT_TRUE(spool_->room(1));
    EXPECT_EQ(spool_->state().waiting, 1u);
    EXPECT_EQ(spool_->state().bytes, 70u);
}

TEST_F(SpoolTest, CountsAnAnswerThatStandsInTheStoreAsHeard) {
    make();
    keep(1);
    keep(2);
    EXPECT_TRUE(later(seconds(2)).began);
    EXPECT_TRUE(step(SpoolNoted{2}).ended);
    keep(3);
    EXPECT_EQ(spool_->state().waiting, 1u);
    EXPECT_EQ(spool_->next_due(), now_ + seconds(2));
}

TEST_F(SpoolTest, HoldsNoMoreRecordsThanItsBound) {
    make();
    for (std::uint64_t n = 1; n < spool_records_max; ++n) keep(n, 1);
    EXPECT_TRUE(spool_->room(1));
    keep(spool_records_max, 1);
    EXPECT_FALSE(spool_->room(1));
    EXPECT_TRUE(spool_->state().full);
    EXPECT_EQ(spool_->state().waiting, spool_records_max);
    step(SpoolNoted{1});
    EXPECT_TRUE(spool_->room(1));
}

TEST_F(SpoolTest, HoldsNoMoreOctetsThanItsBound) {
    make();
    step(SpoolReserved{spool_bytes_max - 10});
    EXPECT_TRUE(spool_->room(10));
    EXPECT_FALSE(spool_->room(11)) << "what is on its way into the store counts";
    step(SpoolReleased{spool_bytes_max - 10});
    EXPECT_TRUE(spool_->room(spool_bytes_max));
    EXPECT_FALSE(spool_->room(spool_bytes_max + 1));
}

TEST_F(SpoolTest, CountsRoomThatIsTakenAsRecordsToo) {
    make({.records_max = 2});
    step(SpoolReserved{1});
    keep(1);
    EXPECT_FALSE(spool_->room(1));
    step(SpoolReleased{1});
    EXPECT_TRUE(spool_->room(1));
}

TEST_F(SpoolTest, NeverAcknowledgesWhenItMayNot) {
    make({.after = std::nullopt});
    keep(1);
    EXPECT_EQ(later(hours(9)).acknowledge, 0u);
    EXPECT_FALSE(spool_->may_acknowledge(1));
    EXPECT_EQ(spool_->next_due(), std::nullopt);
}

TEST_F(SpoolTest, SaysWhatItDoes) {
    make({.records_max = 2});
    EXPECT_EQ(to_words(spool_->state()), "following the daemon, 0 wait");
    keep(4);
    EXPECT_EQ(to_words(spool_->state()),
              "following the daemon, 1 wait, the oldest from 22 Nov 09:04");
    later(seconds(2));
    keep(5);
    EXPECT_EQ(to_words(spool_->state()),
              "spooling since 22 Nov 09:04, 2 wait, the oldest from 22 Nov 09:04, full: nothing "
              "more is taken");
}

}  // namespace
}  // namespace washup::adapters
