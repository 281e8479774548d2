#include "daemon/shell/reader_thread.hpp"

#include <gtest/gtest.h>

#include <condition_variable>
#include <mutex>

namespace washup::shell {
namespace {

using std::chrono::milliseconds;

TEST(ReaderThread, RestsNineTimesAsLongAsItWorkedAndNeverAboveItsBound) {
    EXPECT_EQ(rest_after(milliseconds(0)), milliseconds(0));
    EXPECT_EQ(rest_after(milliseconds(10)), milliseconds(90));
    EXPECT_EQ(rest_after(milliseconds(500)), milliseconds(reader_rest_max.ms));
}

TEST(ReaderThread, QuestionsBeyondReaderQuestionsMaxAreToldToComeAgain) {
    std::mutex mutex;
    std::condition_variable opened;
    bool open = false;
    std::size_t answers = 0;
    // The first answer is held back at delivery, so everything behind it waits in the queue.
    ReaderThread thread{reader::Reader{{}, "e1"},
                        [&](std::vector<reader::Outgoing> out) {
                            std::unique_lock lock{mutex};
                            opened.wait(lock, [&] { return open; });
                            answers += out.size();
                        },
                        [](core::State const&, bool) {}};
    std::size_t taken = 0;
    while (thread.ask(ReaderThread::HistoryWanted{{}, "me"})) {
        ASSERT_LE(++taken, 2 * reader_questions_max) << "it has no bound";
    }
    EXPECT_GE(taken, reader_questions_max);
    {
        std::lock_guard const lock{mutex};
        open = true;
    }
    opened.notify_all();
    thread.stop();
    EXPECT_EQ(answers, taken) << "whoever was taken is answered";
}

}  // namespace
}  // namespace washup::shell
