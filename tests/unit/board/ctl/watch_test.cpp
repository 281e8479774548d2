#include "board/ctl/watch.hpp"

#include <gtest/gtest.h>

#include "tests/unit/board/ctl/sample_model.hpp"

namespace washup::board::ctl {
namespace {

TEST(Watch, NamesWhatChangedInAStay) {
    auto const before = sample_model();
    auto after = before;
    after.head = 41;
    after.stays["17"].bed = known("C2");
    after.stays["17"].version = 41;
    auto const changes = changes_between(before, after);
    ASSERT_EQ(changes.size(), 1u);
    EXPECT_EQ(change_text(changes[0], Instant{1'763'900'000'000}),
              "12:13:20  41  stay RXX:900123: bed");
    EXPECT_NE(change_json(changes[0], after, Instant{1}).find("\"changed\":[\"bed\"]"),
              std::string::npos);
}

TEST(Watch, NamesRowsThatComeAndGo) {
    auto const before = sample_model();
    auto after = before;
    after.stays.erase("18");
    after.inbox["5"].item = 5;
    auto const changes = changes_between(before, after);
    ASSERT_EQ(changes.size(), 2u);
    EXPECT_EQ(changes[0].what, std::vector<std::string>{"gone"});
    EXPECT_EQ(changes[1].kind, "inbox");
    EXPECT_EQ(changes[1].what, std::vector<std::string>{"new"});
}

TEST(Watch, IsSilentAboutSignsOfLife) {
    auto before = sample_model();
    before.sources["ward"].name = "ward";
    auto after = before;
    after.sources["ward"].last_heard = Instant{5};
    after.link.daemon_time = Instant{6};
    EXPECT_TRUE(changes_between(before, after).empty());
    after.link.phase = LinkPhase::catching_up;
    EXPECT_EQ(changes_between(before, after).size(), 1u);
}

}  // namespace
}  // namespace washup::board::ctl
