#include "daemon/derive/to_map.hpp"

#include <gtest/gtest.h>

#include "tests/support/core/ward.hpp"

namespace washup::derive {
namespace {

using tests::Message;
using tests::Ward;

void tell(Ward& ward, std::string const& words, std::string reference, std::string source = "hub") {
    Message message{"blockers", "2026-11-03T09:00"};
    message.visit("V1").source(std::move(source));
    core::BlockerSeen seen;
    seen.reason = words;
    seen.reference = std::move(reference);
    message.observation.kind = std::move(seen);
    ward.receive(message);
}

TEST(ToBeMapped, ListsWordsOnceHoweverTheyAreWrittenTheMostFirst) {
    Ward ward;
    ward.receive(tests::a01("V1", "P1", "2026-11-02T08:00"));
    tell(ward, "Waiting for the moon", "b1");
    tell(ward, "no carers at night", "b2");
    tell(ward, "No carers - at night", "b3", "other");
    auto const list = to_be_mapped(ward.state());
    ASSERT_EQ(list.size(), 2u);
    EXPECT_EQ(list[0].words, "no carers at night");
    EXPECT_EQ(list[0].blockers, 2u);
    EXPECT_EQ(list[0].open, 2u);
    EXPECT_EQ(list[0].source, "other");
    EXPECT_EQ(list[1].words, "Waiting for the moon");
    tell(ward, "CP4", "b4");
    EXPECT_EQ(to_be_mapped(ward.state()).size(), 2u) << "a known reason is no work";
}

TEST(ToBeMapped, ListsNoMoreKindsThanToMapMax) {
    Ward ward;
    std::size_t told = 0;
    for (int stay = 0; told <= to_map_max; ++stay) {
        auto const visit = "W" + std::to_string(stay);
        ward.receive(tests::a01(visit, "Q" + std::to_string(stay), "2026-11-02T08:00"));
        for (std::size_t b = 0; b < core::stay_blockers_max; ++b, ++told) {
            Message message{"blockers", "2026-11-03T09:00"};
            message.visit(visit).source("hub");
            core::BlockerSeen seen;
            seen.reason = "words number " + std::to_string(told);
            message.observation.kind = std::move(seen);
            ward.receive(message);
        }
    }
    EXPECT_EQ(to_be_mapped(ward.state()).size(), to_map_max);
}

TEST(Proposals, AreTheCrosswalkFirstThenWhatIsMostAlike) {
    auto config = tests::small_config();
    core::CodeList old;
    old.code = "old";
    old.entries = {{"E", "Awaiting care package in own home", {"HP4", "CP4"}, {}, {}}};
    config.code_lists.push_back(old);
    auto const today = make_date(2026, 11, 22);
    auto const listed = propose_reasons(config, "awaiting care package in own home", today);
    ASSERT_GE(listed.size(), 2u);
    EXPECT_EQ(listed[0].reason, "HP4");
    EXPECT_EQ(listed[0].percent, 100u);
    EXPECT_EQ(listed[1].reason, "CP4");
    auto const alike = propose_reasons(config, "Night sittng not availble", today);
    ASSERT_FALSE(alike.empty());
    EXPECT_EQ(alike[0].reason, "night_sitting");
    EXPECT_LT(alike[0].percent, 100u);
    EXPECT_TRUE(propose_reasons(config, "xyzzy", today).empty());
    EXPECT_TRUE(propose_reasons(config, "", today).empty());
}

TEST(Proposals, AreNeverMoreThanProposalsMaxNorOutOfForce) {
    core::Config config;
    for (int i = 0; i < 9; ++i) {
        core::ReasonConfig reason;
        reason.code = "R" + std::to_string(i);
        reason.label = "Waiting for the same thing " + std::to_string(i);
        config.reasons.push_back(reason);
    }
    auto const today = make_date(2026, 11, 22);
    EXPECT_EQ(propose_reasons(config, "waiting for the same thing", today).size(), proposals_max);
    for (auto& reason : config.reasons) reason.in_force.until = make_date(2024, 5, 26);
    EXPECT_TRUE(propose_reasons(config, "waiting for the same thing", today).empty());
}

}  // namespace
}  // namespace washup::derive
