#include "daemon/shell/reader_thread.hpp"

#include <gtest/gtest.h>

#include <condition_variable>
#include <mutex>

#include "proto/wire/envelope.hpp"
#include "washup/v1/feed.pb.h"

namespace washup::shell {
namespace {

using std::chrono::milliseconds;

bool nothing_is_over(ReaderThread::ReportWanted const&, Instant) {
    return false;
}

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
                        [](core::State const&, bool) {}, nothing_is_over};
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

// Found under a sanitizer: somebody was told that a record is durable, asked for a picture, and it
// was not there, because the reader rested.
TEST(ReaderThread, APictureHoldsWhateverWasDurableWhenItWasAskedForThoughTheReaderRests) {
    std::mutex mutex;
    std::condition_variable answered;
    std::vector<Bytes> frames;
    ReaderThread thread{reader::Reader{{}, "e1"},
                        [&](std::vector<reader::Outgoing> out) {
                            std::lock_guard const lock{mutex};
                            for (auto& each : out) {
                                if (each.to == "me") frames.push_back(std::move(each.frame));
                            }
                            answered.notify_one();
                        },
                        [](core::State const&, bool) {}, nothing_is_over,
                        [](auto) { return std::chrono::hours(1); }};
    auto const turn_day = [&](std::uint64_t number) {
        core::Record record;
        record.number = core::RecordNumber{number};
        record.events = {core::DayTurned{make_date(2026, 11, static_cast<unsigned>(number))}};
        thread.records({std::make_shared<core::Record const>(std::move(record))});
        thread.go_on();
    };
    for (std::uint64_t number = 1; number <= 3; ++number) {
        turn_day(number);
        ASSERT_TRUE(thread.ask(ReaderThread::SnapshotWanted{v1::VIEW_TIER_1, "me"}));
        std::unique_lock lock{mutex};
        answered.wait(lock, [&] { return frames.size() == number; });
        v1::SnapshotChunk chunk;
        ASSERT_TRUE(wire::parse(*wire::decode(frames.back()), chunk));
        EXPECT_EQ(chunk.head(), number);
    }
}

core::Record closed_wash_up() {
    core::Record record;
    record.number = core::RecordNumber{1};
    record.at = Instant{1'000};
    record.events = {core::WashUpOpened{core::MeetingId{1}, "north", {}, {}},
                     core::WashUpClosed{core::MeetingId{1}, {}}};
    return record;
}

TEST(ReaderThread, TheMinutesOfAClosedWashUpAreMadeOfTheMinuteOfItsClosing) {
    std::vector<reader::Outgoing> given;
    std::vector<Instant> asked_of;
    ReaderThread thread{reader::Reader{{}, "e1"},
                        [&](std::vector<reader::Outgoing> out) {
                            given.insert(given.end(), out.begin(), out.end());
                        },
                        [](core::State const&, bool) {},
                        [&](auto const& wanted, Instant at) {
                            asked_of.push_back(at);
                            return wanted.to == "me";
                        }};
    thread.records({std::make_shared<core::Record const>(closed_wash_up())});
    reader::ReportAsked const minutes{"minutes", {{"meeting", "1"}}, false};
    ASSERT_TRUE(thread.ask(ReaderThread::ReportWanted{minutes, "me"}));
    ASSERT_TRUE(thread.ask(ReaderThread::ReportWanted{minutes, "late"}));
    thread.stop();
    EXPECT_EQ(asked_of, (std::vector<Instant>{Instant{1'000}, Instant{1'000}}));
    std::erase_if(given, [](auto const& out) { return out.feed.has_value(); });
    ASSERT_EQ(given.size(), 1u) << "who is handed on is answered there";
    EXPECT_EQ(given.front().to, "late");
    EXPECT_EQ(wire::decode(given.front().frame)->kind, wire::Kind::refusal);
}

}  // namespace
}  // namespace washup::shell
