#include "board/model/pareto.hpp"

#include <gtest/gtest.h>

namespace washup::board {
namespace {

void add(Model& model, std::string reason, std::string local, std::string theme, std::int64_t days,
         std::string window = "28", std::string scope = "all") {
    Tally tally;
    tally.scope = std::move(scope);
    tally.window = std::move(window);
    tally.reason = std::move(reason);
    tally.local_reason = std::move(local);
    tally.theme = std::move(theme);
    tally.words = "words of " + tally.local_reason;
    tally.bed_days = days;
    tally.people = 1;
    model.tallies[std::to_string(model.tallies.size())] = tally;
}

Model ward() {
    Model model;
    add(model, "CP4", "night", "home_care", 30);
    add(model, "CP3", "", "home_care", 20);
    add(model, "CP2", "", "care_home", 40);
    add(model, "XX9", "", "", 25);
    add(model, "", "", "", 5);
    add(model, "CP2", "", "care_home", 1000, "7");
    add(model, "CP2", "", "care_home", 1000, "28", "site:QEQM");
    model.headlines["all"].scope = "all";
    model.headlines["all"].bed_days_28 = 120;
    return model;
}

std::vector<std::string> codes(Pareto const& list) {
    std::vector<std::string> out;
    for (auto const& bar : list.bars) out.push_back(bar.code);
    return out;
}

TEST(ParetoOf, OrdersBarsWithOtherLastAndUnattributedShown) {
    auto const list = pareto_of(ward(), "all", "28", ParetoLevel::theme);
    EXPECT_EQ(codes(list),
              (std::vector<std::string>{"home_care", "care_home", "unattributed", "other"}));
    EXPECT_EQ(list.total, 120);
    EXPECT_EQ(list.headline, 120);
    EXPECT_EQ(list.bars.back().so_far, 120);
}

TEST(ParetoOf, MarksTheVitalFew) {
    auto const list = pareto_of(ward(), "all", "28", ParetoLevel::theme);
    EXPECT_TRUE(list.bars[0].vital);
    EXPECT_TRUE(list.bars[1].vital);  // 50 of 120 stand above it
    EXPECT_TRUE(list.bars[2].vital);  // 90 of 120 = 75%
    EXPECT_TRUE(list.bars[3].vital);  // 95 of 120 = 79%
    auto const site = pareto_of(ward(), "all", "7", ParetoLevel::theme);
    EXPECT_TRUE(site.bars[0].vital);
    Model steep;
    add(steep, "CP4", "", "home_care", 80);
    add(steep, "CP2", "", "care_home", 20);
    EXPECT_FALSE(pareto_of(steep, "all", "28", ParetoLevel::theme).bars[1].vital);
}

TEST(ParetoOf, AddsUpAtEveryLevel) {
    for (auto const level : {ParetoLevel::theme, ParetoLevel::reason, ParetoLevel::local_reason}) {
        auto const list = pareto_of(ward(), "all", "28", level);
        std::int64_t sum = 0;
        for (auto const& bar : list.bars) sum += bar.bed_days;
        EXPECT_EQ(sum, 120);
    }
    EXPECT_EQ(codes(pareto_of(ward(), "all", "28", ParetoLevel::local_reason))[1], "CP4/night");
}

TEST(ParetoOf, TakesPeopleFromTheDaemonAndNeverAddsThemUp) {
    auto model = ward();
    auto const without = pareto_of(model, "all", "28", ParetoLevel::theme);
    EXPECT_EQ(without.bars[0].people, std::nullopt) << "two leaves: who is in both?";
    EXPECT_EQ(without.bars[1].people, 1);
    model.people["p"] = {"all", "28", "theme", "home_care", 1};
    model.people["q"] = {"all", "28", "reason", "CP4", 7};
    model.people["r"] = {"all", "28", "theme", "", 3};
    auto const themes = pareto_of(model, "all", "28", ParetoLevel::theme);
    EXPECT_EQ(themes.bars[0].people, 1);
    EXPECT_EQ(themes.bars[2].people, 3) << "unattributed";
    EXPECT_EQ(pareto_of(model, "all", "28", ParetoLevel::reason).bars[1].people, 7);
    EXPECT_EQ(pareto_of(model, "all", "28", ParetoLevel::local_reason).bars[1].people, 1);
}

TEST(ParetoOf, IsNoughtOfEverybodyBeforeAnybodyCame) {
    Model fresh;
    EXPECT_FALSE(pareto_of(fresh, "all", "28", ParetoLevel::theme).headline) << "nothing known yet";
    fresh.complete = true;
    auto const pareto = pareto_of(fresh, "all", "28", ParetoLevel::theme);
    EXPECT_EQ(pareto.headline, 0);
    EXPECT_TRUE(pareto.bars.empty());
}

TEST(ParetoOf, HasNoHeadlineForAScopeNobodyKeeps) {
    EXPECT_FALSE(pareto_of(ward(), "ward:Ford", "28", ParetoLevel::theme).headline);
}

}  // namespace
}  // namespace washup::board
