#pragma once
// One person in a bed and one member of staff, for tests of what people may do about a stay.

#include <gtest/gtest.h>

#include <string>

#include "tests/support/core/ward.hpp"

namespace washup::tests {

// The hub's list has a row about this person: a blocker, an action.
Message tells(auto seen, std::string when) {
    Message message{"row", std::move(when)};
    message.source("hub").person("M1").observation.kind = std::move(seen);
    return message;
}

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
