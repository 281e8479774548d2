#include "proto/wire/replica.hpp"

#include <gtest/gtest.h>

#include <map>

#include "tests/unit/proto/wire/replica_driver.hpp"

namespace washup::wire {
namespace {

TEST(Replica, AsksForASnapshotOnlyAfterAHeartbeat) {
    Publisher p;
    Driver d;
    p.change("a");
    EXPECT_FALSE(d.tick(10'000).ask_snapshot);
    EXPECT_EQ(d.replica.state(), ReplicaState::waiting);
    EXPECT_TRUE(d.hear(p.beat()).ask_snapshot);
    EXPECT_EQ(d.replica.state(), ReplicaState::syncing);
    d.hear(p.snapshot());
    EXPECT_TRUE(d.did.reset);
    EXPECT_EQ(d.replica.state(), ReplicaState::live);
    EXPECT_EQ(d.replica.head(), 1u);
    EXPECT_EQ(d.replica.rows().fingerprint(), p.rows.fingerprint());
}

TEST(Replica, AppliesWhatIsAboveTheSnapshot) {
    Publisher p;
    Driver d;
    p.change("a");
    d.hear(p.beat());
    auto const before = p.change("b");
    auto const snapshot = p.snapshot();
    auto const after = p.change("c");
    d.hear(before);
    d.hear(after);
    EXPECT_EQ(d.replica.rows().size(), 0u);
    d.hear(snapshot);
    EXPECT_EQ(d.replica.rows().size(), 3u);
    EXPECT_EQ(d.replica.head(), 3u);
    EXPECT_EQ(d.replica.state(), ReplicaState::syncing);  // until a heartbeat confirms
    d.hear(p.beat());
    EXPECT_EQ(d.replica.state(), ReplicaState::live);
}

TEST(Replica, NamesTheRowsThatChanged) {
    Publisher p;
    Driver d;
    p.change("a");
    d.follow(p);
    using Names = std::vector<std::pair<std::uint32_t, std::string>>;
    EXPECT_EQ(d.hear(p.change("b")).changed, (Names{{14, "b"}}));
    EXPECT_EQ(d.hear(p.drop("a")).changed, (Names{{14, "a"}}));
    EXPECT_EQ(d.hear(p.next()).changed, Names{});  // an empty delta moves the head alone
    EXPECT_EQ(d.replica.head(), p.head);
    d.hear(p.beat());
    EXPECT_EQ(d.replica.state(), ReplicaState::live);
}

TEST(Replica, AppliesAStepOfSeveralPartsAsOne) {
    Publisher p;
    Driver d;
    p.change("a");
    d.follow(p);
    auto parts = p.parts({"a", "b", "c"});
    ASSERT_EQ(parts.size(), 3u);
    EXPECT_FALSE(d.hear(parts[0]).rows_changed());
    EXPECT_FALSE(d.hear(parts[1]).rows_changed());
    EXPECT_EQ(d.replica.head(), 1u);
    EXPECT_EQ(d.hear(parts[2]).changed.size(), 3u);
    EXPECT_EQ(d.replica.head(), 2u);
    d.hear(p.beat());
    EXPECT_EQ(d.replica.state(), ReplicaState::live);
    EXPECT_EQ(d.replica.mismatches(), 0u);
}

TEST(Replica, AppliesAStepOfSeveralPartsThatCameBeforeTheSnapshot) {
    Publisher p;
    Driver d;
    p.change("a");
    d.hear(p.beat());
    auto const snapshot = p.snapshot();
    for (auto const& part : p.parts({"a", "b", "c"})) d.hear(part);
    d.hear(snapshot);
    EXPECT_EQ(d.replica.rows().fingerprint(), p.rows.fingerprint());
    d.hear(p.beat());
    EXPECT_EQ(d.replica.state(), ReplicaState::live);
}

TEST(Replica, SeesAPartThatIsMissing) {
    Publisher p;
    Driver d;
    d.follow(p);
    auto const middle = p.parts({"a", "b", "c"});
    d.hear(middle[0]);
    EXPECT_TRUE(d.hear(middle[2]).ask_snapshot);
    d.hear(p.snapshot());
    d.hear(p.beat());
    ASSERT_EQ(d.replica.state(), ReplicaState::live);
    auto const last = p.parts({"a", "b"});
    d.hear(last[0]);
    EXPECT_TRUE(d.hear(p.change("d")).ask_snapshot);
}

TEST(Replica, HoldsAtMostStepBytesMax) {
    Publisher p;
    Driver d;
    d.follow(p);
    auto part = p.change("a");
    part.set_more(true);
    part.mutable_rows(0)->mutable_source()->set_words(std::string(step_bytes_max / 8, 'x'));
    for (std::uint32_t i = 0; i < 8; ++i) {
        part.set_part(i);
        EXPECT_EQ(d.hear(part).ask_snapshot, i == 7);
    }
}

TEST(Replica, SeesAHoleAndKeepsTheRowsMeanwhile) {
    Publisher p;
    Driver d;
    p.change("a");
    d.follow(p);
    p.change("lost");
    auto const late = p.change("b");
    EXPECT_TRUE(d.hear(late).ask_snapshot);
    EXPECT_EQ(d.replica.state(), ReplicaState::resyncing);
    EXPECT_EQ(d.replica.rows().size(), 1u);
    d.hear(p.snapshot());
    EXPECT_EQ(d.replica.rows().size(), 3u);
    d.hear(p.beat());
    EXPECT_EQ(d.replica.state(), ReplicaState::live);
}

TEST(Replica, SeesALostTailByTheHeartbeat) {
    Publisher p;
    Driver d;
    d.follow(p);
    p.change("lost");
    EXPECT_TRUE(d.hear(p.beat()).ask_snapshot);
    EXPECT_EQ(d.replica.state(), ReplicaState::resyncing);
}

TEST(Replica, SeesAWrongRowByTheFingerprint) {
    Publisher p;
    Driver d;
    p.change("a");
    d.follow(p);
    auto forged = p.change("a");
    forged.mutable_rows(0)->mutable_source()->set_accepted(1);
    d.hear(forged);
    EXPECT_TRUE(d.hear(p.beat()).ask_snapshot);
    EXPECT_EQ(d.replica.mismatches(), 1u);
    d.hear(p.snapshot());
    EXPECT_EQ(d.replica.state(), ReplicaState::live);
}

TEST(Replica, TakesASnapshotAtOtherEpochEvenWithALowerHead) {
    Publisher p;
    Driver d;
    for (int i = 0; i < 9; ++i) p.change("a");
    d.follow(p);
    Publisher restored;
    restored.epoch = "e2";
    restored.change("z");
    EXPECT_TRUE(d.hear(restored.beat()).ask_snapshot);
    EXPECT_EQ(d.replica.state(), ReplicaState::resyncing);
    d.hear(p.snapshot());  // of the old epoch: too late
    EXPECT_EQ(d.replica.epoch(), "e1");
    d.hear(restored.snapshot());
    EXPECT_EQ(d.replica.epoch(), "e2");
    EXPECT_EQ(d.replica.state(), ReplicaState::live);
}

TEST(Replica, IsLostAfterThreeSecondsAndLiveAgainWithoutASnapshotWhenNothingWasMissed) {
    Publisher p;
    Driver d;
    p.change("a");
    d.follow(p);
    d.tick(2999);
    EXPECT_EQ(d.replica.state(), ReplicaState::live);
    EXPECT_TRUE(d.tick(1).state_changed);
    EXPECT_EQ(d.replica.state(), ReplicaState::lost);
    EXPECT_EQ(d.replica.rows().size(), 1u);
    EXPECT_FALSE(d.hear(p.beat()).ask_snapshot);
    EXPECT_EQ(d.replica.state(), ReplicaState::resyncing) << "one heartbeat may be of before";
    EXPECT_FALSE(d.tick(1000).ask_snapshot);
    EXPECT_FALSE(d.hear(p.beat()).ask_snapshot);
    EXPECT_EQ(d.replica.state(), ReplicaState::live);
}

// Seed 371 of the simulator: a line stood still for half a minute and then gave what it held, all
// at once, while the daemon's machine slept. The board looked live with a picture of before.
TEST(Replica, IsNotMadeLiveByHeartbeatsThatALineHeldBackAndGivesAllAtOnce) {
    Publisher p;
    Driver d;
    p.change("a");
    d.follow(p);
    d.tick(30'000);
    ASSERT_EQ(d.replica.state(), ReplicaState::lost);
    for (int held = 0; held < 5; ++held) {
        d.hear(p.beat());
        EXPECT_EQ(d.replica.state(), ReplicaState::resyncing);
    }
    d.tick(3'000);
    EXPECT_EQ(d.replica.state(), ReplicaState::lost);
    // Those of a daemon that is there come one after the other.
    d.hear(p.beat());
    d.tick(static_cast<int>(ReplicaOptions{}.believed_after.ms));
    d.hear(p.beat());
    EXPECT_EQ(d.replica.state(), ReplicaState::live);
}

TEST(Replica, AsksNobodyWhileTheLinkIsLost) {
    Publisher p;
    Driver d;
    d.hear(p.beat());
    for (int i = 0; i < 100; ++i) EXPECT_FALSE(d.tick(1000).ask_snapshot && i > 3);
    EXPECT_EQ(d.replica.state(), ReplicaState::lost);
    EXPECT_EQ(d.replica.snapshots_asked(), 1u);
}

TEST(Replica, AsksAgainLessAndLessOften) {
    Publisher p;
    Driver d;
    d.hear(p.beat());
    for (int s = 0; s < 600; ++s) {
        d.tick(1000);
        d.hear(p.beat());
    }
    // At the end of the road: ask_again_max apart at most, and half of that at least, after the
    // time-out of each.
    ReplicaOptions const options;
    auto const longest = (options.ask_again_max + options.chunk_timeout).ms / 1000 + 1;
    auto const shortest = (options.ask_again_max.ms / 2 + options.chunk_timeout.ms) / 1000;
    EXPECT_GE(d.replica.snapshots_asked(), static_cast<std::uint64_t>(600 / longest));
    EXPECT_LE(d.replica.snapshots_asked(), static_cast<std::uint64_t>(600 / shortest + 5));
}

TEST(Replica, SpreadsItsFirstQuestion) {
    Publisher p;
    std::map<std::int64_t, int> asked_at;
    for (std::uint64_t seed = 0; seed < 50; ++seed) {
        Replica replica({}, Prng(seed));
        ReplicaActions did;
        auto const beat = p.beat();
        replica.step(&beat, {1000}, did);
        ++asked_at[replica.next_due().ms];
        EXPECT_LE(replica.next_due().ms, 1250);
    }
    EXPECT_GT(asked_at.size(), 20u);
}

TEST(Replica, WaitsAndAsksAgainWhenAChunkIsMissing) {
    Publisher p;
    for (int i = 0; i < 9; ++i) p.change(std::to_string(i));
    Driver d;
    d.hear(p.beat());
    auto const chunks = p.snapshot();
    ASSERT_EQ(chunks.size(), 3u);
    d.hear(chunks[0]);
    d.hear(chunks[2]);
    EXPECT_FALSE(d.replica.complete());
    bool asked = false;
    for (int i = 0; i < 8; ++i) {
        asked = asked || d.tick(1000).ask_snapshot;
        asked = asked || d.hear(p.beat()).ask_snapshot;
    }
    EXPECT_TRUE(asked);
    d.hear(chunks);
    EXPECT_EQ(d.replica.state(), ReplicaState::live);
}

TEST(Replica, SaysWhyTheDaemonRefused) {
    Publisher p;
    Driver d;
    d.hear(p.beat());
    v1::SnapshotChunk refusal;
    refusal.set_view(v1::VIEW_TIER_1);
    refusal.set_refused("tier 3 only on this machine");
    EXPECT_TRUE(d.hear(refusal).state_changed);
    EXPECT_EQ(d.replica.refused_words(), "tier 3 only on this machine");
    EXPECT_FALSE(d.did.ask_snapshot);
}

TEST(Replica, HoldsAtMostPendingDeltasMax) {
    Publisher p;
    Driver d;
    d.hear(p.beat());
    for (std::size_t i = 0; i < pending_deltas_max + 10; ++i) d.hear(p.change("a"));
    EXPECT_EQ(d.replica.pending(), pending_deltas_max);
    v1::SnapshotChunk empty;
    empty.set_epoch("e1");
    empty.set_view(v1::VIEW_TIER_1);
    empty.set_last(true);
    d.hear(empty);  // at 0: the first ten deltas are missing
    EXPECT_EQ(d.replica.head(), 0u);
    EXPECT_NE(d.replica.state(), ReplicaState::live);
    EXPECT_TRUE(d.tick(1000).ask_snapshot);
    d.hear(p.snapshot());
    EXPECT_EQ(d.replica.head(), p.head);
}

TEST(Replica, HoldsAtMostPendingBytesMax) {
    Publisher p;
    Driver d;
    d.hear(p.beat());
    auto big = p.change("a");
    big.mutable_rows(0)->mutable_source()->set_words(std::string(pending_bytes_max / 10, 'x'));
    for (int i = 0; i < 20; ++i) d.hear(big);
    EXPECT_EQ(d.replica.pending(), 9u);
}

TEST(Replica, DoesNotGoBackToAnOlderSnapshot) {
    Publisher p;
    Driver d;
    p.change("a");
    auto const old = p.snapshot();
    for (int i = 0; i < 5; ++i) p.change("b");
    d.follow(p);
    p.change("lost");
    d.hear(p.change("c"));
    d.hear(old);
    EXPECT_EQ(d.replica.head(), 6u);
}

TEST(Replica, ResyncsWhenTheDaemonStaysBehind) {
    Publisher p;
    Driver d;
    p.change("a");
    auto const old = p.beat();
    p.change("b");
    d.follow(p);
    for (int i = 0; i < ReplicaOptions{}.behind_max; ++i) {
        EXPECT_FALSE(d.hear(old).ask_snapshot);
    }
    EXPECT_TRUE(d.hear(old).ask_snapshot);
}

TEST(Replica, LeavesOtherViewsAlone) {
    Publisher p;
    Driver d;
    auto beat = p.beat();
    beat.set_view(v1::VIEW_TIER_3);
    d.hear(beat);
    EXPECT_EQ(d.replica.state(), ReplicaState::waiting);
    beat = p.beat();
    beat.set_fingerprint("short");
    d.hear(beat);
    EXPECT_EQ(d.replica.state(), ReplicaState::waiting);
}

}  // namespace
}  // namespace washup::wire
