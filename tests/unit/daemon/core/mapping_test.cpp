// Words of a source that no vocabulary knows: kept as given, and given their reason when a later
// configuration knows them.

#include <gtest/gtest.h>

#include "tests/unit/daemon/core/one_stay.hpp"

namespace washup::tests {
namespace {

core::BlockerSeen words(std::string reason, std::string reference = {}) {
    core::BlockerSeen seen;
    seen.reason = std::move(reason);
    seen.reference = std::move(reference);
    return seen;
}

Message tells(core::BlockerSeen seen, std::string when = "2026-11-03T09:00") {
    Message message{"blockers", std::move(when)};
    message.visit("V1").source("hub");
    message.observation.kind = std::move(seen);
    return message;
}

core::Config with_alias(core::Config config, std::string reason, std::string alias) {
    for (auto& each : config.reasons) {
        if (each.code == reason) each.aliases.push_back(alias);
    }
    return config;
}

core::Blocker const& only_blocker(Ward const& ward) {
    auto const& blockers = ward.stay("V1")->blockers;
    EXPECT_EQ(blockers.size(), 1u);
    return blockers.front();
}

struct Mapping : testing::Test {
    Ward ward;
    Mapping() { ward.receive(a01("V1", "P1", "2026-11-02T08:00")); }
};

TEST_F(Mapping, GivesAReasonToWordsThatALaterConfigurationKnows) {
    ward.receive(tells(words("No carers round the clock", "b1")));
    EXPECT_EQ(only_blocker(ward).reason, "");
    EXPECT_EQ(only_blocker(ward).as_given.text, "No carers round the clock");
    EXPECT_EQ(only_blocker(ward).doubt, "reason to be mapped");
    auto const opened = only_blocker(ward).opened;
    ward.adopt(with_alias(ward.state().config, "CP4", "no carers – round the clock"));
    EXPECT_EQ(only_blocker(ward).reason, "CP4");
    EXPECT_EQ(only_blocker(ward).holder, "social_care");
    EXPECT_EQ(only_blocker(ward).as_given.text, "");
    EXPECT_EQ(only_blocker(ward).doubt, "");
    EXPECT_EQ(only_blocker(ward).opened, opened);
    EXPECT_EQ(only_blocker(ward).reference, "b1");
    ward.receive(tells(words("No carers round the clock", "b1")));  // the same again: no second one
    EXPECT_EQ(only_blocker(ward).reason, "CP4");
}

TEST_F(Mapping, LeavesOtherWordsOtherDoubtsAndOtherHoldersAlone) {
    auto told = words("Nobody knows", "b1");
    told.holder = "housing";
    told.doubt = "closed before it opened";
    ward.receive(tells(told));
    auto const before = only_blocker(ward);
    ward.adopt(with_alias(ward.state().config, "CP4", "something else"));
    EXPECT_EQ(only_blocker(ward).as_given, before.as_given);
    EXPECT_EQ(only_blocker(ward).doubt, "closed before it opened; reason to be mapped");
    ward.adopt(with_alias(ward.state().config, "CP4", "nobody knows"));
    EXPECT_EQ(only_blocker(ward).reason, "CP4");
    EXPECT_EQ(only_blocker(ward).holder, "housing");
    EXPECT_EQ(only_blocker(ward).doubt, "closed before it opened");
}

TEST_F(Mapping, TakesALabelOfAnotherListForTheOneReasonItStandsFor) {
    auto config = ward.state().config;
    core::CodeList old;
    old.code = "old";
    old.entries = {{"E", "Awaiting care package", {"CP4"}, {}, {}},
                   {"F", "Awaiting things", {"CP4", "HP4"}, {}, {}}};
    config.code_lists.push_back(old);
    ward.adopt(config);
    ward.receive(tells(words("awaiting  CARE package", "b1")));
    EXPECT_EQ(only_blocker(ward).reason, "CP4");
    ward.receive(tells(words("awaiting things", "b2")));
    ASSERT_EQ(ward.stay("V1")->blockers.size(), 2u);
    EXPECT_EQ(ward.stay("V1")->blockers[1].reason, "") << "two may be meant: a person chooses";
}

TEST_F(Mapping, TakesWhereTheWardSaysSomebodyGoesForAProposalOfAnOutcomeAndForNothingElse) {
    auto config = ward.state().config;
    config.destinations = {
        {"rehab", "Pathway 2: Short-term bed/hospice", "P2", {"rehab_bed", "hospice"}, {}}};
    ward.adopt(config);
    ward.receive(a08("V1", "P1", "2026-11-03T09:00")
                     .code(core::Field::proposed_outcome, "pathway 2: short term bed / hospice"));
    EXPECT_EQ(ward.read("V1", core::Field::proposed_outcome).fact->value.code, "rehab_bed");
    ward.receive(a08("V1", "P1", "2026-11-03T10:00")
                     .code(core::Field::actual_outcome, "Pathway 2: Short-term bed/hospice"));
    EXPECT_FALSE(ward.read("V1", core::Field::actual_outcome).known());
    EXPECT_EQ(ward.state().inbox.rbegin()->second.kept.why, "outcome_off_ladder");
}

TEST_F(Mapping, RefusesAPersonAReasonThatIsNotInForceAndKeepsASourcesWords) {
    auto config = ward.state().config;
    for (auto& reason : config.reasons) {
        if (reason.code == "CP4") reason.in_force.until = make_date(2026, 11, 2);
    }
    ward.receive(tells(words("CP4", "b1"), "2026-11-02T09:00"));
    ward.adopt(config);
    EXPECT_EQ(only_blocker(ward).reason, "CP4") << "said while it was";
    ward.receive(tells(words("CP4", "b2"), "2026-11-03T09:00"));
    EXPECT_EQ(ward.stay("V1")->blockers[1].as_given.text, "CP4");
    ward.wait_until("2026-11-03T10:00");
    auto command = command_for("V1");
    command.what = core::RaiseBlocker{"CP4", {}, {}, {}, {}};
    auto const refused = ward.command(command);
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().field, "reason");
    EXPECT_NE(refused.error().words.find("not in force on 2026-11-03"), std::string::npos)
        << refused.error().words;
}

TEST_F(Mapping, CorrectsNoMoreThanDueAtOnceMaxInOneRecordAndTheRestWhenTheDayTurns) {
    auto config = ward.state().config;
    auto const stays = core::due_at_once_max / core::stay_blockers_max + 1;
    for (std::size_t i = 0; i < stays; ++i) {
        auto const visit = "W" + std::to_string(i);
        ward.receive(a01(visit, "Q" + std::to_string(i), "2026-11-02T08:00"));
        for (std::size_t b = 0; b < core::stay_blockers_max; ++b) {
            auto message = tells(words("unheard of", "b" + std::to_string(b)));
            message.visit(visit);
            ward.receive(message);
        }
    }
    auto const unmapped = [&] {
        std::size_t count = 0;
        for (auto const& [id, stay] : ward.state().stays) {
            for (auto const& blocker : stay.blockers) count += blocker.reason.empty() ? 1 : 0;
        }
        return count;
    };
    ward.adopt(with_alias(config, "CP4", "unheard of"));
    EXPECT_EQ(unmapped(), stays * core::stay_blockers_max - core::due_at_once_max);
    ward.wait_until("2026-11-05T00:01");
    EXPECT_EQ(unmapped(), 0u);
}

}  // namespace
}  // namespace washup::tests
