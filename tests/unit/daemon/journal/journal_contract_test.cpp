// What every journal promises, asked of each of them.

#include <gtest/gtest.h>
#include <sqlite3.h>

#include "daemon/journal/memory_journal.hpp"
#include "daemon/journal/sqlite_journal.hpp"
#include "tests/support/sqlite/failing_vfs.hpp"
#include "tests/unit/daemon/journal/scratch_dir.hpp"
#include "tests/unit/daemon/journal/told.hpp"

namespace washup::journal {
namespace {

using test::read_all;
using test::record_of;
using test::records_of;
using test::shared_records;
using test::Told;

// One kind of journal with its disk, and the ways to trouble it.
class Rig {
  public:
    virtual ~Rig() = default;
    virtual Result<std::unique_ptr<Journal>> open(std::size_t queued_records_max = 1000) = 0;
    // Until everything appended is told durable, or the failure is.
    virtual void settle(Journal& journal, Told& told, std::uint64_t number) = 0;
    virtual void fail_next_commit() = 0;
    virtual void heal() {}
    // Of a closed journal:
    virtual void damage(std::uint64_t number) = 0;
    virtual void take_away(std::uint64_t number) = 0;
};

class MemoryRig : public Rig {
  public:
    Result<std::unique_ptr<Journal>> open(std::size_t queued_records_max) override {
        auto opened = MemoryJournal::open(disk_, {queued_records_max});
        if (!opened) return opened.error();
        last_ = opened->get();
        return std::unique_ptr<Journal>{std::move(*opened)};
    }
    void settle(Journal& journal, Told&, std::uint64_t) override {
        while (dynamic_cast<MemoryJournal&>(journal).step()) {
        }
    }
    void fail_next_commit() override { last_->fail_next_commit(); }
    void damage(std::uint64_t number) override { disk_->records[number - 1].body.back() ^= 1; }
    void take_away(std::uint64_t number) override {
        disk_->records.erase(disk_->records.begin() + static_cast<std::ptrdiff_t>(number - 1));
    }

  private:
    std::shared_ptr<MemoryDisk> disk_ =
        std::make_shared<MemoryDisk>(MemoryDisk{"0123456789abcdef0123456789abcdef", {}});
    MemoryJournal* last_ = nullptr;
};

class SqliteRig : public Rig {
  public:
    SqliteRig() {
        test_support::failing_vfs::enable();
        test_support::failing_vfs::heal();
    }
    ~SqliteRig() override {
        test_support::failing_vfs::heal();
        test_support::failing_vfs::forget();
    }
    Result<std::unique_ptr<Journal>> open(std::size_t queued_records_max) override {
        return open_sqlite_journal(
            {dir_.path(), "", queued_records_max, test_support::failing_vfs::name});
    }
    void settle(Journal&, Told& told, std::uint64_t number) override {
        EXPECT_TRUE(told.wait_for(number)) << "stuck";
    }
    void fail_next_commit() override { test_support::failing_vfs::fail_nth(1, true); }
    void heal() override { test_support::failing_vfs::heal(); }
    void damage(std::uint64_t number) override {
        sql("UPDATE record SET body = body || x'00' WHERE number = " + std::to_string(number));
    }
    void take_away(std::uint64_t number) override {
        sql("DELETE FROM record WHERE number = " + std::to_string(number));
    }

  private:
    void sql(std::string const& text) {
        sqlite3* db = nullptr;
        ASSERT_EQ(sqlite3_open((dir_.path() / "journal.db").c_str(), &db), SQLITE_OK);
        EXPECT_EQ(sqlite3_exec(db, text.c_str(), nullptr, nullptr, nullptr), SQLITE_OK);
        EXPECT_EQ(sqlite3_changes(db), 1);
        sqlite3_close(db);
    }
    test::ScratchDir dir_;
};

enum class Kind { memory, sqlite };
class JournalContract : public testing::TestWithParam<Kind> {
  protected:
    JournalContract() {
        if (GetParam() == Kind::memory) {
            rig_ = std::make_unique<MemoryRig>();
        } else {
            rig_ = std::make_unique<SqliteRig>();
        }
    }
    std::unique_ptr<Journal> open(std::size_t queued_records_max = 1000) {
        auto opened = rig_->open(queued_records_max);
        EXPECT_TRUE(opened) << opened.error().words;
        return opened ? std::move(*opened) : nullptr;
    }
    // A journal with the records 1 to `count`, closed.
    void fill(std::uint64_t count) {
        auto const journal = open();
        Told told;
        journal->start(told.handlers());
        ASSERT_TRUE(journal->append(shared_records(1, count)));
        rig_->settle(*journal, told, count);
        journal->close();
    }
    std::unique_ptr<Rig> rig_;
};

TEST_P(JournalContract, BeginsEmptyWithAnEpoch) {
    auto const journal = open();
    EXPECT_EQ(journal->info().head, core::RecordNumber{});
    EXPECT_EQ(journal->info().epoch.size(), 32u);
    auto const back = read_all(*journal);
    EXPECT_TRUE(back.result);
    EXPECT_TRUE(back.records.empty());
}

TEST_P(JournalContract, TellsEachRecordOnceInOrderAndMovesTheHead) {
    auto const journal = open();
    Told told;
    journal->start(told.handlers());
    for (std::uint64_t n = 1; n <= 50; n += 5)
        ASSERT_TRUE(journal->append(shared_records(n, n + 4)));
    rig_->settle(*journal, told, 50);
    EXPECT_EQ(told.durable(), records_of(1, 50));
    EXPECT_EQ(told.last(), core::RecordNumber{50});
    EXPECT_EQ(journal->info().head, core::RecordNumber{50});
    EXPECT_EQ(journal->queued(), 0u);
    EXPECT_TRUE(told.failures().empty());
}

TEST_P(JournalContract, GivesTheSameRecordsAndEpochWhenOpenedAgain) {
    auto const epoch = open()->info().epoch;
    fill(40);
    auto const journal = open();
    EXPECT_EQ(journal->info().epoch, epoch);
    EXPECT_EQ(journal->info().head, core::RecordNumber{40});
    auto const back = read_all(*journal);
    ASSERT_TRUE(back.result) << back.result.error().words;
    EXPECT_EQ(back.records, records_of(1, 40));
    EXPECT_EQ(read_all(*journal, 39).records, records_of(39, 40));
    EXPECT_TRUE(read_all(*journal, 41).records.empty());
    EXPECT_TRUE(read_all(*journal, 41).result);
    EXPECT_EQ(read_all(*journal, 42).result.error().code, ErrorCode::not_found);
}

TEST_P(JournalContract, GoesOnAfterItsHead) {
    fill(3);
    auto const journal = open();
    Told told;
    journal->start(told.handlers());
    ASSERT_TRUE(journal->append(shared_records(4, 6)));
    rig_->settle(*journal, told, 6);
    EXPECT_EQ(told.durable(), records_of(4, 6));
    EXPECT_EQ(read_all(*journal).records, records_of(1, 6)) << "reading beside the writer";
}

TEST_P(JournalContract, KeepsBoxesAndNotWords) {
    {
        auto const journal = open();
        Told told;
        journal->start(told.handlers());
        auto record = record_of(1);
        record.events = {core::StaffAdded{"s1", {"open words", "box"}, "nurse", "t"}};
        ASSERT_TRUE(journal->append({test::shared(record)}));
        rig_->settle(*journal, told, 1);
        ASSERT_EQ(told.durable().size(), 1u);
        EXPECT_EQ(told.durable()[0], record) << "the reader is told the words";
    }
    auto const back = read_all(*open());
    ASSERT_EQ(back.records.size(), 1u);
    EXPECT_EQ(std::get<core::StaffAdded>(back.records[0].events[0]).name,
              (core::Sealed{"", "box"}));
}

TEST_P(JournalContract, StopsReadingWhenTheVisitorHasAFault) {
    fill(5);
    auto const journal = open();
    int seen = 0;
    auto const result = journal->read(core::RecordNumber{1}, [&](core::Record) -> Result<void> {
        if (++seen == 3) return refused("enough");
        return {};
    });
    EXPECT_EQ(seen, 3);
    ASSERT_FALSE(result);
    EXPECT_EQ(result.error().words, "enough");
}

TEST_P(JournalContract, GivesSomeRecordsAloneAndNamesTheOneThatIsDamaged) {
    fill(9);
    auto const some = [&](std::vector<std::uint64_t> const& numbers) -> std::string {
        auto const journal = open();
        std::vector<core::RecordNumber> wanted;
        for (auto const number : numbers) wanted.emplace_back(number);
        std::string found;
        auto const read = journal->read_each(wanted, [&](core::Record record) -> Result<void> {
            found += std::to_string(record.number.value()) + " ";
            if (record.number.value() == 8) return refused("enough");
            return {};
        });
        return found + (read ? "" : read.error().words);
    };
    EXPECT_EQ(some({1, 4, 5, 9}), "1 4 5 9 ");
    EXPECT_EQ(some({}), "");
    EXPECT_EQ(some({7, 8, 9}), "7 8 enough");
    rig_->damage(4);
    EXPECT_EQ(some({2, 9}), "2 9 ");
    EXPECT_NE(some({2, 4, 9}).find("record 4"), std::string::npos) << some({2, 4, 9});
}

TEST_P(JournalContract, RefusesASecondOpenerUntilTheFirstIsClosed) {
    auto const first = open();
    auto const second = rig_->open();
    ASSERT_FALSE(second);
    EXPECT_EQ(second.error().code, ErrorCode::refused);
    EXPECT_NE(second.error().words.find("is held by"), std::string::npos);
    first->close();
    EXPECT_TRUE(rig_->open());
}

TEST_P(JournalContract, NamesTheDamagedRecord) {
    fill(9);
    rig_->damage(5);
    auto const back = read_all(*open());
    ASSERT_FALSE(back.result);
    EXPECT_EQ(back.result.error().code, ErrorCode::invalid);
    EXPECT_NE(back.result.error().words.find("record 5 "), std::string::npos);
    EXPECT_EQ(back.records, records_of(1, 4));
}

TEST_P(JournalContract, NamesTheMissingRecord) {
    fill(9);
    rig_->take_away(5);
    auto const back = read_all(*open());
    ASSERT_FALSE(back.result);
    EXPECT_NE(back.result.error().words.find("no record 5"), std::string::npos)
        << back.result.error().words;
    EXPECT_EQ(back.records, records_of(1, 4));
}

TEST_P(JournalContract, TellsAFailedCommitOnceAndCommitsNothingAfterIt) {
    fill(2);
    Told told;
    {
        auto const journal = open();
        journal->start(told.handlers());
        ASSERT_TRUE(journal->append(shared_records(3, 4)));
        rig_->settle(*journal, told, 4);
        rig_->fail_next_commit();
        ASSERT_TRUE(journal->append(shared_records(5, 6)));
        rig_->settle(*journal, told, 6);
        ASSERT_EQ(told.failures().size(), 1u);
        EXPECT_EQ(told.failures()[0].code, ErrorCode::io);
        rig_->heal();
        auto const refused = journal->append(shared_records(7, 8));
        ASSERT_FALSE(refused);
        EXPECT_EQ(refused.error().code, ErrorCode::io);
        journal->close();
        EXPECT_EQ(told.failures().size(), 1u);
        EXPECT_EQ(told.durable(), records_of(3, 4));
        EXPECT_EQ(journal->info().head, core::RecordNumber{4});
    }
    auto const back = read_all(*open());
    ASSERT_TRUE(back.result) << back.result.error().words;
    EXPECT_GE(back.records.size(), 4u);
    EXPECT_LE(back.records.size(), 6u);
    EXPECT_EQ(back.records, records_of(1, back.records.size()));
}

TEST_P(JournalContract, TakesNothingOfABatchThatGoesAboveItsQueue) {
    auto const journal = open(10);
    ASSERT_TRUE(journal->append(shared_records(1, 8)));
    EXPECT_EQ(journal->queued(), 8u);
    auto const refused = journal->append(shared_records(9, 11));
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, ErrorCode::unavailable);
    EXPECT_NE(refused.error().words.find("queued_records_max"), std::string::npos);
    EXPECT_EQ(journal->queued(), 8u);
    ASSERT_TRUE(journal->append(shared_records(9, 10)));
    Told told;
    journal->start(told.handlers());
    rig_->settle(*journal, told, 10);
    EXPECT_EQ(told.durable(), records_of(1, 10));
}

TEST_P(JournalContract, CommitsWhatIsQueuedWhenItIsClosed) {
    Told told;
    auto const journal = open();
    journal->start(told.handlers());
    ASSERT_TRUE(journal->append(shared_records(1, 100)));
    journal->close();
    EXPECT_EQ(told.durable(), records_of(1, 100));
    EXPECT_EQ(journal->append(shared_records(101, 101)).error().code, ErrorCode::io);
    journal->close();
    EXPECT_EQ(read_all(*open()).records.size(), 100u);
}

INSTANTIATE_TEST_SUITE_P(Every, JournalContract, testing::Values(Kind::memory, Kind::sqlite),
                         [](auto const& of) {
                             return of.param == Kind::memory ? "Memory" : "Sqlite";
                         });

}  // namespace
}  // namespace washup::journal
