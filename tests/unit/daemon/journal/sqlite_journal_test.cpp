#include "daemon/journal/sqlite_journal.hpp"

#include <gtest/gtest.h>
#include <signal.h>
#include <sqlite3.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>

#include <fstream>

#include "daemon/journal/codec.hpp"
#include "tests/unit/daemon/journal/scratch_dir.hpp"
#include "tests/unit/daemon/journal/told.hpp"

namespace washup::journal {
namespace {

namespace fs = std::filesystem;
using test::read_all;
using test::record_of;
using test::records_of;
using test::shared_records;
using test::Told;

class SqliteJournalTest : public testing::Test {
  protected:
    Result<std::unique_ptr<Journal>> open(std::string const& key_id = "") {
        return open_sqlite_journal({data(), key_id});
    }
    std::string refusal(std::string const& key_id = "") {
        auto const opened = open(key_id);
        EXPECT_FALSE(opened);
        return opened ? "" : opened.error().words;
    }
    void fill(std::uint64_t count) {
        Told told;
        auto const journal = open();
        ASSERT_TRUE(journal) << journal.error().words;
        auto const head = (*journal)->info().head.value();
        (*journal)->start(told.handlers());
        ASSERT_TRUE((*journal)->append(shared_records(head + 1, head + count)));
        ASSERT_TRUE(told.wait_for(head + count));
    }
    void sql(std::string const& text) {
        sqlite3* db = nullptr;
        ASSERT_EQ(sqlite3_open((data() / "journal.db").c_str(), &db), SQLITE_OK);
        EXPECT_EQ(sqlite3_exec(db, text.c_str(), nullptr, nullptr, nullptr), SQLITE_OK);
        sqlite3_close(db);
    }
    fs::path data() const { return dir_.path() / "data"; }
    test::ScratchDir dir_;
};

TEST_F(SqliteJournalTest, IsForItsOwnerAlone) {
    fill(1);
    for (auto const* name : {"journal.db", "journal.head", "journal.lock"}) {
        struct stat info {};
        ASSERT_EQ(::stat((data() / name).c_str(), &info), 0) << name;
        EXPECT_EQ(info.st_mode & 07777, 0600u) << name;
    }
}

TEST_F(SqliteJournalTest, TellsASecondProcessWhichOneHoldsIt) {
    fill(1);
    int told[2], done[2];
    ASSERT_EQ(::pipe(told), 0);
    ASSERT_EQ(::pipe(done), 0);
    auto const child = ::fork();
    if (child == 0) {
        auto const journal = open();
        char c = journal ? 'y' : 'n';
        if (::write(told[1], &c, 1) != 1) ::_exit(1);
        ::close(done[1]);
        if (::read(done[0], &c, 1) < 0) ::_exit(1);
        ::_exit(0);
    }
    char c = 0;
    ASSERT_EQ(::read(told[0], &c, 1), 1);
    ASSERT_EQ(c, 'y');
    EXPECT_NE(refusal().find("process " + std::to_string(child)), std::string::npos);
    ::close(done[1]);
    ::waitpid(child, nullptr, 0);
    EXPECT_TRUE(open()) << "a dead holder holds nothing";
}

TEST_F(SqliteJournalTest, RefusesANewerFormat) {
    fill(1);
    sql("UPDATE meta SET value = '3' WHERE name = 'format'");
    EXPECT_NE(refusal().find("newer washupd"), std::string::npos);
}

TEST_F(SqliteJournalTest, RefusesWhatIsNoJournal) {
    fs::create_directories(data());
    sql("CREATE TABLE other (x)");
    EXPECT_NE(refusal().find("not a journal"), std::string::npos);
    fs::remove(data() / "journal.db");
    std::ofstream{data() / "journal.db"} << std::string(5000, 'x');
    EXPECT_FALSE(open());
}

TEST_F(SqliteJournalTest, RefusesAnotherSitesKey) {
    { ASSERT_TRUE(open("0123456789abcdef")); }
    EXPECT_NE(refusal("fedcba9876543210").find("sealed under key 0123456789abcdef"),
              std::string::npos);
    EXPECT_TRUE(open("0123456789abcdef"));
}

TEST_F(SqliteJournalTest, RefusesAFileItMayOnlyRead) {
    if (::geteuid() != 0) GTEST_SKIP() << "only root can become somebody who may not write";
    fill(1);
    ::chmod(dir_.path().c_str(), 0777);
    ::chmod(data().c_str(), 0777);
    ::chmod((data() / "journal.db").c_str(), 0444);
    for (auto const* name : {"journal.head", "journal.lock"}) {
        ::chmod((data() / name).c_str(), 0666);
    }
    auto const child = ::fork();
    if (child == 0) {
        if (::setuid(65534) != 0) ::_exit(3);
        ::_exit(open() ? 1 : 0);
    }
    int status = 0;
    ::waitpid(child, &status, 0);
    EXPECT_EQ(status, 0);
}

TEST_F(SqliteJournalTest, NoticesThatItsTailIsGone) {
    fill(10);
    sql("DELETE FROM record WHERE number > 7");
    auto const words = refusal();
    EXPECT_NE(words.find("ends at record 7"), std::string::npos) << words;
    EXPECT_NE(words.find("up to 10"), std::string::npos) << words;
    fs::remove(data() / "journal.head");
    auto const accepted = open();
    ASSERT_TRUE(accepted) << accepted.error().words;
    EXPECT_EQ(read_all(**accepted).records, records_of(1, 7));
}

TEST_F(SqliteJournalTest, NoticesThatItsHeadIsAnother) {
    fill(10);
    sql("UPDATE record SET digest = zeroblob(16) WHERE number = 10");
    EXPECT_NE(refusal().find("record 10 of the journal is not the one"), std::string::npos);
}

TEST_F(SqliteJournalTest, NoticesSwappedRecords) {
    fill(10);
    sql("UPDATE record SET body = (SELECT body FROM record WHERE number = 4), "
        "digest = (SELECT digest FROM record WHERE number = 4) WHERE number = 3");
    auto const journal = open();
    ASSERT_TRUE(journal);
    auto const back = read_all(**journal);
    ASSERT_FALSE(back.result);
    EXPECT_NE(back.result.error().words.find("record 3 "), std::string::npos);
}

TEST_F(SqliteJournalTest, StopsOnceWhenTheDiskIsFull) {
    fill(1);
    Told told;
    auto journal = open();
    ASSERT_TRUE(journal);
    (*journal)->start(told.handlers());
    // No file may grow any more: to the program it is a full disk.
    ::signal(SIGXFSZ, SIG_IGN);
    rlimit before{};
    ::getrlimit(RLIMIT_FSIZE, &before);
    auto now = before;
    now.rlim_cur = 16 * 1024;
    ASSERT_EQ(::setrlimit(RLIMIT_FSIZE, &now), 0);
    for (std::uint64_t n = 2; n <= 2000 && told.failures().empty(); n += 10) {
        if (!(*journal)->append(shared_records(n, n + 9))) break;
        told.wait_for(n + 9);
    }
    auto const failed = told.wait_for_failure();
    ::setrlimit(RLIMIT_FSIZE, &before);
    ASSERT_TRUE(failed);
    auto const durable = told.durable();
    (*journal)->close();
    EXPECT_EQ(told.failures().size(), 1u);
    EXPECT_EQ(told.durable(), durable);
    journal = open();
    ASSERT_TRUE(journal) << journal.error().words;
    auto const back = read_all(**journal);
    ASSERT_TRUE(back.result) << back.result.error().words;
    EXPECT_GE(back.records.size(), durable.size() + 1);
}

TEST_F(SqliteJournalTest, RefusesARecordAboveItsBoundAndStops) {
    Told told;
    auto const journal = open();
    ASSERT_TRUE(journal);
    (*journal)->start(told.handlers());
    auto record = record_of(1);
    record.cause.record_name.assign(record_bytes_max, 'x');
    ASSERT_TRUE((*journal)->append({test::shared(record)}));
    ASSERT_TRUE(told.wait_for_failure());
    EXPECT_EQ(told.failures()[0].code, ErrorCode::too_large);
}

TEST_F(SqliteJournalTest, TakesWhatIsQueuedAsOneCommit) {
    Told told;
    auto const journal = open();
    ASSERT_TRUE(journal);
    for (std::uint64_t n = 1; n <= 500; ++n)
        ASSERT_TRUE((*journal)->append({test::shared(record_of(n))}));
    (*journal)->start(told.handlers());
    ASSERT_TRUE(told.wait_for(500));
    EXPECT_EQ(told.commits(), 1u);
}

TEST_F(SqliteJournalTest, MovesItsLogIntoTheDatabaseAsItGrows) {
    Told told;
    auto const journal = open();
    ASSERT_TRUE(journal);
    (*journal)->start(told.handlers());
    std::uint64_t n = 0;
    auto const log_size = [&] { return fs::file_size(data() / "journal.db-wal"); };
    for (int commit = 0; commit < 1500; ++commit) {
        ASSERT_TRUE((*journal)->append({test::shared(record_of(++n))}));
        ASSERT_TRUE(told.wait_for(n));
    }
    EXPECT_LT(log_size(), std::uintmax_t{8} << 20);
    EXPECT_EQ(read_all(**journal).records.size(), n);
}

}  // namespace
}  // namespace washup::journal
