// What the engine writes: the fold of it is its state, nothing of it stands open, and what waited
// is carried out when its visit appears.

#include <gtest/gtest.h>

#include "tests/support/core/ward.hpp"
#include "tests/support/daemon/desk.hpp"

namespace washup::tests {
namespace {

// Looks at every Sealed of a described value, however deep.
struct SealedWalk {
    std::size_t with_words = 0, without_box = 0;
    template <class T>
    void operator()(int, T const& value) {
        look(value);
    }
    template <class T>
    void look(T const& value) {
        if constexpr (std::is_same_v<T, core::Sealed>) {
            if (value.text.empty()) return;
            ++with_words;
            if (value.box.empty()) ++without_box;
        } else if constexpr (core::Described<T>) {
            T::describe(value, *this);
        } else if constexpr (requires { value.has_value(), *value; }) {
            if (value) look(*value);
        } else if constexpr (requires { value.begin(), value.front().size(); }) {
        } else if constexpr (requires { value.begin(), value.end(); }) {
            for (auto const& entry : value) look(entry);
        }
    }
    void look(core::Event const& event) {
        std::visit([&](auto const& e) { look(e); }, event);
    }
};

struct Forget {
    void operator()(int, core::Sealed& sealed) const { sealed.text.clear(); }
    void operator()(int, core::Value& value) const { value.text.text.clear(); }
    void operator()(int, auto&) const {}
};
void forget_words(core::Event& event) {
    std::visit([](auto& e) { std::decay_t<decltype(e)>::describe(e, Forget{}); }, event);
}

// A desk at which everything that has words was said once.
void say_everything(Desk& desk) {
    auto admit = wire_admit("V1", "M1", "2026-11-01T07:00");
    add_text(admit, v1::FIELD_NAME, "ADAMS, Edith");
    add_text(admit, v1::FIELD_BIRTH_DATE, "1941-03-09");
    add_text(admit, v1::FIELD_CONSULTANT, "Dr Hale");
    add_number(admit, v1::Identifier::NHS, "9990000018");
    desk.record(admit);
    auto blocker = wire_blocker("M1", "moon phase", "2026-11-01T07:30");
    blocker.mutable_blocker()->set_note("the lift is broken");
    desk.record(blocker, "hub");
    desk.record(wire_discharge("V9", "M9", "2026-11-01T07:30"));  // waits, sealed
    v1::Observation action;
    add_number(action, v1::Identifier::LOCAL, "M1", "RZZ");
    action.mutable_action()->set_text("order a hoist");
    action.mutable_action()->set_owner("R. Lund");
    *action.mutable_action()->mutable_deadline() = wire_moment("2026-11-03");
    action.mutable_action()->set_state("not_done");
    action.mutable_action()->set_why("sold out");
    desk.record(action, "hub");
    desk.command(wire_staff("c1"));
    desk.command(wire_action("c2", "RZZ:V1", "2026-11-02"));
    auto finish = wire_command("c3");
    finish.mutable_finish_action()->set_stay("RZZ:V1");
    finish.mutable_finish_action()->set_action(2);
    finish.mutable_finish_action()->set_state("cancelled");
    finish.mutable_finish_action()->set_why("she rang herself");
    desk.command(finish);
    auto raise = wire_raise("c4", "RZZ:V1", "HP4");
    raise.mutable_raise_blocker()->set_note("pharmacy is closed");
    desk.command(raise);
}

TEST(Records, NothingThatIdentifiesIsWrittenWithoutItsBox) {
    Desk desk;
    say_everything(desk);
    SealedWalk walk;
    for (auto const& record : desk.appended()) {
        for (auto const& event : record->events) walk.look(event);
    }
    EXPECT_GE(walk.with_words, 14u) << "the test said that many words";
    EXPECT_EQ(walk.without_box, 0u);
}

TEST(Records, TheFoldOfWhatWasAppendedIsTheEnginesStateAlsoWithTheWordsGone) {
    Desk desk;
    say_everything(desk);
    core::State open, shut;
    core::Changes changes;
    for (auto const& record : desk.appended()) {
        core::apply(open, *record, changes);
        // What comes back from the disk of a house that lost its key: boxes, no words.
        auto stripped = *record;
        for (auto& event : stripped.events) forget_words(event);
        core::apply(shut, stripped, changes);
    }
    EXPECT_EQ(core::fingerprint(open), core::fingerprint(desk.state()));
    EXPECT_EQ(core::fingerprint(shut), core::fingerprint(desk.state()));
}

TEST(Records, AreNumberedWithoutAHoleAndSayTheirCause) {
    Desk desk;
    say_everything(desk);
    std::uint64_t number = 0;
    for (auto const& record : desk.appended()) EXPECT_EQ(record->number.value(), ++number);
    auto const& command = desk.appended().back()->cause;
    EXPECT_EQ(command.kind, core::CauseKind::command);
    EXPECT_EQ(command.command_id, "c4");
    EXPECT_EQ(command.actor, "chair");
    EXPECT_FALSE(command.actor_verified) << "before keys exist nobody is verified";
}

TEST(Records, ADischargeThatWaitedIsCarriedOutWhenItsVisitAppears) {
    Desk desk;
    desk.record(wire_discharge("V1", "M1", "2026-11-01T07:30"));
    desk.durable();
    EXPECT_EQ(desk.take().at(0).record.code(), "waiting_for_visit");
    EXPECT_EQ(desk.stay("V1"), nullptr);
    auto const before = desk.appended().size();
    desk.record(wire_admit("V1", "M1", "2026-10-30T09:00"));
    ASSERT_EQ(desk.appended().size(), before + 2) << "a record of its own";
    auto const& carried = *desk.appended().back();
    EXPECT_EQ(carried.cause.kind, core::CauseKind::daemon);
    EXPECT_EQ(carried.cause.record_name, "message 1");
    EXPECT_TRUE(std::holds_alternative<core::InboxSettled>(carried.events.front()));
    EXPECT_TRUE(core::has_ended(desk.state(), *desk.stay("V1")));
    EXPECT_TRUE(desk.state().waiting.empty());
    desk.durable_up_to(carried.number.value() - 1);
    EXPECT_EQ(desk.take().size(), 1u) << "the admission is answered for its own record";
}

TEST(Records, ABlockerOfTheHubWaitsForThePersonWhoHasNoStayYet) {
    Desk desk;
    desk.record(wire_blocker("M1", "CP4", "2026-11-01T07:30", "b1"), "hub");
    EXPECT_TRUE(desk.state().stays.empty());
    desk.record(wire_admit("V1", "M1", "2026-11-01T07:00"));
    ASSERT_EQ(desk.stay("V1")->blockers.size(), 1u);
    EXPECT_EQ(desk.stay("V1")->blockers[0].reason, "CP4");
}

TEST(Records, WhatStillHasToWaitStaysAsItIs) {
    Desk desk;
    v1::Observation draft;  // the person comes, and the owner is missing still
    add_number(draft, v1::Identifier::LOCAL, "M1", "RZZ");
    draft.mutable_action()->set_text("order a hoist");
    desk.record(draft, "hub");
    auto const item = desk.state().inbox.begin()->first;
    desk.record(wire_admit("V1", "M1", "2026-11-01T07:00"));
    EXPECT_EQ(desk.state().inbox.at(item).settled, "");
    EXPECT_EQ(desk.state().inbox.size(), 1u) << "and it is not kept a second time";
}

}  // namespace
}  // namespace washup::tests
