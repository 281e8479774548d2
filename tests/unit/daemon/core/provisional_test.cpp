// A stay announced by the council before the ward knows it: product.md section 3, "provisional".

#include <gtest/gtest.h>

#include "tests/support/core/ward.hpp"

namespace washup::tests {
namespace {

using core::Field;

std::vector<core::InboxItem> questions(Ward const& ward) {
    std::vector<core::InboxItem> open;
    for (auto const& [id, item] : ward.state().inbox) {
        if (item.kept.why == "unmatched_announcement" && item.settled.empty()) open.push_back(item);
    }
    return open;
}

core::Stay const& announced(Ward const& ward) {
    return ward.state().stays.begin()->second;
}

TEST(Provisional, UnmatchedForFortyEightHoursAsksAPersonOnce) {
    Ward ward;
    ward.receive(referral("9990000018", "2026-11-02T08:30"));
    auto const due = announced(ward).opened_at + core::unmatched_max;
    EXPECT_EQ(due, at("2026-11-04T08:30").at);
    ward.wait_until("2026-11-04T08:29");
    EXPECT_TRUE(questions(ward).empty());
    EXPECT_EQ(core::next_due(ward.state()), due) << "the timer is set for it";
    ward.wait_until("2026-11-04T08:30");
    ASSERT_EQ(questions(ward).size(), 1u);
    auto const kept = questions(ward).front().kept;
    EXPECT_EQ(kept.source, "hub");
    EXPECT_EQ(kept.stay, announced(ward).id);
    EXPECT_EQ(announced(ward).asked, kept.item);
    ward.wait_until("2026-11-09T08:30");
    EXPECT_EQ(ward.state().inbox.size(), 1u) << "asked once";
    EXPECT_GT(core::next_due(ward.state()), ward.now()) << "and no timer runs dry";
}

TEST(Provisional, TheQuestionIsWithdrawnWhenTheWardsEventArrives) {
    Ward ward;
    ward.receive(referral("9990000018", "2026-11-02T08:30"));
    ward.wait_until("2026-11-05T09:00");
    ASSERT_EQ(questions(ward).size(), 1u);
    ward.receive(a01("V1", "M1", "2026-11-05T10:00").nhs("9990000018"));
    EXPECT_TRUE(questions(ward).empty());
    EXPECT_EQ(ward.state().inbox.begin()->second.settled, "matched");
    EXPECT_EQ(ward.stay("V1")->joined.size(), 1u);
}

TEST(Provisional, MatchedInTimeNobodyIsAsked) {
    Ward ward;
    ward.receive(referral("9990000018", "2026-11-02T08:30"));
    ward.receive(a01("V1", "M1", "2026-11-03T10:00").nhs("9990000018"));
    ward.wait_until("2026-11-09T09:00");
    EXPECT_TRUE(ward.state().inbox.empty());
}

TEST(Provisional, EndedItIsNoQuestionAnyMoreAndReopenedItIsOneAgainIfNeverAsked) {
    Ward ward;
    ward.receive(referral("9990000018", "2026-11-02T08:30"));
    ward.wait_until("2026-11-04T09:00");
    ASSERT_EQ(questions(ward).size(), 1u);
    auto end = referral("9990000018", "2026-11-04T10:00");
    end.fact(Field::ending, {core::ended::recorded_in_error, at("2026-11-04T10:00"), {}, {}});
    ward.receive(end);
    EXPECT_TRUE(questions(ward).empty());

    Ward other;
    other.receive(referral("9990000018", "2026-11-02T08:30"));
    end.observation.times.recorded = at("2026-11-02T10:00").at;
    end.observation.times.occurred = at("2026-11-02T10:00");
    other.receive(end);
    other.wait_until("2026-11-05T09:00");
    EXPECT_TRUE(questions(other).empty());
    EXPECT_GT(core::next_due(other.state()), other.now());
    core::Command reopen;
    reopen.stay.id = announced(other).id;
    reopen.what = core::Reopen{"she is expected after all"};
    ASSERT_TRUE(other.command(reopen));
    other.wait_until("2026-11-05T10:00");
    EXPECT_EQ(questions(other).size(), 1u);
}

TEST(Provisional, ANumberThatComesLaterMatchesToo) {
    Ward ward;
    ward.receive(a01("V0", "M1", "2026-10-02T09:00"));
    ward.receive(a03("V0", "M1", "2026-10-04T09:00"));
    ward.receive(referral("9990000018", "2026-11-02T08:30"));
    ward.receive(a01("V1", "M1", "2026-11-02T09:00"));
    EXPECT_TRUE(ward.stay("V1")->joined.empty()) << "nothing says that these are the same person";
    ward.receive(a08("V1", "M1", "2026-11-02T11:00").nhs("9990000018"));
    EXPECT_EQ(ward.stay("V1")->joined.size(), 1u);
    EXPECT_TRUE(ward.read("V1", Field::referred_at).known());
}

TEST(Provisional, OneNumberThatIsNotTheNhsNumberIsNotEnough) {
    Ward ward;
    auto announce = referral("9990000018", "2026-11-02T08:30");
    announce.observation.subject.identifiers.clear();
    ward.receive(announce.council("C7").person("M1"));
    ward.receive(a01("V1", "M1", "2026-11-02T09:00"));
    EXPECT_TRUE(ward.stay("V1")->joined.empty());
    ward.receive(a08("V1", "M1", "2026-11-02T10:00").council("C7"));
    EXPECT_EQ(ward.stay("V1")->joined.size(), 1u) << "two identifiers are";
}

TEST(Provisional, AnEndedStayDoesNotTakeTheAnnouncementOfTheNext) {
    Ward ward;
    ward.receive(a01("V1", "M1", "2026-11-01T09:00").nhs("9990000018"));
    ward.receive(a03("V1", "M1", "2026-11-02T09:00"));
    ward.receive(referral("9990000018", "2026-11-03T08:30"));
    ASSERT_EQ(ward.state().stays.size(), 2u);
    ward.receive(a08("V1", "M1", "2026-11-03T09:00").nhs("9990000018"));
    EXPECT_TRUE(ward.stay("V1")->joined.empty());
}

TEST(Provisional, MoreThanAskedAtOnceMaxAreAskedInSeveralRecords) {
    Ward ward;
    for (std::size_t i = 0; i <= core::due_at_once_max; ++i) {
        auto one = referral("9990000018", "2026-11-02T08:30");
        one.observation.subject.identifiers.clear();
        ward.receive(one.council("C" + std::to_string(i)));
    }
    auto const before = ward.records().size();
    ward.wait_until("2026-11-06T09:00");
    EXPECT_EQ(questions(ward).size(), core::due_at_once_max + 1);
    EXPECT_EQ(ward.records().size(), before + 2);
    EXPECT_LE(ward.records()[before].events.size(), core::due_at_once_max + 10);
}

// The council may say where somebody is before the ward does: each midnight belongs to the place of
// that midnight, whichever of the two said it.
TEST(Provisional, ThePlaceOfAnInstantIsTheLastThatEitherOfTheTwoSaidBeforeIt) {
    core::State state;
    auto& ward = state.stays[core::StayId{1}];
    auto& council = state.stays[core::StayId{2}];
    ward.joined = {core::StayId{2}};
    council.joined_into = core::StayId{1};
    auto const say = [](core::Stay& stay, char const* when, char const* where) {
        core::Fact fact;
        fact.times.occurred = at(when);
        fact.value.location = core::Location{"STM", where, {}, {}};
        core::add_fact(stay.fields[Field::location], fact);
    };
    say(council, "2026-11-02T08:00", "KENT");
    say(ward, "2026-11-02T10:00", "FORD");
    say(council, "2026-11-02T12:00", "DOVER");
    auto const place = [&](char const* when) {
        return core::location_at(state, ward, at(when).at).ward;
    };
    EXPECT_EQ(place("2026-11-02T07:00"), "KENT") << "the first that was said at all";
    EXPECT_EQ(place("2026-11-02T09:00"), "KENT");
    EXPECT_EQ(place("2026-11-02T11:00"), "FORD");
    EXPECT_EQ(place("2026-11-02T13:00"), "DOVER");
}

TEST(Provisional, AnAnnouncementSaidAgainAfterTheStayEndedOpensNoOther) {
    Ward ward;
    ward.receive(referral("9990000018", "2026-11-02T08:30"));
    ward.receive(a01("V1", "M1", "2026-11-02T10:00").nhs("9990000018"));
    ward.receive(a03("V1", "M1", "2026-11-05T10:00"));
    auto again = referral("9990000018", "2026-11-06T08:30");  // next day's list still has it
    again.observation.facts.front().value.moment = at("2026-11-02T08:30");
    ward.receive(again);
    EXPECT_EQ(ward.state().stays.size(), 2u) << "the announced one and the ward's";
    ward.receive(referral("9990000018", "2026-11-07T08:30"));
    EXPECT_EQ(ward.state().stays.size(), 3u) << "this is of another stay";
}

Message blocker_of(std::string const& nhs, std::string const& when) {
    Message message{"blockers", when};
    core::BlockerSeen seen;
    seen.reason = "CP4";
    message.source("hub").nhs(nhs).observation.kind = seen;
    return message;
}

TEST(Provisional, ALateRowOfAPersonGoesToTheStayTheyWereInWhenItWasTold) {
    Ward ward;
    ward.receive(a01("V1", "M1", "2026-11-02T10:00").nhs("9990000018"));
    ward.receive(a03("V1", "M1", "2026-11-05T10:00"));
    ward.receive(a01("V2", "M1", "2026-11-08T10:00").nhs("9990000018"));
    ward.receive(blocker_of("9990000018", "2026-11-04T09:00"));
    ward.receive(blocker_of("9990000018", "2026-11-09T09:00"));
    EXPECT_EQ(ward.stay("V1")->blockers.size(), 1u);
    EXPECT_EQ(ward.stay("V2")->blockers.size(), 1u);
}

TEST(Provisional, WhatWaitedIsCarriedOutWhenTheDischargeIsTakenBack) {
    Ward ward;
    ward.receive(a01("V1", "M1", "2026-11-02T10:00").nhs("9990000018"));
    ward.receive(a03("V1", "M1", "2026-11-05T10:00"));
    EXPECT_EQ(ward.receive(blocker_of("9990000018", "2026-11-06T09:00")).code, "inbox");
    EXPECT_TRUE(ward.stay("V1")->blockers.empty());
    ward.receive(a13("V1", "M1", "2026-11-06T12:00"));
    EXPECT_EQ(ward.stay("V1")->blockers.size(), 1u);
}

}  // namespace
}  // namespace washup::tests
