#include "board/link/requests.hpp"

#include <gtest/gtest.h>

#include "board/link/follower.hpp"

namespace washup::board {
namespace {

struct Asker {
    Requests<int> requests{pending_commands_max, seconds(10), seconds(2)};
    std::vector<Bytes> sent;
    bool road = true;
    std::vector<Result<int>> told;

    void ask(std::string const& key, std::int64_t ms) {
        requests.add(key, "frame " + key, [this](Result<int> r) { told.push_back(r); }, {ms});
    }
    std::size_t due(std::int64_t ms) {
        sent.clear();
        requests.send_due({ms}, [this](Bytes const& frame) {
            if (road) sent.push_back(frame);
            return road;
        });
        return sent.size();
    }
};

TEST(Requests, SendsAtOnceAndAgainUntilAnswered) {
    Asker a;
    a.ask("c1", 0);
    EXPECT_EQ(a.due(0), 1u);
    EXPECT_EQ(a.due(1999), 0u);
    EXPECT_EQ(a.due(2000), 1u);
    EXPECT_TRUE(a.requests.answer("c1", 7));
    EXPECT_FALSE(a.requests.answer("c1", 7));
    EXPECT_EQ(a.due(4000), 0u);
    ASSERT_EQ(a.told.size(), 1u);
    EXPECT_EQ(*a.told[0], 7);
}

TEST(Requests, TriesAgainAtOnceWhatCouldNotBeSent) {
    Asker a;
    a.road = false;
    a.ask("c1", 0);
    EXPECT_EQ(a.due(0), 0u);
    a.road = true;
    EXPECT_EQ(a.due(50), 1u);
}

TEST(Requests, TellsTheAskerWhenNobodyAnswers) {
    Asker a;
    a.ask("c1", 0);
    a.due(9999);
    EXPECT_TRUE(a.told.empty());
    a.due(10000);
    ASSERT_EQ(a.told.size(), 1u);
    EXPECT_EQ(a.told[0].error().code, ErrorCode::unavailable);
    EXPECT_EQ(a.requests.size(), 0u);
}

TEST(Requests, AsksTheSameQuestionOnceForTwo) {
    Asker a;
    a.ask("c1", 0);
    a.ask("c1", 0);
    EXPECT_EQ(a.due(0), 1u);
    a.requests.answer("c1", 1);
    EXPECT_EQ(a.told.size(), 2u);
}

TEST(Requests, AreFullAtPendingCommandsMax) {
    Asker a;
    for (std::size_t n = 0; n < pending_commands_max; ++n) {
        EXPECT_FALSE(a.requests.full());
        a.ask(std::to_string(n), 0);
    }
    EXPECT_TRUE(a.requests.full());
    a.requests.fail_all(refused("no"));
    EXPECT_FALSE(a.requests.full());
    EXPECT_EQ(a.told.size(), pending_commands_max);
}

}  // namespace
}  // namespace washup::board
