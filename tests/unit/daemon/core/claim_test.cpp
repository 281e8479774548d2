// Sources that name different holders of one blocker: both claims are kept, and a person is asked.

#include <gtest/gtest.h>

#include "tests/support/core/ward.hpp"

namespace washup::tests {
namespace {

using Claims = std::vector<core::Code>;

class Claim : public testing::Test {
  protected:
    Ward ward;
    Claim() { ward.receive(a01("V1", "M1", "2026-11-02T09:00")); }

    core::Outcome tells(std::string source, std::string holder, std::string when,
                        std::string reference = {}) {
        core::BlockerSeen seen;
        seen.reason = "CP4";  // social care's, by default
        seen.holder = std::move(holder);
        seen.reference = std::move(reference);
        Message message{"blockers", std::move(when)};
        message.source(std::move(source)).person("M1").observation.kind = seen;
        return ward.receive(message);
    }
    core::Blocker const& held() const {
        EXPECT_EQ(ward.stay("V1")->blockers.size(), 1u);
        return ward.stay("V1")->blockers.front();
    }
    std::size_t waiting() const {
        std::size_t count = 0;
        for (auto const& [id, item] : ward.state().inbox) {
            if (item.kept.field.starts_with("holder of blocker") && item.settled.empty()) ++count;
        }
        return count;
    }
    void settle() {
        auto command = command_for("V1");
        command.what = core::SettleInbox{ward.state().last_inbox, "agreed"};
        ASSERT_TRUE(ward.command(command));
    }
    void agree(std::string holder) {
        auto command = command_for("V1");
        core::CorrectBlocker correct;
        correct.blocker = held().id;
        correct.holder = std::move(holder);
        command.what = correct;
        ASSERT_TRUE(ward.command(command));
    }
};

TEST_F(Claim, OfTwoSourcesThatNameDifferentHoldersBothAreKeptAndAPersonIsAsked) {
    tells("hub", "social_care", "2026-11-03T09:00");
    EXPECT_EQ(held().holder, "social_care");
    auto const answer = tells("ward", "nhs", "2026-11-03T10:00");
    EXPECT_EQ(answer.code, "accepted") << "sources are never refused";
    EXPECT_EQ(held().holder, "disputed");
    EXPECT_EQ(held().claims, (Claims{"social_care", "nhs"}));
    EXPECT_EQ(held().opened, at("2026-11-03T09:00"));
    EXPECT_EQ(waiting(), 1u);
    tells("ward", "nhs", "2026-11-03T11:00");
    tells("hub", "social_care", "2026-11-03T12:00");
    EXPECT_EQ(held().claims.size(), 2u) << "said again it says nothing new";
    EXPECT_EQ(waiting(), 1u);
}

TEST_F(Claim, WhicheverComesFirstTheDisputeIsTheSame) {
    tells("ward", "nhs", "2026-11-03T10:00");
    tells("hub", "social_care", "2026-11-03T09:00");
    EXPECT_EQ(held().holder, "disputed");
    EXPECT_EQ(held().claims, (Claims{"nhs", "social_care"}));
}

TEST_F(Claim, WhatPeopleAgreedStandsAgainstWhoeverRepeatsAClaim) {
    tells("hub", "social_care", "2026-11-03T09:00");
    tells("ward", "nhs", "2026-11-03T10:00");
    agree("nhs");
    tells("hub", "social_care", "2026-11-04T09:00");
    tells("ward", "nhs", "2026-11-04T10:00");
    EXPECT_EQ(held().holder, "nhs");
    EXPECT_EQ(held().claims.size(), 2u) << "both claims are kept";
    settle();
    tells("hub", "social_care", "2026-11-04T11:00");
    EXPECT_EQ(waiting(), 0u) << "nobody is asked again";
    tells("ward", "provider", "2026-11-05T10:00");
    EXPECT_EQ(held().holder, "disputed") << "this is new";
    EXPECT_EQ(waiting(), 1u);
}

TEST_F(Claim, WhatPeopleAgreedStandsWhenTheSourceClosesTheBlockerAndSaysItAgain) {
    auto const row = [&](bool closed, std::string when) {
        core::BlockerSeen seen;
        seen.reason = "CP4";
        seen.holder = "social_care";
        seen.reference = "b1";
        seen.opened_at = at("2026-11-03T09:00");
        seen.closed = closed;
        if (closed) seen.closed_at = at("2026-11-04T09:00");
        Message message{"blockers", std::move(when)};
        message.source("hub").person("M1").observation.kind = seen;
        ward.receive(message);
    };
    row(false, "2026-11-03T09:00");
    tells("ward", "nhs", "2026-11-03T10:00");
    agree("nhs");
    row(true, "2026-11-04T09:00");
    row(true, "2026-11-04T09:00");
    row(true, "2026-11-05T09:00");
    EXPECT_EQ(held().holder, "nhs");
    EXPECT_EQ(held().closed, at("2026-11-04T09:00"));
}

TEST_F(Claim, WhoSaysWhatPeopleAgreedDisputesNothing) {
    tells("hub", "social_care", "2026-11-03T09:00");
    agree("nhs");
    tells("ward", "nhs", "2026-11-04T10:00");
    EXPECT_EQ(held().holder, "nhs");
    EXPECT_EQ(waiting(), 0u);
}

TEST_F(Claim, AHolderThatAPersonNamesIsAClaimToo) {
    auto command = command_for("V1");
    command.what = core::RaiseBlocker{"CP4", {}, "social_care", {}, {}};
    ASSERT_TRUE(ward.command(command));
    tells("ward", "nhs", "2026-11-03T10:00");
    EXPECT_EQ(held().holder, "disputed");
    EXPECT_EQ(waiting(), 1u);
}

TEST_F(Claim, ADefaultIsOverriddenAndNobodyIsAsked) {
    tells("hub", {}, "2026-11-03T09:00");
    EXPECT_EQ(held().holder, "social_care");
    tells("ward", "nhs", "2026-11-03T10:00");
    EXPECT_EQ(held().holder, "nhs");
    EXPECT_EQ(waiting(), 0u);
    tells("hub", {}, "2026-11-03T11:00");
    EXPECT_EQ(held().holder, "nhs") << "who names nobody claims nothing";
}

TEST_F(Claim, ASourceCorrectsItsOwnWordAndALateOneDoesNot) {
    tells("hub", "social_care", "2026-11-03T09:00");
    tells("hub", "nhs", "2026-11-03T10:00");
    EXPECT_EQ(held().holder, "nhs");
    tells("hub", "social_care", "2026-11-03T09:30");
    EXPECT_EQ(held().holder, "nhs");
    EXPECT_EQ(waiting(), 0u);
}

TEST_F(Claim, WhatTheSourceOfTheBlockerSaysLaterDoesNotEndTheDispute) {
    tells("hub", "social_care", "2026-11-03T09:00", "b1");
    tells("ward", "nhs", "2026-11-03T10:00");
    EXPECT_EQ(held().holder, "disputed");
    tells("hub", "provider", "2026-11-03T11:00", "b1");
    EXPECT_EQ(held().holder, "disputed");
    EXPECT_EQ(held().claims, (Claims{"social_care", "nhs", "provider"}));
}

// Found by a life: the source's first words had not arrived, so the one claim was the ward's.
TEST_F(Claim, OfAnotherStandsAgainstASourceThatHadNamedNobody) {
    for (std::string const first : {"disputed", ""}) {
        SCOPED_TRACE(first);
        ward = Ward{};
        ward.receive(a01("V1", "M1", "2026-11-02T09:00"));
        tells("hub", first, "2026-11-03T09:00", "b1");
        tells("ward", "nhs", "2026-11-03T10:00");
        EXPECT_EQ(waiting(), 0u);
        tells("hub", "provider", "2026-11-03T11:00", "b1");
        EXPECT_EQ(held().holder, "disputed");
        EXPECT_EQ(held().claims, (Claims{"nhs", "provider"}));
        EXPECT_EQ(waiting(), 1u);
    }
}

TEST_F(Claim, OfAnotherThatTheSourceAgreesWithEndsTheDispute) {
    tells("hub", "disputed", "2026-11-03T09:00", "b1");
    tells("ward", "nhs", "2026-11-03T10:00");
    tells("hub", "nhs", "2026-11-03T11:00", "b1");
    EXPECT_EQ(held().holder, "nhs");
    EXPECT_EQ(waiting(), 0u);
}

}  // namespace
}  // namespace washup::tests
