#include "daemon/shell/past_thread.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <latch>
#include <semaphore>

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

// Who is told of each read; everything else is a journal's of one record.
class CountingJournal final : public journal::Journal {
  public:
    std::atomic<int> looks = 0;
    journal::JournalInfo info() const override { return {"e", "e", core::RecordNumber{1}}; }
    Result<void> read(core::RecordNumber from, core::RecordNumber, Visit const& visit) override {
        if (from.value() > 1) return {};
        return visit({core::RecordNumber{1}, Instant{1}, {}, {}});
    }
    Result<core::RecordNumber> number_at(Instant) override {
        ++looks;
        return core::RecordNumber{1};
    }
    Result<Digest128> digest_at(core::RecordNumber) override { return Digest128{}; }
    void start(journal::JournalHandlers) override {}
    using Journal::append;
    Result<void> append(std::vector<journal::SharedRecord>,
                        std::vector<journal::StoredKey>) override {
        return {};
    }
    Result<std::vector<journal::StoredKey>> keys() override {
        return std::vector<journal::StoredKey>{};
    }
    std::size_t queued() const override { return 0; }
    void close() override {}
};

TEST(PastThread, FoldsTheMinuteThatWasAskedForLastOnce) {
    CountingJournal journal;
    auto const sealer = journal::Sealer::from_key(std::string(32, 'k'));
    SharedPastIndex const index;
    std::counting_semaphore<> answered{0};
    auto const deliver = [&](std::vector<reader::Outgoing> const& out) {
        EXPECT_FALSE(out.empty());
        answered.release();
    };
    PastThread past{journal, sealer, {"no such folder", sealer}, index, deliver};
    auto const looks_after = [&](PastThread::Question question) {
        EXPECT_TRUE(past.ask(std::move(question)));
        answered.acquire();
        return journal.looks.load();
    };
    PastThread::Moment const nine{Instant{9}, engine::KnownBy::then, "b"};
    EXPECT_EQ(looks_after(PastThread::PictureWanted{nine}), 1);
    EXPECT_EQ(looks_after(PastThread::HistoryWanted{nine, {}}), 1);
    PastThread::Moment const ten{Instant{10}, engine::KnownBy::then, "b"};
    EXPECT_EQ(looks_after(PastThread::HistoryWanted{ten, {}}), 2);
    PastThread::Moment const as_now{Instant{10}, engine::KnownBy::now, "b"};
    EXPECT_EQ(looks_after(PastThread::HistoryWanted{as_now, {}}), 3);
    // Words of the picture may be those of a person who was erased since.
    journal::KeyOwner const owner{journal::KeyOwner::Kind::person, 1};
    auto is_new = false;
    sealer.person_keys().of(owner, is_new);
    sealer.person_keys().destroy({owner});
    EXPECT_EQ(looks_after(PastThread::HistoryWanted{as_now, {}}), 4);
    past.stop();
}

TEST(PastThread, LetsGoOfAMinuteThatNobodyAsksForAnyMore) {
    EXPECT_LE(past_held_max, milliseconds(60'000)) << "it is held in memory for so long";
    CountingJournal journal;
    auto const sealer = journal::Sealer::from_key(std::string(32, 'k'));
    SharedPastIndex const index;
    std::counting_semaphore<> answered{0};
    auto const deliver = [&](std::vector<reader::Outgoing> const&) { answered.release(); };
    PastThread past{journal, sealer, {"no such folder", sealer}, index, deliver, milliseconds(0)};
    PastThread::Moment const nine{Instant{9}, engine::KnownBy::then, "b"};
    // The next question may be there before the thread has looked; some time it is not.
    for (int tries = 0; journal.looks < 2 && tries < 1'000'000; ++tries) {
        ASSERT_TRUE(past.ask(PastThread::PictureWanted{nine}));
        answered.acquire();
    }
    EXPECT_EQ(journal.looks, 2);
    past.stop();
}

}  // namespace
}  // namespace washup::shell
