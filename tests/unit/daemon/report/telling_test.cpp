// What sums tell of the numbers that are left out of them.

#include "daemon/report/telling.hpp"

#include <gtest/gtest.h>

namespace washup::report {
namespace {

using Told = std::set<Unknown>;
constexpr Unknown a = 0, b = 1, c = 2;

TEST(Telling, SolvesEquationsForWhatTheyDetermine) {
    EXPECT_EQ(told_by({{{{a, 1}}, 3}}), Told{a});
    EXPECT_EQ(told_by({{{{a, 1}, {b, 1}}, 5}}), Told{});
    EXPECT_EQ(told_by({{{{a, 1}, {b, 1}}, 10}, {{{a, 1}, {b, -1}}, 4}}), (Told{a, b}));
    EXPECT_EQ(told_by({{{{a, 1}, {b, 1}}, 10}, {{{a, 1}, {b, 1}, {c, -1}}, 4}}), Told{c});
    EXPECT_EQ(told_by({{{{a, 1}, {b, 1}}, 10}, {{{a, 1}, {b, 1}}, 10}}), Told{})
        << "the same sum twice tells no more";
}

TEST(Telling, KnowsThatNoCountIsBelowNought) {
    EXPECT_EQ(told_by({{{{a, 1}, {b, 1}}, 0}}), (Told{a, b}));
    EXPECT_EQ(told_by({{{{a, 1}, {b, 1}}, 1}, {{{b, 1}, {c, 1}}, 0}}), (Told{a, b, c}));
    EXPECT_EQ(told_by({{{{a, 1}, {b, -1}}, 3}}), Told{}) << "a whole and its part have no end";
    EXPECT_EQ(told_by({{{{a, 1}, {b, -1}}, -3}, {{{b, 1}}, 3}}), (Told{a, b}));
}

}  // namespace
}  // namespace washup::report
