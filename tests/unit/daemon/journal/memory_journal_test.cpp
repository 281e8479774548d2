#include "daemon/journal/memory_journal.hpp"

#include <gtest/gtest.h>

#include "tests/unit/daemon/journal/told.hpp"

namespace washup::journal {
namespace {

using test::read_all;
using test::records_of;
using test::shared_records;

class MemoryJournalTest : public testing::Test {
  protected:
    std::unique_ptr<MemoryJournal> open() {
        auto journal = MemoryJournal::open(disk_);
        EXPECT_TRUE(journal);
        (*journal)->start(told_.handlers());
        return std::move(*journal);
    }
    std::shared_ptr<MemoryDisk> disk_ = std::make_shared<MemoryDisk>(MemoryDisk{"epoch", {}});
    test::Told told_;
};

TEST_F(MemoryJournalTest, DoesNothingBetweenSteps) {
    auto const journal = open();
    ASSERT_TRUE(journal->append(shared_records(1, 3)));
    EXPECT_TRUE(told_.durable().empty());
    EXPECT_TRUE(journal->write());
    EXPECT_TRUE(told_.durable().empty());
    EXPECT_TRUE(disk_->records.empty());
    EXPECT_TRUE(journal->sync());
    EXPECT_EQ(told_.durable(), records_of(1, 3));
    EXPECT_EQ(told_.commits(), 1u);
    EXPECT_FALSE(journal->step());
}

TEST_F(MemoryJournalTest, LosesTheQueueAndWhatWasNotSyncedInAPowerCut) {
    auto const journal = open();
    ASSERT_TRUE(journal->append(shared_records(1, 2)));
    journal->step();
    ASSERT_TRUE(journal->append(shared_records(3, 6)));
    journal->write();
    ASSERT_TRUE(journal->append(shared_records(7, 8)));
    journal->crash();
    EXPECT_EQ(read_all(*open()).records, records_of(1, 2));
    EXPECT_EQ(told_.durable(), records_of(1, 2));
}

TEST_F(MemoryJournalTest, MayKeepPartOfATornCommit) {
    for (std::size_t kept = 0; kept <= 4; ++kept) {
        disk_->records.clear();
        auto const journal = open();
        ASSERT_TRUE(journal->append(shared_records(1, 4)));
        journal->write();
        journal->crash(kept);
        EXPECT_EQ(read_all(*open()).records, records_of(1, kept));
    }
    EXPECT_TRUE(told_.durable().empty());
}

TEST_F(MemoryJournalTest, MayKeepPartOfACommitThatItCalledFailed) {
    auto const journal = open();
    journal->fail_next_commit(2);
    ASSERT_TRUE(journal->append(shared_records(1, 4)));
    journal->step();
    EXPECT_EQ(told_.failures().size(), 1u);
    journal->close();
    EXPECT_EQ(read_all(*open()).records, records_of(1, 2));
}

TEST_F(MemoryJournalTest, FailsWhenTheDiskIsFullAtExactlyItsBound) {
    disk_->records_max = 5;
    auto const journal = open();
    ASSERT_TRUE(journal->append(shared_records(1, 5)));
    journal->step();
    EXPECT_TRUE(told_.failures().empty());
    ASSERT_TRUE(journal->append(shared_records(6, 6)));
    journal->step();
    ASSERT_EQ(told_.failures().size(), 1u);
    EXPECT_EQ(told_.durable(), records_of(1, 5));
}

}  // namespace
}  // namespace washup::journal
