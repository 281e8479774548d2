// The simulated network does what ZeroMQ over TCP does, and no more.

#include "tests/sim/network.hpp"

#include <algorithm>

#include <gtest/gtest.h>

#include "tests/sim/checkers/objections.hpp"

namespace washup::sim {
namespace {

TEST(Network, KeepsOrderOnAWayThroughDelayAndHold) {
    Network network{Prng{1}};
    network.set_delay_ms_max(400);
    auto const way = network.new_way();
    std::vector<int> arrived;
    for (int i = 0; i < 50; ++i) {
        network.send(way, [&arrived, i] { arrived.push_back(i); });
        network.run(network.now() + milliseconds(20));
        if (i == 20) network.hold(way, seconds(3));
    }
    EXPECT_LT(arrived.size(), 22U) << "held";
    network.run(network.now() + seconds(4));
    ASSERT_EQ(arrived.size(), 50U);
    EXPECT_TRUE(std::is_sorted(arrived.begin(), arrived.end()));
}

TEST(Network, LosesWhatIsUnderWayWhenAConnectionBreaks) {
    Network network{Prng{1}};
    auto const way = network.new_way(), other = network.new_way();
    int lost = 0, kept = 0;
    network.send(way, [&] { ++lost; });
    network.send(other, [&] { ++kept; });
    network.cut(way);
    network.send(way, [&] { ++kept; });
    network.run(network.now() + seconds(1));
    EXPECT_EQ(lost, 0);
    EXPECT_EQ(kept, 2);
}

TEST(Network, DropsOnAFeedWhatIsAboveItsBound) {
    Network network{Prng{1}};
    auto const way = network.new_way();
    network.hold(way, seconds(10));
    std::size_t arrived = 0;
    for (std::size_t i = 0; i < feed_queue_max; ++i) {
        EXPECT_TRUE(network.send_lossy(way, 0, [&] { ++arrived; }));
    }
    EXPECT_FALSE(network.send_lossy(way, 0, [&] { ++arrived; }));
    network.run(network.now() + seconds(11));
    EXPECT_EQ(arrived, feed_queue_max);
    EXPECT_FALSE(network.send_lossy(way, 1'000, [&] { ++arrived; }));
}

TEST(Objections, AreNoMoreThanOneReads) {
    Objections objections;
    for (std::size_t i = 0; i < objections_max + 5; ++i) objections.add("order", "again");
    EXPECT_EQ(objections.all().size(), objections_max);
}

}  // namespace
}  // namespace washup::sim
