#pragma once
// The question of every restart: is it the same state as before? Not about how it came to be.

#include <gtest/gtest.h>

#include "tests/support/town/town.hpp"

namespace washup::integration {

// Unless a midnight passed meanwhile, which is a record of its own.
inline void expect_same(Heartbeat const& after, Heartbeat const& before) {
    EXPECT_GE(after.head, before.head);
    if (after.head == before.head) {
        EXPECT_EQ(after.fingerprint, before.fingerprint);
    }
}

}  // namespace washup::integration
