// Late, repeated and cancelled facts: product.md section 3, whatever the order of arrival.

#include <gtest/gtest.h>

#include <algorithm>

#include "proto/base/prng.hpp"
#include "tests/support/core/ward.hpp"

namespace washup::tests {
namespace {

using core::Field;

std::string place(Ward const& ward, std::string const& visit) {
    auto const said = ward.read(visit, Field::location);
    return said.known() ? said.fact->value.location->ward : "unknown";
}

TEST(LateFacts, AnOlderFactNeverOverwritesANewerOne) {
    Ward ward;
    ward.receive(a01("V1", "M1", "2026-11-02T09:00"));
    ward.receive(a02("V1", "M1", "2026-11-03T12:00", "KENT"));
    ward.receive(a02("V1", "M1", "2026-11-03T10:00", "DOVER"));
    EXPECT_EQ(place(ward, "V1"), "KENT");
    EXPECT_EQ(core::location_at(ward.state(), *ward.stay("V1"), at("2026-11-03T11:00").at).ward,
              "DOVER");
}

TEST(LateFacts, ASourceThatRepeatsItselfConfirmsAndDoesNotOverwrite) {
    Ward ward;
    ward.receive(a01("V1", "M1", "2026-11-02T09:00"));
    ward.receive(a08("V1", "M1", "2026-11-02T10:00").time(Field::expected_discharge, "2026-11-09"));
    ward.receive(Message{"edd", "2026-11-03T10:00"}
                     .source("hub")
                     .person("M1")
                     .stay({core::StaySeen::Effect::referral, true, true, false, {}, {}})
                     .time(Field::expected_discharge, "2026-11-12"));
    auto const before = ward.read("V1", Field::expected_discharge);
    EXPECT_EQ(to_text(*before.fact->value.moment), "2026-11-12");
    EXPECT_EQ(before.other, nullptr)
        << "a later word of another source is news, not a disagreement";

    ward.receive(a08("V1", "M1", "2026-11-04T10:00").time(Field::expected_discharge, "2026-11-09"));
    auto const after = ward.read("V1", Field::expected_discharge);
    EXPECT_EQ(to_text(*after.fact->value.moment), "2026-11-12");
    ASSERT_NE(after.other, nullptr) << "the ward still says the other date";
    EXPECT_EQ(to_text(*after.other->value.moment), "2026-11-09");
}

TEST(LateFacts, RepeatingMovesTheConfirmedTimeAndNotTheObservedOne) {
    Ward ward;
    ward.receive(a01("V1", "M1", "2026-11-02T09:00"));
    ward.receive(a08("V1", "M1", "2026-11-05T09:00").ward("FORD"));
    auto const said = ward.read("V1", Field::location);
    EXPECT_EQ(said.fact->times.occurred.at, at("2026-11-02T09:00").at);
    EXPECT_GE(said.confirmed_at, at("2026-11-05T09:00").at);
}

TEST(LateFacts, NullTakesAValueAwayAndAbsenceLeavesIt) {
    Ward ward;
    ward.receive(a01("V1", "M1", "2026-11-02T09:00").time(Field::expected_discharge, "2026-11-09"));
    ward.receive(a08("V1", "M1", "2026-11-03T09:00"));
    EXPECT_TRUE(ward.read("V1", Field::expected_discharge).known());
    ward.receive(a08("V1", "M1", "2026-11-04T09:00").fact(Field::expected_discharge, {}));
    EXPECT_FALSE(ward.read("V1", Field::expected_discharge).known());
}

TEST(Cancels, ACancelledTransferIsTakenBackFromItsTime) {
    Ward ward;
    ward.receive(a01("V1", "M1", "2026-11-02T09:00", "FORD"));
    ward.receive(a02("V1", "M1", "2026-11-03T09:00", "KENT"));
    ward.receive(a12("V1", "M1", "2026-11-03T11:00", "FORD", "KENT"));
    EXPECT_EQ(place(ward, "V1"), "FORD");
    EXPECT_EQ(core::location_at(ward.state(), *ward.stay("V1"), at("2026-11-03T10:00").at).ward,
              "FORD");
}

TEST(Cancels, AnUpdateAfterTheDischargeDoesNotReopen) {
    Ward ward;
    ward.receive(a01("V1", "M1", "2026-11-02T09:00"));
    ward.receive(a03("V1", "M1", "2026-11-04T15:00"));
    ward.receive(a08("V1", "M1", "2026-11-04T16:00"));
    EXPECT_TRUE(ward.ended("V1"));
}

TEST(Cancels, ACancelledDischargeReopensAndALaterDischargeEndsAgainThoughItIsBackdated) {
    Ward ward;
    ward.receive(a01("V1", "M1", "2026-11-02T09:00"));
    ward.receive(a03("V1", "M1", "2026-11-04T15:00"));
    ward.receive(a13("V1", "M1", "2026-11-04T16:00"));
    EXPECT_FALSE(ward.ended("V1"));
    ward.receive(a03("V1", "M1", "2026-11-04T15:30", "2026-11-05T09:00"));
    EXPECT_TRUE(ward.ended("V1"));
}

TEST(Cancels, AnAdmissionAfterItsCancelBringsTheStayBack) {
    Ward ward;
    ward.receive(a01("V1", "M1", "2026-11-02T09:00"));
    ward.receive(a11("V1", "M1", "2026-11-02T10:00"));
    EXPECT_EQ(ward.read("V1", Field::ending).fact->value.code, core::ended::recorded_in_error);
    ward.receive(a01("V1", "M1", "2026-11-02T11:00"));
    EXPECT_FALSE(ward.ended("V1"));
}

// Every order of one story ends in the same picture: facts, cancels and where the person is.
TEST(LateFacts, EveryOrderOfAStoryEndsInTheSamePicture) {
    auto const story = [] {
        return std::vector<Message>{a01("V1", "M1", "2026-11-02T09:00", "FORD"),
                                    a02("V1", "M1", "2026-11-03T09:00", "KENT"),
                                    a12("V1", "M1", "2026-11-03T11:00", "FORD", "KENT"),
                                    a03("V1", "M1", "2026-11-04T15:00"),
                                    a13("V1", "M1", "2026-11-04T16:00"),
                                    a02("V1", "M1", "2026-11-05T09:00", "DOVER")};
    };
    std::vector<std::size_t> order{0, 1, 2, 3, 4, 5};
    int orders = 0;
    do {
        Ward ward;
        for (auto const index : order) ward.receive(story()[index]);
        ASSERT_NE(ward.stay("V1"), nullptr);
        EXPECT_EQ(place(ward, "V1"), "DOVER");
        EXPECT_FALSE(ward.ended("V1")) << "the discharge was cancelled";
        EXPECT_FALSE(ward.stay("V1")->inferred) << "its admission was seen";
        EXPECT_EQ(core::location_at(ward.state(), *ward.stay("V1"), at("2026-11-03T10:00").at).ward,
                  "FORD");
        for (auto const& [id, item] : ward.state().inbox) EXPECT_EQ(item.settled, "carried_out");
        ++orders;
    } while (std::next_permutation(order.begin(), order.end()) && !HasFailure());
    EXPECT_EQ(orders, 720);
}

TEST(LateFacts, ATimeFarAheadOfOursIsOrderedByReceiptAndMarked) {
    Ward ward;
    ward.receive(a01("V1", "M1", "2026-11-02T09:00"));
    auto ahead = a08("V1", "M1", "2026-11-02T09:00").ward("KENT");
    ahead.observation.times.occurred = at("2027-11-02T09:00");
    ward.receive(ahead);
    auto const said = ward.read("V1", Field::location);
    EXPECT_EQ(said.fact->doubt, "sender clock ahead");
    EXPECT_LE(said.fact->times.occurred.at, ward.now());
}

TEST(LateFacts, AFieldKeepsItsBoundOfFacts) {
    Ward ward;
    ward.receive(a01("V1", "M1", "2026-11-02T00:00"));
    for (int i = 0; i < static_cast<int>(core::field_history_max) * 2; ++i) {
        auto const when = to_rfc3339(at("2026-11-02T01:00").at + minutes(i));
        ward.receive(a08("V1", "M1", when).ward(i % 3 == 0 ? "KENT" : "DOVER"));
        if (i % 4 == 0) ward.receive(a12("V1", "M1", when, "FORD", "KENT"));
    }
    auto const& history = *ward.stay("V1")->history(Field::location);
    EXPECT_EQ(history.facts.size(), core::field_history_max);
    EXPECT_EQ(history.retractions.size(), core::field_retractions_max);
}

TEST(LateFacts, OfALongRunTheFirstAndTheLatestAreKeptAndNothingIsReadOtherwise) {
    core::FieldHistory history;
    std::uint64_t number = 0;
    auto const say = [&](char const* source, char const* code, std::int64_t at) {
        core::Fact fact;
        fact.record = core::RecordNumber{++number};
        fact.source = source;
        fact.value.code = code;
        fact.times.occurred.at = fact.received = Instant{at};
        core::add_fact(history, fact);
    };
    for (std::int64_t minute = 1; minute <= 100; ++minute) {
        say("ward", "FORD", minute * 10);
        say("hub", "KENT", minute * 10 + 1);
    }
    EXPECT_EQ(history.facts.size(), 2 * core::run_kept_max);
    auto const now = core::current(history, "ward");
    EXPECT_EQ(now.fact->times.occurred.at, Instant{10});
    EXPECT_EQ(now.confirmed_at, Instant{1000});
    ASSERT_NE(now.other, nullptr);
    EXPECT_EQ(now.other->times.occurred.at, Instant{11});
    say("ward", "DOVER", 995);  // late: between the last two of its source
    EXPECT_EQ(core::current(history, "ward").fact->times.occurred.at, Instant{1000});
    EXPECT_EQ(history.facts.size(), 2 * core::run_kept_max + 1);
    say("ward", "FORD", 5);  // later told, earlier seen: the run begins there
    EXPECT_EQ(history.facts.front().times.occurred.at, Instant{5});
    EXPECT_EQ(history.facts.size(), 2 * core::run_kept_max + 2)
        << "the run was cut by what came between, and is as long as it may be";
}

TEST(LateFacts, NothingIsAnotherForWhatAListRemembers) {
    Prng chance{5};
    core::FieldHistory noted, afresh;
    for (std::uint64_t n = 1; n < 10 * core::field_history_max; ++n) {
        core::Fact fact;
        fact.record = core::RecordNumber{n};
        fact.source = chance.below(4) == 0 ? "hub" : "ward";
        fact.value.code = chance.below(3) == 0 ? "KENT" : "DOVER";
        auto const late = chance.below(5) == 0 ? chance.below(n) : 0;
        fact.times.occurred.at = Instant{static_cast<std::int64_t>(n - late)};
        fact.received = Instant{static_cast<std::int64_t>(n)};
        core::add_fact(noted, fact);
        static_cast<void>(afresh.facts.begin());  // to change facts takes the note away
        core::add_fact(afresh, fact);
        auto const remembered = core::current(noted, "hub"), read = core::current(afresh, "hub");
        ASSERT_EQ(remembered.fact->record, read.fact->record) << "fact " << n;
        ASSERT_EQ(remembered.confirmed_at, read.confirmed_at) << "fact " << n;
        ASSERT_EQ(remembered.other == nullptr, read.other == nullptr) << "fact " << n;
        if (read.other != nullptr) ASSERT_EQ(remembered.other->record, read.other->record);
        ASSERT_EQ(noted.facts.size(), afresh.facts.size());
        for (std::size_t i = 0; i < noted.facts.size(); ++i) {
            ASSERT_EQ(noted.facts[i].record, afresh.facts[i].record) << "fact " << n;
        }
    }
}

// Found by tests/sim, seed 47: a sender's clock that stood before 1970 made a service that no board
// was told of until the daemon was started again.
TEST(LateFacts, TheFirstCapacityOfAServiceIsNeverLate) {
    core::State state;
    core::CapacityReported told;
    told.service = "night-0";
    told.occurred = Instant{-3'600'000};
    told.accepting = 2;
    core::Changes changes;
    core::apply(state, core::Record{core::RecordNumber{1}, at("2026-11-02T09:00").at, {}, {told}},
                changes);
    EXPECT_TRUE(changes.services.contains("night-0"));
    EXPECT_EQ(state.services.at("night-0").counters.accepting, 2);
}

TEST(TwoSources, ThatWriteOneNameInTheirOwnCapitalsAndAccentsDoNotDisagree) {
    auto const disagree = [](std::string hubs) {
        Ward ward;
        auto const wards = "S\u00c1NCHEZ, Gordon";
        ward.receive(a01("V1", "M1", "2026-11-02T09:00").text(Field::name, wards));
        ward.receive(Message{"referrals", "2026-11-02T10:00"}
                         .source("hub")
                         .person("M1")
                         .stay({core::StaySeen::Effect::referral, true, true, false, {}, {}})
                         .text(Field::name, std::move(hubs)));
        ward.receive(a08("V1", "M1", "2026-11-02T11:00").text(Field::name, wards));
        return ward.read("V1", Field::name).other != nullptr;
    };
    EXPECT_FALSE(disagree("Sanchez,  gordon"));
    EXPECT_TRUE(disagree("S\u00e1nchez, Gordana"));
}

}  // namespace
}  // namespace washup::tests
