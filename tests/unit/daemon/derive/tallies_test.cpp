// Bed days for every scope, and distinct people per bar: product.md section 5, weight "people".

#include <gtest/gtest.h>

#include <map>
#include <string>

#include "daemon/derive/tallies.hpp"
#include "tests/support/core/ward.hpp"

namespace washup::tests {
namespace {

using core::Field;
using derive::Level;
using derive::Window;

Message waits_for(std::string person, std::string reason, std::string opened,
                  std::string closed = {}) {
    Message message{"blockers", "2026-11-20T09:00"};
    core::BlockerSeen seen;
    seen.reason = std::move(reason);
    seen.reference = person + seen.reason;
    seen.opened_at = at(opened);
    seen.closed = !closed.empty();
    if (seen.closed) seen.closed_at = at(closed);
    message.source("hub").person(person).observation.kind = seen;
    return message;
}

void admit(Ward& ward, std::string visit, std::string person, std::string ready) {
    ward.receive(a01(visit, person, "2026-11-02T09:00"));
    ward.receive(a08(visit, person, "2026-11-02T10:00").time(Field::discharge_ready, ready));
}

struct Counted {
    derive::Tallies tallies;
    explicit Counted(Ward const& ward) { tallies.recount(ward.state()); }
    std::int64_t theme(std::string code, Window window = Window::days_28) const {
        return tallies.people({"all", window, Level::theme, code});
    }
    std::int64_t reason(std::string code, Window window = Window::days_28) const {
        return tallies.people({"all", window, Level::reason, code});
    }
    std::int64_t leaf(std::string reason, std::string local) const {
        auto const it = tallies.leaves().find({"all", Window::days_28, reason, local});
        return it == tallies.leaves().end() ? 0 : it->second.people;
    }
};

TEST(Tallies, AreKeptForEveryScopeThatHoldsAMidnight) {
    Ward ward;
    admit(ward, "V1", "M1", "2026-11-05");
    ward.wait_until("2026-11-08T09:00");
    Counted const counted{ward};
    std::map<std::string, std::int64_t> days;
    for (auto const& [key, leaf] : counted.tallies.leaves()) {
        if (key.window == Window::days_28) days[key.scope] += leaf.bed_days;
    }
    ASSERT_FALSE(days.empty());
    for (auto const& [scope, sum] : days) EXPECT_EQ(sum, 3) << scope;
    EXPECT_TRUE(days.contains("all"));
    EXPECT_TRUE(days.contains("ward:STM/FORD"));
}

TEST(People, WhoWaitedForTwoReasonsOfOneThemeIsOnePersonOfIt) {
    Ward ward;
    auto config = small_config();
    config.reasons[1].theme = "home_care";  // HP4 beside CP4
    ward.adopt(config);
    admit(ward, "V1", "M1", "2026-11-05");
    ward.receive(waits_for("M1", "CP4", "2026-11-05", "2026-11-10"));
    ward.receive(waits_for("M1", "HP4", "2026-11-10", "2026-11-15"));
    ward.wait_until("2026-11-20T09:00");
    Counted const counted{ward};
    EXPECT_EQ(counted.theme("home_care"), 1);
    EXPECT_EQ(counted.reason("CP4"), 1);
    EXPECT_EQ(counted.reason("HP4"), 1);
    EXPECT_EQ(counted.theme(""), 1) << "unattributed since the fifteenth";
}

TEST(People, WhoWaitedForTwoLocalReasonsOfOneReasonIsOnePersonOfIt) {
    Ward ward;
    admit(ward, "V1", "M1", "2026-11-05");
    ward.receive(waits_for("M1", "night_sitting", "2026-11-05", "2026-11-10"));
    ward.receive(waits_for("M1", "CP4", "2026-11-10"));
    ward.wait_until("2026-11-20T09:00");
    Counted const counted{ward};
    EXPECT_EQ(counted.reason("CP4"), 1);
    EXPECT_EQ(counted.leaf("CP4", "night_sitting"), 1);
    EXPECT_EQ(counted.leaf("CP4", ""), 1);
    EXPECT_EQ(counted.theme("night_sitting"), 1) << "a local reason may be its own theme";
    EXPECT_EQ(counted.theme("home_care"), 1);
}

TEST(People, ASecondStayIsNoSecondPersonAndAMergeMakesOneOfTwo) {
    Ward ward;
    admit(ward, "V1", "M1", "2026-11-03");
    ward.receive(waits_for("M1", "CP4", "2026-11-03"));
    ward.receive(a03("V1", "M1", "2026-11-06T12:00"));
    ward.receive(a01("V2", "M1", "2026-11-08T09:00"));
    ward.receive(a08("V2", "M1", "2026-11-08T10:00").time(Field::discharge_ready, "2026-11-09"));
    ward.receive(waits_for("M1", "night_sitting", "2026-11-09"));
    admit(ward, "V3", "M3", "2026-11-05");
    ward.receive(waits_for("M3", "CP4", "2026-11-05"));
    ward.wait_until("2026-11-20T09:00");
    Counted counted{ward};
    EXPECT_EQ(counted.reason("CP4"), 2);
    EXPECT_EQ(counted.reason("CP4", Window::now), 2);
    ward.receive(a40("M1", "M3", "2026-11-20T10:00"));
    for (auto const* visit : {"V1", "V2", "V3"}) {
        counted.tallies.update(ward.state(), ward.stay(visit)->id);
    }
    EXPECT_EQ(counted.reason("CP4"), 1);
    auto undo = command_for("V2");
    undo.what = core::UndoMerge{"two women"};
    ASSERT_TRUE(ward.command(undo));
    for (auto const* visit : {"V1", "V2", "V3"}) {
        counted.tallies.update(ward.state(), ward.stay(visit)->id);
    }
    EXPECT_EQ(counted.reason("CP4"), 2);
}

TEST(People, DaysOfABlockerInWordsNobodyKnowsAreNotUnattributed) {
    Ward ward;
    admit(ward, "V1", "M1", "2026-11-05");
    ward.receive(waits_for("M1", "the lift is broken", "2026-11-05"));
    ward.wait_until("2026-11-20T09:00");
    Counted const counted{ward};
    EXPECT_EQ(counted.theme(""), 0);
    EXPECT_EQ(counted.theme(derive::other_theme), 1);
    EXPECT_EQ(counted.leaf(derive::unmapped_reason, ""), 1);
}

TEST(People, WhatVanishesIsToldAsChanged) {
    Ward ward;
    admit(ward, "V1", "M1", "2026-11-05");
    ward.wait_until("2026-11-20T09:00");
    Counted counted{ward};
    counted.tallies.take_changed_people();
    auto cancel = a11("V1", "M1", "2026-11-20T10:00");
    ward.receive(cancel);
    counted.tallies.update(ward.state(), ward.stay("V1")->id);
    auto const changed = counted.tallies.take_changed_people();
    EXPECT_TRUE(changed.contains({"all", Window::now, Level::theme, ""}));
    EXPECT_EQ(counted.theme("", Window::now), 0);
    EXPECT_TRUE(counted.tallies.take_changed_people().empty());
}

}  // namespace
}  // namespace washup::tests
