#pragma once
// How a property is run here: a fixed seed, so that a red run is red again, and ten times as many
// cases under WASHUP_LONG=1. Rapidcheck chooses the numbers; what happens on the wards follows from
// them alone.

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include "tests/support/daemon/desk.hpp"
#include "tests/support/daemon/story.hpp"
#include "tests/support/long_run.hpp"

namespace washup::tests {

template <class Property>
void hold(char const* words, Property property) {
    rc::detail::TestParams params;
    params.seed = 20'261'122;
    params.maxSuccess = static_cast<int>(test_support::long_count(1000));
    rc::detail::TestMetadata metadata;
    metadata.id = words;
    metadata.description = words;
    auto const result = rc::detail::checkTestable(property, metadata, params);
    std::ostringstream told;
    rc::detail::printResultMessage(result, told);
    EXPECT_TRUE(result.template is<rc::detail::SuccessResult>()) << words << '\n' << told.str();
}

// A daemon on which `steps` of the story happened, over about `steps` / 4 hours; every now and then
// its site file changes.
void live_through(Desk& desk, std::uint64_t seed, int steps);

}  // namespace washup::tests
