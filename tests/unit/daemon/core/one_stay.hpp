#pragma once
// One person in a bed and one member of staff, for tests of what people may do about a stay.

#include <gtest/gtest.h>

#include <string>

#include "tests/support/core/ward.hpp"

namespace washup::tests {

struct OneStay : testing::Test {
    Ward ward;
    void SetUp() override {
        ward.receive(a01("V1", "M1", "2026-11-02T09:00"));
        core::Command add;
        add.what = core::AddStaff{"posei", "Peter Osei", "social worker", "north"};
        ASSERT_TRUE(ward.command(add));
    }
    Result<core::Outcome> act(auto what) {
        auto command = command_for("V1");
        command.what = std::move(what);
        return ward.command(command);
    }
    std::string refused_field(auto what) {
        auto const answer = act(std::move(what));
        return answer ? "accepted" : answer.error().field;
    }
};

}  // namespace washup::tests
