// What the border makes of a person's command. Unlike a source, a person is told what is wrong.

#include <gtest/gtest.h>

#include "daemon/ingest/observe.hpp"
#include "tests/support/core/ward.hpp"
#include "tests/support/daemon/wire_messages.hpp"

namespace washup::tests {
namespace {

core::AliasKey hash(std::string_view kind, std::string_view space, std::string_view number) {
    return Ward::key(std::string{kind}, std::string{space}, std::string{number});
}

TEST(StayName, IsAnInternalIdOrAuthorityAndNumber) {
    struct Case {
        char const* given;
        std::uint64_t id;
        std::optional<core::AliasKey> key;
    };
    for (auto const& c :
         {Case{"#17", 17, {}}, Case{" #17 ", 17, {}}, Case{"#", 0, {}}, Case{"#17x", 0, {}},
          Case{"#-3", 0, {}}, Case{"#99999999999999999999999", 0, {}},
          Case{"RZZ:V1", 0, hash("visit", "RZZ", "V1")},
          Case{"RZZ:V1:2", 0, hash("visit", "RZZ", "V1:2")}, Case{"V1", 0, {}}, Case{"", 0, {}}}) {
        auto const name = ingest::read_stay_name(c.given, hash);
        EXPECT_EQ(name.id, core::StayId{c.id}) << c.given;
        EXPECT_EQ(name.key, c.key) << c.given;
    }
}

TEST(ReadCommand, TakesOverWhoAsksAndWhen) {
    auto wire = wire_raise("c1", "RZZ:V1", " CP4 ");
    wire.set_decided_by("posei");
    wire.set_entered_at_ms(at("2026-11-02T09:00").at.ms);
    wire.set_expires_at_ms(at("2026-11-02T10:00").at.ms);
    *wire.mutable_raise_blocker()->mutable_opened_at() = wire_moment("2026-11-01");
    auto const c = ingest::read_command(wire, hash);
    ASSERT_TRUE(c);
    EXPECT_EQ(c->id, "c1");
    EXPECT_EQ(c->actor, "chair");
    EXPECT_EQ(c->decided_by, "posei");
    EXPECT_FALSE(c->actor_verified);
    EXPECT_EQ(c->entered_at, at("2026-11-02T09:00").at);
    EXPECT_EQ(c->expires_at, at("2026-11-02T10:00").at);
    EXPECT_EQ(c->stay.key, hash("visit", "RZZ", "V1"));
    auto const& raise = std::get<core::RaiseBlocker>(c->what);
    EXPECT_EQ(raise.reason, "CP4");
    EXPECT_EQ(raise.opened_at, at("2026-11-01"));
}

TEST(ReadCommand, TheValueSeenCountsOnlyWhenTheAskerSaysSo) {
    auto wire = wire_command("c1");
    wire.mutable_set_field()->set_field(v1::FIELD_PATHWAY);
    wire.mutable_set_field()->mutable_value()->set_code("P1");
    EXPECT_FALSE(std::get<core::SetField>(ingest::read_command(wire, hash)->what).seen);
    wire.mutable_set_field()->set_check_seen(true);
    EXPECT_EQ(std::get<core::SetField>(ingest::read_command(wire, hash)->what).seen, "")
        << "the asker saw that it was unknown";
}

TEST(ReadCommand, WhatCannotBeReadIsRefusedWithItsField) {
    struct Case {
        char const* what;
        std::function<void(v1::Command&)> make;
        char const* field;
    };
    auto const never = std::int64_t{1} << 50;
    std::vector<Case> const cases{
        {"nothing asked", [](auto&) {}, "what"},
        {"an id of 65 octets",
         [](auto& c) {
             c.set_id(std::string(65, 'i'));
             c.mutable_reopen();
         },
         "id"},
        {"no such field",
         [](auto& c) { c.mutable_set_field()->set_field(static_cast<v1::Field>(777)); }, "field"},
        {"no field", [](auto& c) { c.mutable_confirm_field(); }, "field"},
        {"an opening that is no time",
         [=](auto& c) { c.mutable_raise_blocker()->mutable_opened_at()->set_at_ms(never); },
         "opened_at"},
        {"a deadline that is no time",
         [=](auto& c) { c.mutable_move_deadline()->mutable_deadline()->set_at_ms(-never); },
         "deadline"},
        {"a value that is no time, which is not the same as no value",
         [=](auto& c) {
             c.mutable_set_field()->set_field(v1::FIELD_DISCHARGE_READY);
             c.mutable_set_field()->mutable_value()->mutable_moment()->set_at_ms(never);
         },
         "value"},
        {"entered at no time",
         [=](auto& c) {
             c.set_entered_at_ms(-never);
             c.mutable_reopen();
         },
         "entered_at"},
    };
    for (auto const& c : cases) {
        auto wire = wire_command("c1");
        c.make(wire);
        auto const read = ingest::read_command(wire, hash);
        ASSERT_FALSE(read) << c.what;
        EXPECT_EQ(read.error().field, c.field) << c.what;
        EXPECT_FALSE(read.error().words.empty()) << c.what;
    }
}

// A kind of command that is added to the schema and forgotten here would be refused as unknown.
TEST(ReadCommand, EveryCommandOfTheSchemaIsKnown) {
    auto const* what = v1::Command::descriptor()->FindOneofByName("what");
    ASSERT_NE(what, nullptr);
    for (int i = 0; i < what->field_count(); ++i) {
        auto wire = wire_command("c1");
        auto* asked = wire.GetReflection()->MutableMessage(&wire, what->field(i));
        auto const* field = asked->GetDescriptor()->FindFieldByName("field");
        if (field != nullptr) {
            asked->GetReflection()->SetEnumValue(asked, field, v1::FIELD_PATHWAY);
        }
        if (wire.has_set_pin()) wire.mutable_set_pin()->set_pin("$argon2id$");  // never an open one
        EXPECT_TRUE(ingest::read_command(wire, hash)) << what->field(i)->name();
    }
}

TEST(ReadCommand, ACorrectionChangesWhatItSaysAndNothingElse) {
    auto wire = wire_command("c1");
    auto& correct = *wire.mutable_correct_blocker();
    correct.set_stay("RZZ:V1");
    correct.set_blocker(7);
    correct.set_holder(" disputed ");
    correct.add_claims("nhs");
    correct.add_claims("social_care");
    *correct.mutable_opened_at() = wire_moment("2026-11-01");
    auto c = ingest::read_command(wire, hash);
    ASSERT_TRUE(c);
    EXPECT_EQ(c->stay.key, hash("visit", "RZZ", "V1"));
    auto const read = std::get<core::CorrectBlocker>(c->what);
    EXPECT_EQ(read.blocker, core::BlockerId{7});
    EXPECT_EQ(read.holder, "disputed");
    EXPECT_EQ(read.claims, (std::vector<std::string>{"nhs", "social_care"}));
    EXPECT_EQ(read.opened_at, at("2026-11-01"));
    EXPECT_FALSE(read.note || read.zone || read.closed_at || read.open_again);
    correct.set_zone("");
    EXPECT_EQ(std::get<core::CorrectBlocker>(ingest::read_command(wire, hash)->what).zone, "")
        << "said to be nothing is not left unsaid";
}

TEST(ReadCommand, AMilestoneIsNowWhenNoTimeIsSaid) {
    auto wire = wire_command("c1");
    wire.mutable_record_milestone()->set_stay("#3");
    wire.mutable_record_milestone()->set_name(" medicines_ready ");
    auto const read = [&] {
        return std::get<core::RecordMilestone>(ingest::read_command(wire, hash)->what);
    };
    EXPECT_EQ(read().name, "medicines_ready");
    EXPECT_FALSE(read().at);
    *wire.mutable_record_milestone()->mutable_at() = wire_moment("2026-11-02T09:30");
    EXPECT_EQ(read().at, at("2026-11-02T09:30"));
}

TEST(ReadCommand, AWashUpIsRestoredByItsTeamAndTime) {
    auto wire = wire_command("c1");
    wire.mutable_restore_wash_up()->set_team("north");
    wire.mutable_restore_wash_up()->set_why("no strike");
    *wire.mutable_restore_wash_up()->mutable_planned() = wire_moment("2026-11-04T09:00");
    auto const c = ingest::read_command(wire, hash);
    auto const& restore = std::get<core::RestoreWashUp>(c->what);
    EXPECT_EQ(restore.team + ": " + restore.why, "north: no strike");
    EXPECT_EQ(restore.planned, at("2026-11-04T09:00"));
}

TEST(ReadCommand, CountersThatWereNotSaidAreUnknownAndNotZero) {
    auto wire = wire_command("c1");
    wire.mutable_report_capacity()->set_service("night-1");
    wire.mutable_report_capacity()->set_total(0);
    auto const c = ingest::read_command(wire, hash);
    auto const& counters = std::get<core::ReportCapacity>(c->what).counters;
    EXPECT_EQ(counters.total, 0);
    EXPECT_FALSE(counters.occupied);
    EXPECT_FALSE(counters.accepting);
}

}  // namespace
}  // namespace washup::tests
