#include <gtest/gtest.h>

#include <deque>
#include <map>

#include "tests/support/long_run.hpp"
#include "tests/unit/proto/wire/replica_driver.hpp"

namespace washup::wire {
namespace {

// Whatever is lost, late or restarted on the way: `live` is never said of wrong rows, and once the
// road is good again every follower is live.
TEST(Replica, IsNeverLiveWithWrongRowsOnABadRoad) {
    for (std::uint64_t seed = 1; seed <= test_support::long_count(1500); ++seed) {
        Prng prng(seed);
        Publisher p;
        Driver d{ReplicaOptions{}};
        std::deque<v1::SnapshotChunk> control;
        std::map<std::pair<std::string, std::uint64_t>, Fingerprint> truth;
        auto const note = [&] { truth[{p.epoch, p.head}] = p.rows.fingerprint(); };
        note();
        std::int64_t next_beat = d.ms;
        bool good_road = false;
        auto const check = [&] {
            if (d.did.ask_snapshot && !(!good_road && prng.chance(200))) {
                for (auto const& chunk : p.snapshot()) {
                    if (good_road || !prng.chance(100)) control.push_back(chunk);
                }
            }
            if (d.replica.state() == ReplicaState::live) {
                auto const now = truth.find({d.replica.epoch(), d.replica.head()});
                ASSERT_NE(now, truth.end());
                ASSERT_EQ(now->second, d.replica.rows().fingerprint()) << "seed " << seed;
            }
        };
        for (int turn = 0; turn < 1500; ++turn) {
            good_road = turn > 1000;
            d.tick(prng.between(0, 200));
            check();
            if (prng.chance(good_road ? 100 : 500)) {
                auto const id = std::to_string(prng.below(12));
                std::vector<v1::Delta> step;
                if (prng.chance(150)) {
                    step = p.parts({id, "x", "y"});
                } else {
                    step.push_back(prng.chance(200) ? p.drop(id) : p.change(id));
                }
                note();
                for (auto const& delta : step) {
                    if (!good_road && prng.chance(100)) continue;
                    d.hear(delta);
                    check();
                }
                check();
            }
            if (d.ms >= next_beat) {
                next_beat = d.ms + 1000;
                if (good_road || !prng.chance(200)) d.hear(p.beat());
                check();
            }
            for (auto n = prng.below(3); n > 0 && !control.empty(); --n) {
                d.hear(control.front());
                control.pop_front();
                check();
            }
            if (!good_road &&
                prng.chance(5)) {  // restored from a copy: another epoch, fewer records
                p.epoch = "r" + std::to_string(turn);
                p.head = p.head / 2;
                p.rows.clear();
                p.change("again");
                note();
            }
            if (::testing::Test::HasFatalFailure()) return;
        }
        d.hear(p.beat());
        for (int i = 0; i < 60 && d.replica.state() != ReplicaState::live; ++i) {
            d.tick(500);
            check();
            for (; !control.empty(); control.pop_front()) d.hear(control.front());
            d.hear(p.beat());
            check();
        }
        ASSERT_EQ(d.replica.state(), ReplicaState::live) << "seed " << seed;
        ASSERT_EQ(d.replica.rows().fingerprint(), p.rows.fingerprint());
    }
}

}  // namespace
}  // namespace washup::wire
