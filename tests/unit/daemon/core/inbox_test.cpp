// What the inbox keeps of a record that was taken only in part, and how a record that comes again
// because it is understood now takes its line away.

#include <gtest/gtest.h>

#include "tests/support/core/ward.hpp"

namespace washup::tests {
namespace {

using core::Field;

std::vector<core::InboxItem> waiting(Ward const& ward) {
    std::vector<core::InboxItem> out;
    for (auto const& [id, item] : ward.state().inbox) {
        if (item.settled.empty()) out.push_back(item);
    }
    return out;
}

Message set_aside(std::string const& trigger, std::string const& why, std::string const& record) {
    Message message{trigger, "2026-11-02T09:00"};
    message.observation.kind = core::SetAside{why, "MSH-9", trigger + " is " + why};
    message.observation.record = Ward::key("record", "ward", record);
    return message;
}

Message again(Message message, std::string const& record) {
    message.observation.again_of = Ward::key("record", "ward", record);
    return message;
}

TEST(Inbox, AFieldThatCannotBeReadIsListedWithItsStayAndTheRestIsTaken) {
    Ward ward;
    auto message = a01("V1", "M1", "2026-11-02T09:00");
    message.observation.unreadable = {{"PV2-9", "no time"}};
    auto const outcome = ward.receive(message);
    EXPECT_EQ(outcome.code, "accepted");
    EXPECT_EQ(outcome.reason, "field_unreadable");
    EXPECT_EQ(outcome.field, "PV2-9");
    ASSERT_NE(ward.stay("V1"), nullptr);
    auto const items = waiting(ward);
    ASSERT_EQ(items.size(), 1u);
    EXPECT_EQ(items[0].kept.why, "field_unreadable");
    EXPECT_EQ(items[0].kept.field, "PV2-9");
    EXPECT_EQ(items[0].kept.words, "taken, but not this field: no time");
    EXPECT_EQ(items[0].kept.stay, ward.stay("V1")->id);
}

TEST(Inbox, TheSameFieldOfTheSameStayIsOneCountedLineAndAnotherStaysIsAnother) {
    Ward ward;
    for (auto const* visit : {"V1", "V1", "V2", "V1"}) {
        auto message = a08(visit, visit, "2026-11-02T09:00");
        message.observation.unreadable = {{"PID-7", "no date"}};
        ward.receive(message);
    }
    auto const items = waiting(ward);
    ASSERT_EQ(items.size(), 2u);
    EXPECT_EQ(items[0].count, 3u);
    EXPECT_EQ(items[1].count, 1u);
    EXPECT_EQ(items[1].kept.stay, ward.stay("V2")->id);
}

TEST(Inbox, NothingIsSaidOfTheFieldsOfARecordThatIsOnlyCounted) {
    Ward ward;
    auto message = a08("V1", "M1", "2026-11-02T09:00");
    std::get<core::StaySeen>(message.observation.kind).inpatient = false;
    message.observation.unreadable = {{"PID-7", "no date"}};
    EXPECT_EQ(ward.receive(message).code, "counted");
    EXPECT_TRUE(waiting(ward).empty());
}

TEST(Inbox, WhatWaitedForItsVisitIsCarriedOutThoughOneFieldOfItIsKept) {
    Ward ward;
    auto end = a03("V1", "M1", "2026-11-05T09:00");
    end.code(Field::proposed_outcome, "the moon").observation.unreadable = {{"PV2-9", "no time"}};
    EXPECT_EQ(ward.receive(end).reason, "waiting_for_visit");
    ward.receive(a01("V1", "M1", "2026-11-02T09:00"));
    EXPECT_TRUE(ward.ended("V1"));
    auto const items = waiting(ward);
    ASSERT_EQ(items.size(), 2u);
    EXPECT_EQ(items[0].kept.why, "outcome_off_ladder");
    EXPECT_EQ(items[1].kept.why, "field_unreadable");
}

TEST(Inbox, ARecordThatComesAgainTakesOneFromItsLineAndTheLastTakesTheLine) {
    Ward ward;
    ward.receive(set_aside("A02", "not_yet_handled", "1"));
    ward.receive(set_aside("A02", "not_yet_handled", "2"));
    ward.receive(set_aside("A05", "not_yet_handled", "3"));
    ward.receive(again(a02("V1", "M1", "2026-11-02T09:00", "FORD"), "1"));
    ASSERT_EQ(waiting(ward).size(), 2u);
    EXPECT_EQ(waiting(ward)[0].count, 1u);
    EXPECT_NE(ward.stay("V1"), nullptr);
    ward.receive(again(a02("V2", "M2", "2026-11-02T09:00", "FORD"), "2"));
    ASSERT_EQ(waiting(ward).size(), 1u);
    EXPECT_EQ(waiting(ward)[0].kept.trigger, "A05");
    // A new one of the same trigger begins a new line.
    ward.receive(set_aside("A02", "not_yet_handled", "6"));
    EXPECT_EQ(waiting(ward).size(), 2u);
}

TEST(Inbox, ARecordThatComesAgainSettlesItsOwnItemAndNobodyElses) {
    Ward ward;
    ward.receive(set_aside("A01", "unmappable", "1"));
    ward.receive(set_aside("A01", "test_message", "2"));
    ward.receive(again(a01("V1", "M1", "2026-11-02T09:00"), "2"));
    ASSERT_EQ(waiting(ward).size(), 1u);
    EXPECT_EQ(waiting(ward)[0].kept.why, "unmappable");
}

TEST(Inbox, WhatComesAgainAndHasToWaitForItsVisitCountsDownOnce) {
    Ward ward;
    for (auto const* record : {"1", "2", "3"}) {
        ward.receive(set_aside("A03", "not_yet_handled", record));
    }
    ward.receive(again(a03("V1", "M1", "2026-11-05T09:00"), "1"));
    ward.receive(a01("V1", "M1", "2026-11-02T09:00"));
    EXPECT_TRUE(ward.ended("V1"));
    ASSERT_EQ(waiting(ward).size(), 1u);
    EXPECT_EQ(waiting(ward)[0].count, 2u);
}

}  // namespace
}  // namespace washup::tests
