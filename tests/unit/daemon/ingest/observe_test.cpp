// What the border makes of a source's record.

#include <gtest/gtest.h>

#include "daemon/core/decide.hpp"
#include "daemon/ingest/observe.hpp"
#include "daemon/ingest/values.hpp"
#include "tests/support/core/ward.hpp"
#include "tests/support/daemon/wire_messages.hpp"

namespace washup::tests {
namespace {

core::AliasKey hash(std::string_view kind, std::string_view space, std::string_view number) {
    return Ward::key(std::string{kind}, std::string{space}, std::string{number});
}

v1::IngestRecord record_of(v1::Observation const& observation) {
    v1::IngestRecord record;
    record.set_source("ward");
    record.set_epoch("w1");
    record.set_sequence(7);
    record.set_record_name("MSG 7");
    record.set_trigger("A01");
    *record.mutable_observation() = observation;
    return record;
}

std::shared_ptr<v1::IngestRecord const> shared(v1::IngestRecord record) {
    return std::make_shared<v1::IngestRecord>(std::move(record));
}

core::Observation observed(v1::Observation const& observation) {
    return ingest::observe(shared(record_of(observation)), hash).value();
}

TEST(Observe, TakesOverWhoWhatAndWhen) {
    auto wire = wire_admit("V1", "M1", "2026-11-02T09:00", "FORD", "B3");
    add_number(wire, v1::Identifier::COUNCIL, "77", "KCC");
    auto const o = observed(wire);
    EXPECT_EQ(o.source, "ward");
    EXPECT_EQ(o.record_name, "MSG 7");
    EXPECT_EQ(o.trigger, "A01");
    ASSERT_TRUE(o.subject.visit);
    EXPECT_EQ(o.subject.visit->key, hash("visit", "RZZ", "V1"));
    ASSERT_EQ(o.subject.identifiers.size(), 2u);
    EXPECT_EQ(o.subject.identifiers[1].key, hash("council", "KCC", "77"));
    EXPECT_EQ(o.times.occurred, at("2026-11-02T09:00"));
    auto const& seen = std::get<core::StaySeen>(o.kind);
    EXPECT_EQ(seen.effect, core::StaySeen::Effect::admit);
    EXPECT_TRUE(seen.inpatient && seen.opens && !seen.inferred);
    ASSERT_EQ(o.facts.size(), 2u);
    EXPECT_EQ(o.facts[0].value.location->bed, "B3");
    EXPECT_EQ(o.facts[1].value.moment, at("2026-11-02T09:00"));
}

TEST(Observe, SaysWhatAnAdapterCouldNotReadUpToItsBound) {
    auto wire = wire_admit("V1", "M1", "2026-11-02T09:00");
    for (std::size_t i = 0; i <= ingest::observation_unreadable_max; ++i) {
        auto& unread = *wire.add_unreadable();
        unread.set_field("PV2-" + std::to_string(i));
        unread.set_words("no time");
    }
    auto const o = observed(wire);
    ASSERT_EQ(o.unreadable.size(), ingest::observation_unreadable_max);
    EXPECT_EQ(o.unreadable.front().field, "PV2-0");
    EXPECT_EQ(o.unreadable.back().words, "more than 16 fields could not be read");
}

TEST(Observe, SaysThatNumbersAboveTheBoundWereLeftOut) {
    auto wire = wire_admit("V1", "M1", "2026-11-02T09:00");
    auto const with = [&](std::size_t count) {
        wire.mutable_subject()->clear_identifiers();
        for (std::size_t i = 0; i < count; ++i) {
            add_number(wire, v1::Identifier::LOCAL, std::to_string(i), "RZZ");
            add_number(wire, v1::Identifier::LOCAL, std::to_string(i), "RZZ");  // said twice
        }
        return observed(wire);
    };
    EXPECT_TRUE(with(ingest::observation_identifiers_max).unreadable.empty());
    auto const o = with(ingest::observation_identifiers_max + 1);
    EXPECT_EQ(o.subject.identifiers.size(), ingest::observation_identifiers_max);
    ASSERT_EQ(o.unreadable.size(), 1u);
    EXPECT_EQ(o.unreadable[0].field, "identifiers");
}

TEST(Observe, KnowsARecordAndTheOneItRepeats) {
    auto record = record_of(wire_admit("V1", "M1", "2026-11-02T09:00"));
    auto const first = ingest::observe(shared(record), hash).value();
    EXPECT_FALSE(first.again_of);
    record.set_again_of(record.sequence());
    record.set_sequence(8);
    auto const second = ingest::observe(shared(record), hash).value();
    EXPECT_EQ(second.again_of, first.record);
    EXPECT_NE(second.record, first.record);
}

TEST(Observe, WhatTheInboxKeepsIsReadAgainAsTheSame) {
    auto const o = observed(wire_admit("V1", "M1", "2026-11-02T09:00"));
    auto const again = ingest::observe_again(o.raw(), hash);
    ASSERT_TRUE(again);
    EXPECT_EQ(again->raw(), o.raw());
    EXPECT_EQ(again->subject.visit->key, o.subject.visit->key);
    EXPECT_EQ(again->facts.size(), o.facts.size());
    EXPECT_FALSE(ingest::observe_again("\xff\xff", hash));
}

TEST(Observe, AnEnvelopeThatCannotBeUsedIsAnErrorWithItsField) {
    struct Case {
        char const* what;
        std::function<void(v1::IngestRecord&)> spoil;
        char const* field;
    };
    std::vector<Case> const cases{
        {"no source", [](auto& r) { r.set_source(""); }, "source"},
        {"capitals", [](auto& r) { r.set_source("Ward"); }, "source"},
        {"a path", [](auto& r) { r.set_source("../ward"); }, "source"},
        {"33 octets", [](auto& r) { r.set_source(std::string(33, 'a')); }, "source"},
        {"no epoch", [](auto& r) { r.set_epoch(""); }, "epoch"},
        {"65 octets", [](auto& r) { r.set_epoch(std::string(65, 'e')); }, "epoch"},
        {"sequence 0", [](auto& r) { r.set_sequence(0); }, "sequence"},
    };
    for (auto const& c : cases) {
        auto record = record_of(wire_counted());
        c.spoil(record);
        auto const o = ingest::observe(shared(record), hash);
        ASSERT_FALSE(o) << c.what;
        EXPECT_EQ(o.error().field, c.field) << c.what;
    }
    EXPECT_TRUE(ingest::valid_source_name("ward-2_b"));
    EXPECT_TRUE(ingest::valid_source_name(std::string(32, 'a')));
    EXPECT_FALSE(ingest::valid_source_name("board")) << "people are called so";
    EXPECT_FALSE(ingest::valid_source_name("ward 2"));
}

TEST(Observe, TextIsTrimmedAndCutAtWholeLettersAtTextBytesMax) {
    EXPECT_EQ(ingest::text_of(" \t ADAMS, Edith \r\n"), "ADAMS, Edith");
    EXPECT_EQ(ingest::text_of(" \n "), "");
    std::string const fits(ingest::text_bytes_max, 'a');
    EXPECT_EQ(ingest::text_of(fits), fits);
    EXPECT_EQ(ingest::text_of(fits + "b"), std::string(ingest::text_bytes_max - 3, 'a') + "...");
    for (std::size_t shift = 0; shift < 3; ++shift) {  // three octets a letter, at each offset
        std::string text(shift, 'a');
        while (text.size() <= ingest::text_bytes_max) text += "\xE2\x82\xAC";
        auto const cut = ingest::text_of(text);
        EXPECT_LE(cut.size(), ingest::text_bytes_max);
        EXPECT_EQ((cut.size() - 3 - shift) % 3, 0u) << "no letter is cut in two";
        EXPECT_TRUE(cut.ends_with("..."));
    }
}

TEST(Observe, MoreFactsThanObservationFactsMaxArePutAside) {
    auto wire = wire_update("V1", "M1", "2026-11-02T09:00");
    for (std::size_t i = 0; i < ingest::observation_facts_max; ++i) {
        add_code(wire, v1::FIELD_PATHWAY, "P1");
    }
    EXPECT_EQ(observed(wire).facts.size(), ingest::observation_facts_max);
    add_code(wire, v1::FIELD_PATHWAY, "P1");
    auto const o = observed(wire);
    ASSERT_TRUE(std::holds_alternative<core::SetAside>(o.kind));
    EXPECT_EQ(std::get<core::SetAside>(o.kind).why, "unmappable");
    EXPECT_TRUE(o.facts.empty());
}

TEST(Observe, IdentifiersAreTakenOnceEachAndUpToObservationIdentifiersMax) {
    auto wire = wire_update("V1", "M1", "2026-11-02T09:00");
    add_number(wire, v1::Identifier::LOCAL, "M1", "RZZ");
    add_number(wire, v1::Identifier::LOCAL, "  ", "RZZ");
    EXPECT_EQ(observed(wire).subject.identifiers.size(), 1u);
    for (std::size_t i = 0; i < ingest::observation_identifiers_max + 5; ++i) {
        add_number(wire, v1::Identifier::LOCAL, "N" + std::to_string(i), "RZZ");
    }
    EXPECT_EQ(observed(wire).subject.identifiers.size(), ingest::observation_identifiers_max);
}

TEST(Observe, NhsNumbersAreReadWithBlanksAndAnInvalidOneIsKeptAsDoubtful) {
    struct Case {
        char const* given;
        bool doubtful;
        char const* kept;
    };
    for (auto const& c :
         {Case{"9990000018", false, "9990000018"}, Case{"999 000 0018", false, "9990000018"},
          Case{"999-000-0018", false, "9990000018"}, Case{"9990000019", true, "9990000019"},
          Case{"1111111111", true, "1111111111"}, Case{"999000001", true, "999000001"},
          Case{"unknown", true, "unknown"}}) {
        auto wire = wire_counted();
        add_number(wire, v1::Identifier::NHS, c.given);
        auto const o = observed(wire);
        ASSERT_EQ(o.subject.identifiers.size(), 1u) << c.given;
        EXPECT_EQ(o.subject.identifiers[0].doubtful, c.doubtful) << c.given;
        EXPECT_EQ(o.subject.identifiers[0].number.text, c.kept) << c.given;
        EXPECT_EQ(o.subject.identifiers[0].key, hash("nhs", {}, c.kept)) << c.given;
    }
}

TEST(Observe, AFieldOrAnEffectOfANewerAdapterIsPutAsideAndNotGuessed) {
    auto wire = wire_update("V1", "M1", "2026-11-02T09:00");
    add_code(wire, static_cast<v1::Field>(777), "x");
    EXPECT_TRUE(std::holds_alternative<core::SetAside>(observed(wire).kind));
    auto none = wire_update("V1", "M1", "2026-11-02T09:00");
    add_code(none, v1::FIELD_NONE, "x");
    EXPECT_TRUE(std::holds_alternative<core::SetAside>(observed(none).kind));
    auto effect = wire_stay(static_cast<v1::StaySeen::Effect>(99), "V1", "M1", "2026-11-02T09:00");
    EXPECT_TRUE(std::holds_alternative<core::SetAside>(observed(effect).kind));
    EXPECT_TRUE(std::holds_alternative<core::SetAside>(observed(v1::Observation{}).kind));
}

TEST(Observe, EveryFieldOfTheSchemaIsKnownToTheBorder) {
    auto const* fields = v1::Field_descriptor();
    for (int i = 0; i < fields->value_count(); ++i) {
        auto const number = fields->value(i)->number();
        EXPECT_EQ(ingest::field_of(number).has_value(), number != v1::FIELD_NONE) << number;
    }
}

TEST(Observe, TimesOutOfRangeAreNotTimes) {
    v1::Moment moment;
    for (auto const ms : {std::numeric_limits<std::int64_t>::min(), std::int64_t{-6} << 40,
                          std::int64_t{1} << 43, std::numeric_limits<std::int64_t>::max()}) {
        moment.set_at_ms(ms);
        EXPECT_FALSE(ingest::moment_of(moment)) << ms;
        auto wire = wire_update("V1", "M1", "2026-11-02T09:00");
        wire.mutable_times()->mutable_occurred()->set_at_ms(ms);
        wire.mutable_times()->set_recorded_ms(ms);
        wire.mutable_times()->set_message_ms(ms);
        auto const o = observed(wire);
        EXPECT_EQ(o.times.occurred.at.ms, 0) << "not said";
        EXPECT_EQ(o.times.recorded.ms, 0);
        EXPECT_EQ(o.times.message_at.ms, 0);
    }
    moment.set_at_ms(at("1941-03-09").at.ms);
    EXPECT_TRUE(ingest::moment_of(moment));
}

// It must not read as "taken away": the plan that is held would be gone from the wall.
TEST(Observe, AFactWithAnImpossibleTimeIsKeptForAPersonAndTheRestIsApplied) {
    Ward ward;
    ward.receive(
        a01("V1", "M1", "2026-11-01T09:00").time(core::Field::expected_discharge, "2026-11-09"));
    auto wire = wire_update("V1", "M1", "2026-11-02T09:00");
    add_moment(wire, v1::FIELD_EXPECTED_DISCHARGE, "2026-11-09")
        .mutable_value()
        ->mutable_moment()
        ->set_at_ms(std::int64_t{1} << 50);
    add_place(wire, "KENT", "A1");
    auto const o = observed(wire);
    auto const decision = core::decide(ward.state(), o, at("2026-11-02T09:05").at);
    EXPECT_EQ(decision.outcome.code, "inbox");
    EXPECT_EQ(decision.outcome.field, "expected discharge");
    std::size_t facts = 0;
    for (auto const& event : decision.events) {
        if (auto const* fact = std::get_if<core::FactObserved>(&event)) {
            ++facts;
            EXPECT_EQ(fact->field, core::Field::location);
        }
    }
    EXPECT_EQ(facts, 1u);
}

TEST(Observe, ACancelWrittenNextYearTakesBackNothingThatIsStillToBeSaid) {
    Ward ward;
    ward.receive(a01("V1", "M1", "2026-11-01T09:00"));
    auto wire = wire_stay(v1::StaySeen::CANCEL_DISCHARGE, "V1", "M1", "2026-11-02T09:00");
    wire.mutable_times()->set_recorded_ms(at("2027-11-02T09:00").at.ms);
    auto const now = at("2026-11-02T09:05").at;
    auto const decision = core::decide(ward.state(), observed(wire), now);
    for (auto const& event : decision.events) {
        if (auto const* cancel = std::get_if<core::FactsRetracted>(&event)) {
            EXPECT_LE(cancel->recorded, now + core::clock_ahead_max);
        }
    }
}

TEST(Observe, AMergeWithoutANumberToRetireMeansNobody) {
    v1::Observation wire;
    add_number(wire, v1::Identifier::LOCAL, "M1", "RZZ");
    wire.mutable_merge()->add_retired()->set_namespace_("RZZ");
    EXPECT_TRUE(std::get<core::MergeSeen>(observed(wire).kind).retired.empty());
}

}  // namespace
}  // namespace washup::tests
