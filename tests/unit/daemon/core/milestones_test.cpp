// Milestones are names that a site configures: product.md section 3, "Clocks".

#include <gtest/gtest.h>

#include "tests/support/core/ward.hpp"

namespace washup::tests {
namespace {

Message milestone(std::string name, std::string when) {
    Message message{"milestones", when};
    message.source("hub").person("M1").observation.kind =
        core::MilestoneSeen{std::move(name), at(when)};
    return message;
}

TEST(Milestones, AreKnownByCodeAndByWordsHoweverTheyAreWritten) {
    Ward ward;
    ward.receive(a01("V1", "M1", "2026-11-02T09:00"));
    EXPECT_EQ(ward.receive(milestone("medicines_ready", "2026-11-03T09:00")).code, "accepted");
    EXPECT_EQ(ward.receive(milestone("FIRST-VISIT  DONE", "2026-11-04T09:00")).code, "accepted");
    ASSERT_EQ(ward.stay("V1")->milestones.size(), 2u);
    EXPECT_EQ(ward.stay("V1")->milestones[1].name, "first_visit_done");
}

TEST(Milestones, AnUnknownNameIsNeverInventedAndWaitsForAPerson) {
    Ward ward;
    ward.receive(a01("V1", "M1", "2026-11-02T09:00"));
    auto const told = ward.receive(milestone("sherry poured", "2026-11-03T09:00"));
    EXPECT_EQ(told.code, "inbox");
    EXPECT_EQ(told.reason, "unmappable");
    EXPECT_EQ(told.field, "milestone");
    EXPECT_TRUE(ward.stay("V1")->milestones.empty());
    EXPECT_EQ(ward.state().inbox.size(), 1u);
}

TEST(Milestones, ToldTwiceItIsReachedOnce) {
    Ward ward;
    ward.receive(a01("V1", "M1", "2026-11-02T09:00"));
    ward.receive(milestone("medicines_ready", "2026-11-03T09:00"));
    ward.receive(milestone("Medicines ready", "2026-11-03T09:00"));
    EXPECT_EQ(ward.stay("V1")->milestones.size(), 1u);
    ward.receive(milestone("medicines_ready", "2026-11-03T10:00"));
    EXPECT_EQ(ward.stay("V1")->milestones.size(), 2u) << "at another time it is something new";
}

}  // namespace
}  // namespace washup::tests
