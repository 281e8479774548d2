// Actions that a source tells again: product.md section 3, "Late and repeated facts".

#include <gtest/gtest.h>

#include "daemon/core/decider.hpp"
#include "tests/unit/daemon/core/one_stay.hpp"

namespace washup::tests {
namespace {

struct RetoldAction : OneStay {
    core::Action const& held() { return ward.stay("V1")->actions.at(0); }
};

core::ActionSeen row(std::string deadline, std::string owner = "posei", std::string state = "") {
    core::ActionSeen seen;
    seen.text = "hoist";
    seen.reference = "a1";
    seen.owner = std::move(owner);
    seen.state = std::move(state);
    seen.deadline = at(deadline);
    return seen;
}

TEST_F(RetoldAction, AnOlderRowOfAnActionThatComesLateMovesNothing) {
    ward.receive(tells(row("2026-11-05"), "2026-11-02T10:00"));
    ward.receive(tells(row("2026-11-06"), "2026-11-02T12:00"));
    ward.receive(tells(row("2026-11-05"), "2026-11-02T11:00"));
    EXPECT_EQ(held().deadline, core::deadline_of(at("2026-11-06"))) << "told before the move";
    ward.receive(tells(row("2026-11-06"), "2026-11-02T14:00"));
    ward.receive(tells(row("2026-11-09"), "2026-11-02T13:00"));
    EXPECT_EQ(held().deadline, core::deadline_of(at("2026-11-06"))) << "it was said again since";
    EXPECT_EQ(held().moved, 1u);
    ward.receive(tells(row("2026-11-06", "posei", "done"), "2026-11-02T09:00"));
    EXPECT_EQ(held().state, core::ActionState::open);
}

TEST_F(RetoldAction, WhatASourceRepeatsOfAnActionDoesNotOverwriteWhatPeopleSaid) {
    ward.receive(tells(row("2026-11-05"), "2026-11-02T10:00"));
    ward.wait_until("2026-11-02T11:00");
    ASSERT_TRUE(act(core::MoveDeadline{held().id, at("2026-11-09"), "the van is late"}));
    auto const repeated = ward.records().size();
    ward.receive(tells(row("2026-11-05"), "2026-11-03T10:00"));
    EXPECT_EQ(held().deadline, core::deadline_of(at("2026-11-09")));
    ASSERT_EQ(ward.records()[repeated].events.size(), 1u);
    EXPECT_TRUE(std::holds_alternative<core::ActionConfirmed>(ward.records()[repeated].events[0]));
    ward.receive(tells(row("2026-11-06"), "2026-11-03T12:00"));
    EXPECT_EQ(held().deadline, core::deadline_of(at("2026-11-06"))) << "that is new";
    ASSERT_TRUE(act(core::FinishAction{held().id, "done", ""}));
    ward.receive(tells(row("2026-11-06"), "2026-11-04T10:00"));
    EXPECT_EQ(held().state, core::ActionState::done) << "the source never said otherwise";
}

TEST_F(RetoldAction, WhatItSaysAnewOfOnePartOverwritesNoOther) {
    ward.receive(tells(row("2026-11-05", "posei", "open"), "2026-11-02T10:00"));
    ward.wait_until("2026-11-02T11:00");
    ASSERT_TRUE(act(core::MoveDeadline{held().id, at("2026-11-09"), "the van is late"}));
    ward.receive(tells(row("2026-11-05", "posei", "done"), "2026-11-03T10:00"));
    ward.receive(tells(row("2026-11-05", "posei", "open"), "2026-11-03T11:00"));
    EXPECT_EQ(held().state, core::ActionState::open);
    EXPECT_EQ(held().deadline, core::deadline_of(at("2026-11-09"))) << "people's, still";
    ward.receive(tells(row("2026-11-06", "posei", "open"), "2026-11-03T12:00"));
    EXPECT_EQ(held().deadline, core::deadline_of(at("2026-11-06"))) << "that is new";
}

TEST_F(RetoldAction, ASourceTakesBackWhatItSaidItselfOfAnAction) {
    ward.receive(tells(row("2026-11-05"), "2026-11-02T10:00"));
    ward.receive(tells(row("2026-11-05", "posei", "done"), "2026-11-03T10:00"));
    ASSERT_EQ(held().state, core::ActionState::done);
    ward.receive(tells(row("2026-11-05"), "2026-11-04T09:00"));
    EXPECT_EQ(held().state, core::ActionState::done) << "it says nothing of the state";
    ward.receive(tells(row("2026-11-05", "posei", "open"), "2026-11-04T10:00"));
    EXPECT_EQ(held().state, core::ActionState::open);
    ward.wait_until("2026-11-05T17:00");
    EXPECT_TRUE(held().overdue) << "its deadline counts again";
}

TEST_F(RetoldAction, ItsLatestWordsStandAlsoWhenItIsFinished) {
    auto in_words = [](std::string text, std::string state = "") {
        auto seen = row("2026-11-05", "posei", std::move(state));
        seen.text = std::move(text);
        return seen;
    };
    ward.receive(tells(in_words("hoist"), "2026-11-02T10:00"));
    ward.receive(tells(in_words("hoist and sling"), "2026-11-02T12:00"));
    EXPECT_EQ(held().text.text, "hoist and sling");
    ward.receive(tells(in_words("a hoist"), "2026-11-02T11:00"));
    EXPECT_EQ(held().text.text, "hoist and sling") << "these came late";
    ward.receive(tells(in_words("hoist, sling fitted", "done"), "2026-11-03T10:00"));
    EXPECT_EQ(held().text.text, "hoist, sling fitted");
    EXPECT_EQ(held().state, core::ActionState::done);
    ward.receive(tells(in_words(""), "2026-11-03T11:00"));
    EXPECT_EQ(held().text.text, "hoist, sling fitted") << "no words take none away";
}

TEST_F(RetoldAction, ASourceGivesItsActionToAnotherOwner) {
    core::Command add;
    add.what = core::AddStaff{"kfinch", "K. Finch", "social worker", "north"};
    ASSERT_TRUE(ward.command(add));
    ward.receive(tells(row("2026-11-05"), "2026-11-02T10:00"));
    ward.receive(tells(row("2026-11-06", "kfinch"), "2026-11-03T10:00"));
    EXPECT_EQ(held().owner, "kfinch");
    EXPECT_EQ(held().deadline, core::deadline_of(at("2026-11-06"))) << "both are new";
    ward.receive(tells(row("2026-11-06", "R. Lund"), "2026-11-04T10:00"));
    EXPECT_EQ(held().owner, "");
    EXPECT_EQ(held().owner_as_given.text, "R. Lund") << "nobody on the staff list";
    auto const records = ward.records().size();
    ward.receive(tells(row("2026-11-06", "R. Lund"), "2026-11-04T11:00"));
    EXPECT_TRUE(std::holds_alternative<core::ActionConfirmed>(ward.records()[records].events[0]));
    core::Command over;
    over.id = "c-over";
    over.actor = "chair";
    over.what = core::HandOverActions{"kfinch", "posei", "on leave"};
    EXPECT_FALSE(ward.command(over)) << "kfinch holds none";
}

}  // namespace
}  // namespace washup::tests
