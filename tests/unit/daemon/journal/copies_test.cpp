#include "daemon/journal/copies.hpp"

#include <gtest/gtest.h>
#include <signal.h>
#include <sqlite3.h>
#include <sys/resource.h>
#include <sys/stat.h>

#include "daemon/journal/checkpoint_log.hpp"
#include "daemon/journal/files.hpp"
#include "daemon/journal/journal_meta.hpp"
#include "daemon/journal/seal.hpp"
#include "daemon/journal/sqlite_journal.hpp"
#include "daemon/journal/state_image.hpp"
#include "tests/unit/daemon/journal/scratch_dir.hpp"
#include "tests/unit/daemon/journal/told.hpp"

namespace washup::journal {
namespace {

namespace fs = std::filesystem;
using core::RecordNumber;

class Copies : public testing::Test {
  protected:
    fs::path home() const { return dir_.path() / "home"; }
    fs::path other() const { return dir_.path() / "other"; }
    fs::path copy() const { return dir_.path() / "copy.db"; }

    std::unique_ptr<Journal> open(fs::path const& data_dir) {
        auto sealer = Sealer::open_or_make(data_dir);
        EXPECT_TRUE(sealer) << sealer.error().words;
        auto journal = open_sqlite_journal({data_dir, sealer->key_id_hex()});
        EXPECT_TRUE(journal) << journal.error().words;
        return std::move(*journal);
    }
    // 40 records, signed at 30.
    std::unique_ptr<Journal> filled() {
        auto journal = open(home());
        journal->start(told_.handlers());
        EXPECT_TRUE(journal->append(test::shared_records(1, 40)));
        EXPECT_TRUE(told_.wait_for(40));
        auto log = CheckpointLog::open(home(), journal->info());
        EXPECT_TRUE(log->look(*journal, RecordNumber{30}, Instant{1}, SteadyInstant{1}, true));
        return journal;
    }
    void sql(fs::path const& file, char const* text) {
        sqlite3* db = nullptr;
        ASSERT_EQ(sqlite3_open(file.c_str(), &db), SQLITE_OK);
        EXPECT_EQ(sqlite3_exec(db, text, nullptr, nullptr, nullptr), SQLITE_OK);
        sqlite3_close(db);
    }
    void give_key(fs::path const& data_dir) {
        ASSERT_TRUE(make_data_dir(data_dir));
        fs::copy_file(home() / "site.key", data_dir / "site.key");
    }

    test::ScratchDir dir_;
    test::Told told_;
};

TEST_F(Copies, OfARunningJournalAreWholeAndForTheirOwnerAlone) {
    auto const journal = filled();
    auto const report = backup(home(), copy());
    ASSERT_TRUE(report) << report.error().words;
    EXPECT_TRUE(report->sound());
    EXPECT_EQ(report->good, 40u);
    EXPECT_EQ(report->witnessed, 30u);
    struct stat info {};
    ASSERT_EQ(::stat(copy().c_str(), &info), 0);
    EXPECT_EQ(info.st_mode & 0777, 0600u);
}

TEST_F(Copies, NeverGoOverAFileThatIsThere) {
    auto const journal = filled();
    ASSERT_TRUE(backup(home(), copy()));
    auto const again = backup(home(), copy());
    ASSERT_FALSE(again);
    EXPECT_EQ(again.error().code, ErrorCode::refused);
    EXPECT_FALSE(export_good(home(), copy()));
}

TEST_F(Copies, BecomeAJournalOfTheSameRecordsInAnotherEpoch) {
    auto journal = filled();
    auto const before = journal->info();
    ASSERT_TRUE(backup(home(), copy()));
    journal->close();
    give_key(other());
    auto const report = restore(copy(), other());
    ASSERT_TRUE(report) << report.error().words;

    auto const restored = open(other());
    EXPECT_EQ(restored->info().head, RecordNumber{40});
    EXPECT_NE(restored->info().epoch, before.epoch);
    EXPECT_EQ(restored->info().origin, before.origin);
    auto const back = test::read_all(*restored);
    ASSERT_TRUE(back.result) << back.result.error().words;
    EXPECT_EQ(back.records, test::records_of(1, 40));
    // What was witnessed of the first life is witnessed of the second.
    auto const looked = verify({journal_path(other()), *CheckpointLog::text_of(home()), {}});
    EXPECT_EQ(looked->witnessed, 30u);
}

TEST_F(Copies, AreNotRestoredWithoutTheirKeyNorOverAJournal) {
    auto journal = filled();
    ASSERT_TRUE(backup(home(), copy()));
    journal->close();
    auto const keyless = restore(copy(), other());
    ASSERT_FALSE(keyless);
    EXPECT_NE(keyless.error().words.find("site.key"), std::string::npos);
    auto const over = restore(copy(), home());
    ASSERT_FALSE(over);
    EXPECT_EQ(over.error().code, ErrorCode::refused);

    ASSERT_TRUE(Sealer::open_or_make(dir_.path() / "stranger"));
    auto const strange = restore(copy(), dir_.path() / "stranger");
    ASSERT_FALSE(strange);
    EXPECT_EQ(strange.error().code, ErrorCode::refused);
    EXPECT_FALSE(fs::exists(dir_.path() / "stranger" / "journal.db"));
}

TEST_F(Copies, OfADamagedJournalAreTheGoodRecordsBeforeTheFirstBad) {
    filled()->close();
    sql(journal_path(home()), "UPDATE record SET body = body || x'00' WHERE number = 21");
    auto const bad = backup(home(), copy());
    ASSERT_TRUE(bad) << bad.error().words;
    EXPECT_EQ(bad->fault->first, 21u);
    EXPECT_FALSE(fs::exists(copy()));
    EXPECT_TRUE(fs::exists(copy().string() + ".bad"));

    auto const saved = export_good(home(), copy());
    ASSERT_TRUE(saved) << saved.error().words;
    EXPECT_EQ(saved->good, 20u);
    give_key(other());
    auto const report = restore(copy(), other());
    ASSERT_TRUE(report) << report.error().words;
    EXPECT_FALSE(report->fault);
    EXPECT_EQ(test::read_all(*open(other())).records, test::records_of(1, 20));
}

TEST_F(Copies, GoNoFurtherThanAsked) {
    filled()->close();
    ASSERT_TRUE(export_good(home(), copy(), RecordNumber{5}));
    EXPECT_EQ(verify({copy(), {}, {}})->good, 5u);
}

TEST_F(Copies, OfWhatIsNoJournalAreRefused) {
    auto const nothing = backup(dir_.path() / "nowhere", copy());
    EXPECT_FALSE(nothing);
    EXPECT_FALSE(fs::exists(copy()));
}

TEST_F(Copies, CheckpointsAreSignedEachThousandRecordsOrMinuteAndOnceAtTheEnd) {
    auto const journal = filled();
    auto log = CheckpointLog::open(home(), journal->info());
    ASSERT_TRUE(log);
    auto const lines = [&] {
        auto const text = *CheckpointLog::text_of(home());
        return std::count(text.begin(), text.end(), '\n');
    };
    auto const look = [&](std::uint64_t head, std::int64_t ms, bool end) {
        EXPECT_TRUE(log->look(*journal, RecordNumber{head}, Instant{1}, SteadyInstant{ms}, end));
    };
    EXPECT_EQ(lines(), 1);
    look(30, 1'000'000, true);  // nothing new
    EXPECT_EQ(lines(), 1);
    look(31, 1'000'000, false);  // the first after a start
    EXPECT_EQ(lines(), 2);
    look(32, 1'059'999, false);
    EXPECT_EQ(lines(), 2);
    look(32, 1'060'000, false);
    EXPECT_EQ(lines(), 3);
    look(40, 1'060'001, true);
    EXPECT_EQ(lines(), 4);
    EXPECT_EQ(verify({journal_path(home()), *CheckpointLog::text_of(home()), log->public_key()})
                  ->checkpoints,
              4u);
}

// Lets files grow to so many octets and no further while it lives, as a full disk does.
class SmallDisk {
  public:
    explicit SmallDisk(rlim_t octets) {
        ::getrlimit(RLIMIT_FSIZE, &before_);
        handler_ = ::signal(SIGXFSZ, SIG_IGN);
        rlimit const now{octets, before_.rlim_max};
        ::setrlimit(RLIMIT_FSIZE, &now);
    }
    ~SmallDisk() {
        ::setrlimit(RLIMIT_FSIZE, &before_);
        ::signal(SIGXFSZ, handler_);
    }

  private:
    rlimit before_{};
    sighandler_t handler_ = SIG_DFL;
};

TEST_F(Copies, ACheckpointThatFindsNoRoomLeavesNoHalfLine) {
    auto const journal = filled();
    auto log = CheckpointLog::open(home(), journal->info());
    auto const before = *CheckpointLog::text_of(home());
    {
        SmallDisk const disk{before.size() + 10};
        EXPECT_FALSE(log->look(*journal, RecordNumber{40}, Instant{1}, SteadyInstant{1}, true));
    }
    EXPECT_EQ(*CheckpointLog::text_of(home()), before);
    ASSERT_TRUE(log->look(*journal, RecordNumber{40}, Instant{1}, SteadyInstant{2}, true));
    auto const report = verify({journal_path(home()), *CheckpointLog::text_of(home()), {}});
    EXPECT_TRUE(report->sound());
    EXPECT_EQ(report->witnessed, 40u);
}

TEST_F(Copies, AnImageThatFindsNoRoomLeavesNothing) {
    auto const sealer = Sealer::from_key(std::string(32, 'k'));
    StateImages const images{dir_.path(), sealer};
    core::State state;
    state.head = RecordNumber{5};
    ImageHead const head{"epoch", state.head, Instant{1}, {}};
    {
        SmallDisk const disk{10};
        EXPECT_FALSE(images.keep(state, head));
    }
    EXPECT_TRUE(fs::is_empty(dir_.path() / "images"));
    EXPECT_TRUE(images.keep(state, head));
}

TEST_F(Copies, CheckpointsGoOnWhenTheLastLineIsOfAnotherJournalOrOfRecordsThatAreGone) {
    auto const journal = filled();
    auto info = journal->info();
    info.head = RecordNumber{20};  // the line is of record 30
    auto shorter = CheckpointLog::open(home(), info);
    ASSERT_TRUE(shorter);
    EXPECT_TRUE(shorter->look(*journal, RecordNumber{25}, Instant{1}, SteadyInstant{1}, true));
    auto const text = *CheckpointLog::text_of(home());
    EXPECT_EQ(std::count(text.begin(), text.end(), '\n'), 2);
}

TEST_F(Copies, ALineOfCheckpointsThatAPowerCutCutShortIsTakenAway) {
    auto const journal = filled();
    journal->close();
    auto const whole = *CheckpointLog::text_of(home());
    fs::resize_file(home() / "checkpoints.log", whole.size() - 10);
    ASSERT_TRUE(CheckpointLog::open(home(), journal->info()));
    EXPECT_EQ(*CheckpointLog::text_of(home()), "");
}

}  // namespace
}  // namespace washup::journal
