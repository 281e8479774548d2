// Times of a blocker's, an action's or a milestone's own that cannot be times: the rest is taken,
// what was said is shown to a person (product.md section 3).

#include <gtest/gtest.h>

#include "daemon/ingest/observe.hpp"
#include "tests/support/core/ward.hpp"
#include "tests/support/daemon/wire_messages.hpp"

namespace washup::tests {
namespace {

constexpr std::int64_t year_1_ms = -62'135'596'800'000;
constexpr std::int64_t year_9999_ms = 253'402'214'400'000;

core::Observation observed(v1::Observation const& observation) {
    auto const record = std::make_shared<v1::IngestRecord>();
    record->set_source("hub");
    record->set_epoch("h1");
    record->set_sequence(1);
    *record->mutable_observation() = observation;
    auto const read = ingest::observe(record, [](auto kind, auto name_space, auto number) {
        return Ward::key(std::string{kind}, std::string{name_space}, std::string{number});
    });
    EXPECT_TRUE(read);
    return *read;
}

std::vector<std::string> lines(core::Observation const& o) {
    std::vector<std::string> all;
    for (auto const& line : o.unreadable) all.push_back(line.field + ": " + line.words);
    return all;
}

TEST(NoTime, OfABlockerIsSaidOnItAndToAPerson) {
    auto wire = wire_blocker("M1", "CP4", "2026-11-03T09:00");
    wire.mutable_blocker()->mutable_opened_at()->set_at_ms(year_1_ms);
    wire.mutable_blocker()->mutable_closed_at()->set_at_ms(year_9999_ms);
    auto const o = observed(wire);
    EXPECT_EQ(lines(o), (std::vector<std::string>{"opened_at: 0001-01-01 is no time that can be",
                                                  "closed_at: 9999-12-31 is no time that can be"}));
    auto const& seen = std::get<core::BlockerSeen>(o.kind);
    EXPECT_FALSE(seen.opened_at);
    EXPECT_EQ(seen.doubt, "opened 0001-01-01, which is no time");

    Ward ward;
    ward.receive(a01("V1", "M1", "2026-11-02T09:00"));
    Message message{"blockers", "2026-11-03T09:00"};
    message.source("hub").person("M1");
    message.observation.kind = o.kind;
    message.observation.unreadable = o.unreadable;
    EXPECT_EQ(ward.receive(message).code, "accepted");
    EXPECT_EQ(ward.stay("V1")->blockers.front().doubt, "opened 0001-01-01, which is no time");
    EXPECT_EQ(ward.state().inbox.size(), 2u);
}

TEST(NoTime, OfAnActionsDeadlineMakesADraftThatSaysSo) {
    v1::Observation wire;
    wire.mutable_action()->set_text("hoist");
    wire.mutable_action()->set_owner("posei");
    wire.mutable_action()->mutable_deadline()->set_at_ms(std::int64_t{1} << 60);
    auto const o = observed(wire);
    EXPECT_EQ(lines(o), std::vector<std::string>{
                            "deadline: a time beyond any calendar is no time that can be"});
    Ward ward;
    ward.receive(a01("V1", "M1", "2026-11-02T09:00"));
    Message message{"actions", "2026-11-03T09:00"};
    message.source("hub").person("M1");
    message.observation.kind = o.kind;
    message.observation.unreadable = o.unreadable;
    auto const told = ward.receive(message);
    EXPECT_EQ(told.reason, "draft_action");
    EXPECT_EQ(told.words.find("a time beyond any calendar"), 0u) << told.words;
}

TEST(NoTime, OfAnAgreementOrAMilestoneIsToldToAPerson) {
    v1::Observation wire;
    wire.mutable_action()->mutable_agreed_at()->set_at_ms(year_1_ms);
    EXPECT_EQ(lines(observed(wire)).size(), 1u);
    wire.mutable_milestone()->mutable_at()->set_at_ms(year_9999_ms);
    EXPECT_EQ(lines(observed(wire)),
              std::vector<std::string>{"at: 9999-12-31 is no time that can be"});
}

TEST(NoTime, OfAWholeMessageMarksWhatItSays) {
    Ward ward;
    ward.receive(a01("V1", "M1", "2026-11-02T09:00"));
    auto wire = wire_update("V1", "M1", "2026-11-03T09:00");
    wire.mutable_times()->mutable_occurred()->set_at_ms(year_1_ms);
    add_place(wire, "KENT", "A1");
    auto const decision = core::decide(ward.state(), observed(wire), at("2026-11-03T09:05").at);
    std::string doubt;
    for (auto const& event : decision.events) {
        if (auto const* fact = std::get_if<core::FactObserved>(&event)) doubt = fact->doubt;
    }
    EXPECT_EQ(doubt, "occurred 0001-01-01, which is no time");
}

TEST(NoTime, OfOneFactIsSaidAndOfAPersonsFactNotRepeated) {
    auto wire = wire_update("V1", "M1", "2026-11-03T09:00");
    for (auto const field : {v1::FIELD_EXPECTED_DISCHARGE, v1::FIELD_BIRTH_DATE}) {
        add_moment(wire, field, "2026-11-09")
            .mutable_value()
            ->mutable_moment()
            ->set_at_ms(year_9999_ms);
    }
    auto const o = observed(wire);
    ASSERT_EQ(o.facts.size(), 2u);
    EXPECT_EQ(o.facts[0].no_time, "9999-12-31");
    EXPECT_EQ(o.facts[1].no_time, "this");
}

}  // namespace
}  // namespace washup::tests
