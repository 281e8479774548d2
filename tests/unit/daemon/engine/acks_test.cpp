// Nothing leaves before it is durable, and nothing overtakes (design.md law 2).

#include <gtest/gtest.h>

#include "tests/support/daemon/desk.hpp"

namespace washup::tests {
namespace {

using wire::Kind;

TEST(Acks, ARecordIsAnsweredOnlyWhenItIsDurable) {
    Desk desk;
    desk.record(wire_admit("V1", "M1", "2026-11-01T07:00"));
    auto const number = desk.state().head.value();
    EXPECT_TRUE(desk.take().empty());
    desk.durable_up_to(number - 1);
    EXPECT_TRUE(desk.take().empty()) << "what is durable is the record before";
    desk.durable_up_to(number);
    auto const said = desk.take();
    ASSERT_EQ(said.size(), 1u);
    EXPECT_EQ(said[0].record.sequence(), 1u);
    EXPECT_EQ(said[0].record.record(), number);
    EXPECT_EQ(said[0].record.outcome(), v1::IngestAnswer::ACCEPTED);
    EXPECT_FALSE(said[0].record.duplicate());
}

TEST(Acks, ACommandIsAnsweredOnlyWhenItIsDurable) {
    Desk desk;
    desk.command(wire_staff("c1"));
    EXPECT_TRUE(desk.take().empty());
    desk.durable();
    auto const said = desk.take();
    ASSERT_EQ(said.size(), 1u);
    EXPECT_EQ(said[0].port, engine::Port::control);
    EXPECT_EQ(said[0].to, "board");
    EXPECT_TRUE(said[0].command.accepted());
    EXPECT_EQ(said[0].command.record(), desk.state().head.value());
}

// One of everything that can be answered, behind a record that waits for the disk.
TEST(Acks, NothingOvertakesWhatWasAskedBefore) {
    Desk desk;
    auto const first = desk.record(wire_admit("V1", "M1", "2026-11-01T07:00"));
    desk.record_as(first, wire_admit("V1", "M1", "2026-11-01T07:00"));  // a duplicate
    desk.record_as(first + 5, wire_counted());                          // a hole
    desk.record_as(1, wire_counted(), "nobody", "n1");                  // no hello
    desk.hello("ward", "w1", "ward again");                             // a welcome
    desk.hello("NO SUCH NAME", "x", "stranger");                        // a refused hello
    desk.command(wire_raise("c1", "RZZ:V9", "CP4"));                    // a refusal
    desk.command(wire_staff("c2"));                                     // an answer
    desk.command(wire_staff("c2"));                                     // and the same again
    EXPECT_TRUE(desk.take().empty()) << "all of them wait behind the first";
    desk.durable();
    auto const said = desk.take();
    ASSERT_EQ(said.size(), 9u);
    EXPECT_EQ(said[0].record.record(), desk.appended()[desk.appended().size() - 2]->number.value());
    EXPECT_TRUE(said[1].record.duplicate());
    EXPECT_EQ(said[2].record.code(), "sequence_hole");
    EXPECT_EQ(said[3].record.code(), "hello_first");
    EXPECT_EQ(said[4].kind, Kind::source_welcome);
    EXPECT_EQ(said[4].welcome.watermark(), first) << "durable by now";
    EXPECT_EQ(said[5].kind, Kind::refusal);
    EXPECT_FALSE(said[6].command.accepted());
    EXPECT_TRUE(said[7].command.accepted());
    EXPECT_EQ(said[8].command.record(), said[7].command.record());
    EXPECT_EQ(desk.machine().waiting_answers(), 0u);
}

TEST(Acks, AnAnswerThatNeedsNoDiskWaitsForThoseBeforeItAndNotForThoseAfter) {
    Desk desk;
    desk.record(wire_counted());
    desk.command(wire_raise("c1", "RZZ:V9", "CP4"));
    auto const up_to = desk.state().head.value();
    desk.record(wire_counted());
    desk.durable_up_to(up_to);
    auto const said = desk.take();
    ASSERT_EQ(said.size(), 2u);
    EXPECT_EQ(said[0].kind, Kind::ingest_answer);
    EXPECT_EQ(said[1].kind, Kind::answer);
    desk.durable();
    EXPECT_EQ(desk.take().size(), 1u);
}

TEST(Acks, WithNothingUnderWayARefusalLeavesAtOnce) {
    Desk desk;
    desk.command(wire_raise("c1", "RZZ:V9", "CP4"));
    auto const said = desk.take();
    ASSERT_EQ(said.size(), 1u);
    EXPECT_EQ(said[0].command.field(), "stay");
}

TEST(Acks, ADuplicateGetsTheSameAnswerWordByWordMarkedDuplicate) {
    Desk desk;
    auto off_ladder = wire_admit("V1", "M1", "2026-11-01T07:00");
    add_code(off_ladder, v1::FIELD_IDEAL_OUTCOME, "castle");
    auto const inbox = desk.record(off_ladder);
    auto const counted = desk.record(wire_counted());
    auto const blocker = desk.record(wire_blocker("M1", "CP4", "2026-11-01T07:30"));
    desk.durable();
    auto first = desk.take();
    ASSERT_EQ(first.size(), 3u);
    EXPECT_EQ(first[0].record.outcome(), v1::IngestAnswer::INBOX);
    EXPECT_EQ(first[0].record.code(), "outcome_off_ladder");
    EXPECT_EQ(first[1].record.outcome(), v1::IngestAnswer::COUNTED);
    auto const head = desk.state().head;
    for (auto const sequence : {inbox, counted, blocker}) {
        desk.record_as(sequence, wire_counted());
    }
    auto const again = desk.take();
    ASSERT_EQ(again.size(), 3u);
    for (std::size_t i = 0; i < 3; ++i) {
        EXPECT_TRUE(again[i].record.duplicate());
        first[i].record.set_duplicate(true);
        EXPECT_EQ(again[i].record.SerializeAsString(), first[i].record.SerializeAsString());
    }
    EXPECT_EQ(desk.state().head, head) << "and nothing happened a second time";
}

TEST(Acks, AHoleIsRefusedAndLeavesNoTrace) {
    Desk desk;
    auto const head = desk.state().head;
    desk.record_as(3, wire_counted());
    auto const said = desk.take();
    ASSERT_EQ(said.size(), 1u);
    EXPECT_EQ(said[0].record.outcome(), v1::IngestAnswer::REFUSED);
    EXPECT_EQ(said[0].record.code(), "sequence_hole");
    EXPECT_EQ(said[0].record.words(), "sequence 1 was expected");
    EXPECT_EQ(desk.state().head, head);
    desk.record_as(0, wire_counted());
    EXPECT_EQ(desk.take()[0].record.outcome(), v1::IngestAnswer::REFUSED);
}

TEST(Acks, HelloIsNeededFirstAndForEachEpoch) {
    Desk desk;
    desk.record_as(1, wire_counted(), "stranger", "s1");
    EXPECT_EQ(desk.take().at(0).record.code(), "hello_first");
    desk.record_as(1, wire_counted(), "ward", "another");
    EXPECT_EQ(desk.take().at(0).record.code(), "hello_first");
    EXPECT_FALSE(desk.state().sources.contains("stranger"));
}

TEST(Acks, ANewEpochStartsAtZeroAndTheOldOneGoesOnWhereItWas) {
    Desk desk;
    desk.record(wire_counted());
    desk.record(wire_counted());
    desk.durable();
    desk.take();
    desk.hello("ward", "w2");
    EXPECT_TRUE(desk.take().empty()) << "the new epoch has to be durable first";
    desk.durable();
    auto const said = desk.take();
    ASSERT_EQ(said.size(), 1u);
    EXPECT_EQ(said[0].welcome.watermark(), 0u);
    EXPECT_EQ(said[0].welcome.epoch(), "w2");
    EXPECT_EQ(said[0].welcome.in_flight_max(), engine::in_flight_max);
    desk.record_as(1, wire_counted());
    desk.durable();
    EXPECT_FALSE(desk.take().at(0).record.duplicate()) << "sequence 1 of the new store is new";
    desk.hello("ward", "w1");
    desk.record_as(2, wire_counted(), "ward", "w1");
    desk.record_as(3, wire_counted(), "ward", "w1");
    desk.durable();
    auto const older = desk.take();
    ASSERT_EQ(older.size(), 3u);
    EXPECT_EQ(older[0].welcome.watermark(), 2u) << "two stores under one name do not mix";
    EXPECT_TRUE(older[1].record.duplicate());
    EXPECT_FALSE(older[2].record.duplicate());
}

TEST(Acks, AnAdapterThatComesAnewEndsNoSilenceOfItsFeed) {
    Desk desk;
    desk.move_to("2026-11-01T09:00");
    desk.record(wire_counted());
    auto const heard = desk.state().sources.at("ward").last_heard;
    desk.move_to("2026-11-01T10:00");
    desk.hello("ward", "w2");
    desk.hello("other", "o1");
    EXPECT_EQ(desk.state().sources.at("ward").last_heard, heard);
    EXPECT_EQ(desk.state().sources.at("other").last_heard, heard + hours(1))
        << "the silence of a feed that never sent begins with its first hello";
}

TEST(Acks, TheSameEpochAgainIsWelcomedWithItsWatermarkAndWritesNothing) {
    Desk desk;
    desk.record(wire_counted());
    desk.durable();
    desk.take();
    auto const head = desk.state().head;
    desk.hello("ward", "w1");
    auto const said = desk.take();
    ASSERT_EQ(said.size(), 1u);
    EXPECT_EQ(said[0].welcome.watermark(), 1u);
    EXPECT_EQ(desk.state().head, head);
}

TEST(Acks, ACommandRepeatedGetsTheSameAnswerAndHasNoSecondEffect) {
    Desk desk;
    desk.record(wire_admit("V1", "M1", "2026-11-01T07:00"));
    desk.command(wire_raise("c1", "RZZ:V1", "CP4"));
    desk.durable();
    auto const first = desk.take();
    ASSERT_EQ(first.size(), 2u);
    EXPECT_EQ(first[1].command.made(), 1u);
    auto const head = desk.state().head;
    desk.command(wire_raise("c1", "RZZ:V1", "CP4"), "another board");
    auto const again = desk.take();
    ASSERT_EQ(again.size(), 1u);
    EXPECT_EQ(again[0].to, "another board");
    EXPECT_EQ(again[0].command.SerializeAsString(), first[1].command.SerializeAsString());
    EXPECT_EQ(desk.state().head, head);
    EXPECT_EQ(desk.stay("V1")->blockers.size(), 1u);
}

TEST(Acks, AfterARestartSourcesAndCommandsAreStillRemembered) {
    Desk before;
    before.record(wire_admit("V1", "M1", "2026-11-01T07:00"));
    before.command(wire_raise("c1", "RZZ:V1", "CP4"));
    before.durable();
    auto const first = before.take();
    Desk desk{before.state(), before.now()};
    desk.record_as(1, wire_counted(), "ward", "w1");
    desk.command(wire_raise("c1", "RZZ:V1", "CP4"));
    auto const again = desk.take();
    ASSERT_EQ(again.size(), 2u) << "what was recovered is durable: nothing waits";
    EXPECT_TRUE(again[0].record.duplicate());
    EXPECT_EQ(again[0].record.record(), first[0].record.record());
    EXPECT_EQ(again[1].command.SerializeAsString(), first[1].command.SerializeAsString());
}

}  // namespace
}  // namespace washup::tests
