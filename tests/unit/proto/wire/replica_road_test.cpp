#include <gtest/gtest.h>

#include <deque>
#include <map>

#include "tests/support/long_run.hpp"
#include "tests/unit/proto/wire/replica_driver.hpp"

namespace washup::wire {
namespace {

// A daemon, a follower, and between them a road that loses frames, and chance that restores the
// daemon's journal from a copy. After each thing that happens: `live` is never said of wrong rows.
struct Road {
    explicit Road(std::uint64_t seed) : prng(seed) { note(); }

    void note() { truth[{p.epoch, p.head}] = p.rows.fingerprint(); }
    bool lost(std::uint64_t permille) { return !good && prng.chance(permille); }

    void check() {
        if (d.did.ask_snapshot && !lost(200)) {
            for (auto const& chunk : p.snapshot()) {
                if (!lost(100)) control.push_back(chunk);
            }
        }
        if (d.replica.state() != ReplicaState::live) return;
        auto const now = truth.find({d.replica.epoch(), d.replica.head()});
        ASSERT_NE(now, truth.end());
        ASSERT_EQ(now->second, d.replica.rows().fingerprint());
    }

    template <class Message>
    void hear(Message const& message) {
        d.hear(message);
        check();
    }

    void change() {
        auto const id = std::to_string(prng.below(12));
        std::vector<v1::Delta> step;
        if (prng.chance(150)) {
            step = p.parts({id, "x", "y"});
        } else {
            step.push_back(prng.chance(200) ? p.drop(id) : p.change(id));
        }
        note();
        for (auto const& delta : step) {
            if (!lost(100)) hear(delta);
        }
    }

    void restore() {  // another epoch, fewer records
        p.epoch = "restored " + std::to_string(++restores);
        p.head = p.head / 2;
        p.rows.clear();
        p.change("again");
        note();
    }

    void turn() {
        d.tick(prng.between(0, 200));
        check();
        if (prng.chance(good ? 100 : 500)) change();
        if (d.ms >= next_beat) {
            next_beat = d.ms + 1000;
            if (!lost(200)) hear(p.beat());
        }
        for (auto n = prng.below(3); n > 0 && !control.empty(); --n) {
            hear(control.front());
            control.pop_front();
        }
        if (lost(5)) restore();
    }

    void settle() {
        good = true;
        for (int i = 0; i < 60 && d.replica.state() != ReplicaState::live; ++i) {
            hear(p.beat());
            d.tick(500);
            check();
            for (; !control.empty(); control.pop_front()) hear(control.front());
        }
    }

    Prng prng;
    Publisher p;
    Driver d{ReplicaOptions{}};
    std::deque<v1::SnapshotChunk> control;
    std::map<std::pair<std::string, std::uint64_t>, Fingerprint> truth;
    std::int64_t next_beat = 0;
    int restores = 0;
    bool good = false;
};

TEST(Replica, IsNeverLiveWithWrongRowsOnABadRoad) {
    for (std::uint64_t seed = 1; seed <= test_support::long_count(1500); ++seed) {
        SCOPED_TRACE(seed);
        Road road(seed);
        bool ever_live = false;
        for (int turn = 0; turn < 1500 && !HasFatalFailure(); ++turn) {
            road.good = turn > 1000;
            road.turn();
            ever_live = ever_live || road.d.replica.state() == ReplicaState::live;
        }
        road.settle();
        ASSERT_EQ(road.d.replica.state(), ReplicaState::live);
        ASSERT_EQ(road.d.replica.rows().fingerprint(), road.p.rows.fingerprint());
        ASSERT_TRUE(ever_live);
        if (HasFatalFailure()) return;
    }
}

}  // namespace
}  // namespace washup::wire
