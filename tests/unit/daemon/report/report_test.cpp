#include "daemon/report/report.hpp"

#include <gtest/gtest.h>

#include "tests/support/core/ward.hpp"
#include "tests/support/report/asked.hpp"

namespace washup::report {
namespace {

using tests::Ward;

TEST(Reports, AreListedWithTheirOptionsByName) {
    Ward ward;
    auto const list = tests::first_lines(ward.state(), "reports");
    ASSERT_EQ(list.size(), report_kinds().size());
    for (auto const& kind : report_kinds()) {
        EXPECT_EQ(find_kind(kind.name), &kind);
        EXPECT_GE(kind.tier, 0);
        EXPECT_LE(kind.tier, 3);
    }
}

TEST(Reports, RefuseAnUnknownNameAndWrongOptionsByTheirName) {
    Ward ward;
    auto const field = [&](std::string_view name, Options const& options) {
        return tests::refused_field(ward.state(), name, options);
    };
    EXPECT_EQ(field("weather", {}), "name");
    EXPECT_EQ(field("words", {}), "words");
    EXPECT_EQ(field("words", {{"words", ""}}), "words");
    EXPECT_EQ(field("words", {{"words", "home"}, {"when", "now"}}), "when");
    EXPECT_EQ(field("words", {{"words", "home"}, {"on", "Tuesday"}}), "on");
    EXPECT_EQ(field("words", {{"words", "home"}, {"on", "2026-11-22"}}), "");
}

TEST(WordsReport, SaysWhatWordsMeanAndWhetherItCountsOnThatDate) {
    Ward ward;
    auto config = ward.state().config;
    for (auto& reason : config.reasons) {
        if (reason.code == "HP4") reason.in_force = {make_date(2024, 5, 27), {}};
    }
    ward.adopt(config);
    auto const at = [&](std::string date) {
        return tests::first_lines(ward.state(), "words",
                                  {{"words", "awaiting MEDICINES"}, {"on", std::move(date)}});
    };
    std::vector<std::string> const meant{"reason",          "HP4", "Awaiting medicines", "",
                                         "from 2024-05-27", "yes"};
    ASSERT_EQ(at("2026-11-22").size(), 1u);
    EXPECT_EQ(at("2026-11-22")[0], meant);
    EXPECT_EQ(at("2024-05-26")[0].back(), "no");
}

TEST(WordsReport, ProposesWhatIsAlikeWhenNothingIsMeant) {
    Ward ward;
    auto const made = tests::made(ward.state(), "words", {{"words", "medicins awaited"}});
    EXPECT_TRUE(made.tables[0].lines.empty());
    ASSERT_EQ(made.tables.size(), 2u);
    ASSERT_FALSE(made.tables[1].lines.empty());
    EXPECT_EQ(made.tables[1].lines[0][0], "HP4");
}

TEST(ToBeMappedReport, HasAsManyCellsAsColumns) {
    Ward ward;
    ward.receive(tests::a01("V1", "P1", "2026-11-02T08:00"));
    tests::Message message{"blockers", "2026-11-03T09:00"};
    message.visit("V1").source("hub");
    core::BlockerSeen seen;
    seen.reason = "waiting for the moon";
    message.observation.kind = seen;
    ward.receive(message);
    auto const made = tests::made(ward.state(), "to_be_mapped");
    ASSERT_EQ(made.tables[0].lines.size(), 1u);
    EXPECT_EQ(made.tables[0].lines[0].size(), made.tables[0].columns.size());
    EXPECT_EQ(made.tables[0].lines[0][0], "waiting for the moon");
}

}  // namespace
}  // namespace washup::report
