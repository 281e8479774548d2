// Times that can be written and can hardly be true: applied and shown doubtful from a source,
// refused from a person (product.md section 3).

#include <gtest/gtest.h>

#include "daemon/core/plausible.hpp"
#include "tests/support/core/ward.hpp"

namespace washup::tests {
namespace {

using core::Field;

std::vector<std::string> inbox_fields(Ward const& ward) {
    std::vector<std::string> fields;
    for (auto const& [id, item] : ward.state().inbox) fields.push_back(item.kept.field);
    return fields;
}

struct DoubtfulTimes : testing::Test {
    Ward ward;
    void SetUp() override { ward.receive(a01("V1", "M1", "2026-11-02T09:00")); }
    std::string doubt_of(Field field, std::string const& said) {
        ward.receive(a08("V1", "M1", to_text({ward.now(), Precision::minute})).time(field, said));
        return ward.read("V1", field).fact->doubt;
    }
    core::Blocker tell_blocker(core::BlockerSeen seen) {
        Message message{"blockers", "2026-11-03T09:00"};
        seen.reason = "CP4";
        message.source("hub").person("M1").observation.kind = seen;
        EXPECT_EQ(ward.receive(message).code, "accepted");
        return ward.stay("V1")->blockers.back();
    }
    std::string refused_field(auto what) {
        auto command = command_for("V1");
        command.what = std::move(what);
        auto const answer = ward.command(command);
        return answer ? "accepted" : answer.error().field;
    }
};

TEST_F(DoubtfulTimes, WhatHasHappenedDoesNotLieAheadAndAPlanNotTwoYears) {
    EXPECT_EQ(doubt_of(Field::discharge_ready, "2026-11-03T08:00"), "");
    EXPECT_EQ(doubt_of(Field::discharge_ready, "2027-11-03"), "said before it happened");
    EXPECT_EQ(doubt_of(Field::medically_optimised, "2150-01-01"), "said before it happened");
    EXPECT_EQ(doubt_of(Field::expected_discharge, "2026-12-24"), "");
    EXPECT_EQ(doubt_of(Field::expected_discharge, "2150-01-01"), "more than two years ahead");
    EXPECT_EQ(doubt_of(Field::discharge_ready, "1926-11-03"), "more than ten years ago");
    EXPECT_EQ(doubt_of(Field::birth_date, "1926-11-03"), "");
}

TEST_F(DoubtfulTimes, ABirthDateComesInWordsBecauseItIdentifies) {
    auto const told =
        ward.receive(a08("V1", "M1", "2026-11-03T09:00").text(Field::birth_date, "1940-03-01"));
    EXPECT_EQ(told.code, "accepted");
    EXPECT_EQ(ward.read("V1", Field::birth_date).fact->value.text.text, "1940-03-01");
}

TEST_F(DoubtfulTimes, TheBoundsAreWhereTheirNamesSay) {
    auto const now = at("2026-11-22T09:00").at;
    auto const doubt = [&](Field field, Instant when) {
        return core::doubt_of_time(field, {when, Precision::minute}, now);
    };
    auto const second = seconds(1);
    EXPECT_EQ(doubt(Field::discharge_ready, now + core::happened_ahead_max), "");
    EXPECT_NE(doubt(Field::discharge_ready, now + core::happened_ahead_max + second), "");
    EXPECT_EQ(doubt(Field::review_on, now + core::planned_ahead_max), "");
    EXPECT_NE(doubt(Field::review_on, now + core::planned_ahead_max + second), "");
    EXPECT_EQ(doubt(Field::admitted_at, now - core::long_past_max), "");
    EXPECT_NE(doubt(Field::admitted_at, now - core::long_past_max - second), "");
}

TEST_F(DoubtfulTimes, ASendersClockIsAheadFromTenMinutesAndOneSecond) {
    auto const received = ward.now() + seconds(1);
    auto message =
        a08("V1", "M1", "2026-11-02T09:00").time(Field::expected_discharge, "2026-11-09");
    message.observation.times.occurred = {received + core::clock_ahead_max, Precision::minute};
    ward.receive(message);
    EXPECT_EQ(ward.read("V1", Field::expected_discharge).fact->doubt, "");
    auto later = a08("V1", "M1", "2026-11-02T09:00").time(Field::review_on, "2026-11-09");
    later.observation.times.occurred = {
        ward.now() + seconds(1) + core::clock_ahead_max + seconds(1), Precision::minute};
    ward.receive(later);
    auto const fact = ward.read("V1", Field::review_on).fact;
    EXPECT_EQ(fact->doubt, "sender clock ahead");
    EXPECT_EQ(fact->times.occurred.at, ward.now()) << "ordered by receipt";
}

TEST_F(DoubtfulTimes, ABlockersOwnTimeThatIsNoneIsSaidOnTheBlocker) {
    core::BlockerSeen seen;
    seen.doubt = "opened 0001-01-01, which is no time";
    EXPECT_EQ(tell_blocker(seen).doubt, seen.doubt);
}

TEST_F(DoubtfulTimes, ABlockerOfNextCenturyOpensNowAndSaysWhatWasSaid) {
    core::BlockerSeen seen;
    seen.opened_at = at("2150-01-01");
    auto const blocker = tell_blocker(seen);
    EXPECT_EQ(blocker.opened.at, ward.now());
    EXPECT_EQ(blocker.doubt, "sender clock ahead: said 2150-01-01");
}

TEST_F(DoubtfulTimes, ABlockerOlderThanTheAdmissionByMoreThanAYearIsDoubtful) {
    core::BlockerSeen seen;
    auto const edge = at("2026-11-02T09:00").at - core::blocker_early_max;
    seen.reference = "a";
    seen.opened_at = Moment{edge, Precision::minute};
    EXPECT_EQ(tell_blocker(seen).doubt, "");
    seen.reference = "b";
    seen.opened_at = Moment{edge - seconds(1), Precision::minute};
    EXPECT_EQ(tell_blocker(seen).doubt, "opened long before the admission");
    EXPECT_EQ(refused_field(core::RaiseBlocker{"HP4", "", "", "", at("1926-11-01")}), "opened_at");
}

TEST_F(DoubtfulTimes, DoubtsOfOneBlockerAreAllKept) {
    core::BlockerSeen seen;
    seen.opened_at = at("2150-01-01");
    seen.reference = "a";
    tell_blocker(seen);
    seen.closed = true;
    seen.opened_at.reset();
    seen.closed_at = at("2026-11-01");
    EXPECT_EQ(tell_blocker(seen).doubt,
              "sender clock ahead: said 2150-01-01; closed before it opened");
}

TEST_F(DoubtfulTimes, AnActionsFarDeadlineIsTakenAndLookedAt) {
    Message message{"actions", "2026-11-03T09:00"};
    core::ActionSeen seen;
    seen.text = "hoist";
    seen.owner = "somebody";
    seen.deadline = at("2206-11-09");
    message.source("hub").person("M1").observation.kind = seen;
    auto const told = ward.receive(message);
    EXPECT_EQ(told.code, "accepted");
    EXPECT_EQ(told.reason, "field_doubtful");
    EXPECT_EQ(inbox_fields(ward), std::vector<std::string>{"deadline"});
    EXPECT_EQ(ward.stay("V1")->actions.size(), 1u);
    EXPECT_EQ(ward.state().inbox.begin()->second.kept.words,
              "taken as it is: 2206-11-09 is more than two years ahead");
}

TEST_F(DoubtfulTimes, AnActionAgreedInTheFutureIsAgreedNowAndLookedAt) {
    Message message{"actions", "2026-11-03T09:00"};
    core::ActionSeen seen;
    seen.text = "hoist";
    seen.owner = "somebody";
    seen.deadline = at("2026-11-09");
    seen.agreed_at = at("2027-11-09");
    message.source("hub").person("M1").observation.kind = seen;
    ward.receive(message);
    EXPECT_EQ(inbox_fields(ward), std::vector<std::string>{"agreed_at"});
    EXPECT_EQ(ward.stay("V1")->actions.front().agreed, ward.now());
}

TEST_F(DoubtfulTimes, APersonIsRefusedWhatASourceIsOnlyDoubted) {
    auto const set = [&](Field field, std::string const& when) {
        return refused_field(core::SetField{field, {{}, at(when), {}, {}}, "", {}});
    };
    EXPECT_EQ(set(Field::expected_discharge, "2150-01-01"), "expected discharge");
    EXPECT_EQ(set(Field::review_on, "2150-01-01"), "review date");
    EXPECT_EQ(set(Field::referred_at, "1926-01-01"), "referred at");
    EXPECT_EQ(set(Field::expected_discharge, "2026-11-09"), "accepted");
    core::Command add;
    add.what = core::AddStaff{"posei", "Peter Osei", "social worker", "north"};
    ASSERT_TRUE(ward.command(add));
    EXPECT_EQ(refused_field(core::AssignAction{"hoist", "posei", at("2206-11-09"), {}, {}}),
              "deadline");
}

}  // namespace
}  // namespace washup::tests
