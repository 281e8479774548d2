#include "daemon/shell/past_thread.hpp"

#include <gtest/gtest.h>

#include <latch>

#include "daemon/journal/memory_journal.hpp"

namespace washup::shell {
namespace {

TEST(PastThread, TellsOneQuestionTooManyToComeAgain) {
    auto disk = std::make_shared<journal::MemoryDisk>();
    auto journal = *journal::MemoryJournal::open(disk);
    auto const sealer = journal::Sealer::from_key(std::string(32, 'k'));
    std::latch begun{1}, may_end{1};
    bool first = true;
    // The first question holds the thread until the test has filled the queue behind it.
    auto const deliver = [&](std::vector<reader::Outgoing> const& out) {
        EXPECT_EQ(out.size(), 1u);
        if (!std::exchange(first, false)) return;
        begun.count_down();
        may_end.wait();
    };
    SharedPastIndex const index;
    PastThread past{*journal, sealer, {"no such folder", sealer}, index, deliver};
    auto const question = PastThread::PictureWanted{{Instant{1}, engine::KnownBy::then, "b"}};
    EXPECT_TRUE(past.ask(question));
    begun.wait();
    for (std::size_t i = 0; i < past_questions_max; ++i) EXPECT_TRUE(past.ask(question));
    EXPECT_FALSE(past.ask(question));
    may_end.count_down();
    past.stop();
}

}  // namespace
}  // namespace washup::shell
