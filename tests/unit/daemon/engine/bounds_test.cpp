// Everything has a bound, and each is reached here (design.md law 7).

#include <gtest/gtest.h>

#include "tests/support/core/ward.hpp"
#include "tests/support/daemon/desk.hpp"

namespace washup::tests {
namespace {

TEST(Bounds, CommandsThatWaitForTheDiskStopAtPendingCommandsMax) {
    Desk desk;
    for (std::size_t i = 0; i < engine::pending_commands_max; ++i) {
        desk.command(wire_staff("c" + std::to_string(i)));
    }
    EXPECT_EQ(desk.unheard(), 0u);
    auto const head = desk.state().head;
    desk.command(wire_staff("one more"));
    auto said = desk.take();
    ASSERT_EQ(said.size(), 1u) << "it is told at once, it does not queue";
    EXPECT_FALSE(said[0].command.accepted());
    EXPECT_EQ(said[0].command.command_id(), "one more");
    EXPECT_EQ(desk.state().head, head);
    EXPECT_EQ(desk.machine().waiting_answers(), engine::pending_commands_max);
    desk.record(wire_counted());
    EXPECT_EQ(desk.unheard(), 0u) << "sources may go on";
    desk.durable();
    EXPECT_EQ(desk.take().size(), engine::pending_commands_max + 1);
    desk.command(wire_staff("one more"));
    desk.durable();
    EXPECT_TRUE(desk.take().at(0).command.accepted());
}

TEST(Bounds, RefusedCommandsWaitToo) {
    Desk desk;
    desk.record(wire_counted());
    for (std::size_t i = 0; i <= engine::pending_commands_max; ++i) {
        desk.command(wire_raise("c" + std::to_string(i), "RZZ:V9", "CP4"));
    }
    EXPECT_EQ(desk.take().size(), 1u) << "the last one alone, as too much";
    EXPECT_EQ(desk.machine().waiting_answers(), engine::pending_commands_max + 1);
}

TEST(Bounds, WhateverIsAskedTheAnswersThatWaitStopAtWaitingAnswersMax) {
    Desk desk;
    auto const first = desk.record(wire_counted());
    while (desk.machine().waiting_answers() < engine::waiting_answers_max) {
        desk.record_as(first, wire_counted());
    }
    EXPECT_EQ(desk.unheard(), 0u);
    auto const head = desk.state().head;
    desk.record(wire_counted());
    desk.record_as(first, wire_counted());
    desk.record_as(first + 9, wire_counted());
    desk.hello("ward", "w1");
    desk.command(wire_staff("c1"));
    auto const said = desk.take();
    ASSERT_EQ(said.size(), 5u);
    EXPECT_EQ(said[0].record.code(), "busy");
    EXPECT_EQ(said[1].record.code(), "busy");
    EXPECT_EQ(said[2].record.code(), "busy");
    EXPECT_EQ(said[3].refusal.code(), "busy");
    EXPECT_FALSE(said[4].command.accepted());
    EXPECT_EQ(desk.state().head, head);
    EXPECT_EQ(desk.machine().waiting_answers(), engine::waiting_answers_max);
    desk.durable();
    EXPECT_EQ(desk.take().size(), engine::waiting_answers_max);
    desk.record(wire_counted());
    desk.durable();
    EXPECT_EQ(desk.take().at(0).record.outcome(), v1::IngestAnswer::COUNTED);
}

TEST(Bounds, TheDaemonKnowsSourcesMaxSourcesAndThoseItKnowsMayComeBack) {
    Desk desk;
    for (auto i = desk.state().sources.size(); i < core::sources_max; ++i) {
        desk.hello("source" + std::to_string(i), "e1");
    }
    desk.durable();
    desk.take();
    desk.hello("one_more", "e1");
    auto said = desk.take();
    ASSERT_EQ(said.size(), 1u);
    EXPECT_EQ(said[0].refusal.code(), "hello");
    EXPECT_EQ(desk.state().sources.size(), core::sources_max);
    desk.hello("ward", "w2");
    desk.durable();
    EXPECT_EQ(desk.take().at(0).kind, wire::Kind::source_welcome);
}

TEST(Bounds, ASourceComesWithAsManyStoresAsSourceEpochsMax) {
    Desk desk;
    for (std::size_t i = 1; i < core::source_epochs_max; ++i) {
        desk.hello("ward", "store" + std::to_string(i));
    }
    desk.durable();
    desk.take();
    desk.hello("ward", "one more");
    EXPECT_EQ(desk.take().at(0).kind, wire::Kind::refusal);
    desk.hello("ward", "w1");
    EXPECT_EQ(desk.take().at(0).kind, wire::Kind::source_welcome) << "those that are known go on";
}

TEST(Bounds, AnswersOfOneSourceAreRememberedUpToSourceAnswersMax) {
    Desk desk;
    for (std::size_t i = 0; i <= core::source_answers_max; ++i) desk.record(wire_counted());
    EXPECT_EQ(desk.state().sources.at("ward").epochs.at("w1").answers.size(),
              core::source_answers_max);
    desk.durable();
    desk.take();
    desk.record_as(1, wire_counted());
    desk.record_as(2, wire_counted());
    auto const said = desk.take();
    ASSERT_EQ(said.size(), 2u);
    EXPECT_TRUE(said[0].record.duplicate()) << "forgotten, and still known to have been taken";
    EXPECT_EQ(said[0].record.record(), 0u);
    EXPECT_EQ(said[1].record.outcome(), v1::IngestAnswer::COUNTED);
    EXPECT_GT(core::source_answers_max, engine::in_flight_max)
        << "what may be under way is always remembered";
}

core::Record command_record(std::uint64_t number, Instant when) {
    core::Record record;
    record.number = core::RecordNumber{number};
    record.at = when;
    record.cause.kind = core::CauseKind::command;
    record.cause.command_id = "c" + std::to_string(number);
    record.cause.outcome.code = "accepted";
    return record;
}

TEST(Bounds, CommandsAreRememberedUpToCommandMemosMaxAndForSevenDays) {
    core::State state;
    core::Changes changes;
    auto const start = at("2026-11-01T08:00").at;
    std::uint64_t number = 0;
    while (number <= core::command_memos_max) {
        ++number;
        core::apply(state, command_record(number, start), changes);
    }
    EXPECT_EQ(state.commands.size(), core::command_memos_max);
    EXPECT_FALSE(state.commands.contains("c1")) << "the oldest goes";
    EXPECT_TRUE(state.commands.contains("c2"));
    core::apply(state, command_record(++number, start + core::command_memo_kept), changes);
    EXPECT_TRUE(state.commands.contains("c3"));
    core::apply(state, command_record(++number, start + core::command_memo_kept + seconds(1)),
                changes);
    EXPECT_EQ(state.commands.size(), 2u) << "all of the first day are too old now";
    EXPECT_EQ(state.command_order.size(), state.commands.size());
}

}  // namespace
}  // namespace washup::tests
