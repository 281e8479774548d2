// A killed daemon's log with one bit flipped ends there for SQLite, and looks like one that ended
// there by itself. The witness knows better; where a power cut tore it, the signed checkpoints do.

#include <gtest/gtest.h>

#include <fstream>
#include <iterator>

#include "daemon/journal/checkpoint_log.hpp"
#include "daemon/journal/copies.hpp"
#include "daemon/journal/files.hpp"
#include "daemon/journal/seal.hpp"
#include "daemon/journal/sqlite_journal.hpp"
#include "proto/base/prng.hpp"
#include "tests/unit/daemon/journal/scratch_dir.hpp"
#include "tests/unit/daemon/journal/told.hpp"

namespace washup::journal {
namespace {

namespace fs = std::filesystem;
using core::RecordNumber;

constexpr std::uint64_t records = 40;

std::string text_of(fs::path const& file) {
    std::ifstream in{file, std::ios::binary};
    return {std::istreambuf_iterator<char>{in}, {}};
}
void write(fs::path const& file, std::string const& octets) {
    std::ofstream{file, std::ios::binary | std::ios::trunc} << octets;
}

class LostTail : public testing::Test {
  protected:
    // Forty records in four commits, all of them signed; then the process is gone.
    LostTail() {
        auto const sealer = *Sealer::open_or_make(home());
        auto journal = *open_sqlite_journal({home(), sealer.key_id_hex()});
        test::Told told;
        journal->start(told.handlers());
        for (std::uint64_t from = 1; from < records; from += 10) {
            EXPECT_TRUE(journal->append(test::shared_records(from, from + 9)));
            EXPECT_TRUE(told.wait_for(from + 9));
        }
        sign(*journal, records);
        for (auto const* file :
             {"journal.db", "journal.db-wal", "journal.head", "site.key", "checkpoints.log"}) {
            left_[file] = text_of(home() / file);
        }
    }
    fs::path home() const { return dir_.path() / "home"; }
    fs::path dead() const { return dir_.path() / "dead"; }
    fs::path copy() const { return dir_.path() / "copy.db"; }

    void sign(Journal& journal, std::uint64_t number) {
        auto log = CheckpointLog::open(home(), journal.info());
        ASSERT_TRUE(log);
        ASSERT_TRUE(log->look(journal, RecordNumber{number}, Instant{1}, SteadyInstant{1}, true));
    }
    // What the process left behind, the witness torn.
    void lay_out() {
        fs::remove_all(dead());
        ASSERT_TRUE(make_data_dir(dead()));
        for (auto const& [file, octets] : left_) write(dead() / file, octets);
        fs::permissions(dead() / "site.key", fs::perms::owner_read | fs::perms::owner_write);
        fs::resize_file(dead() / "journal.head", 20);
    }
    void flip(char const* name, std::size_t at) {
        auto octets = text_of(dead() / name);
        octets.at(at) = static_cast<char>(octets.at(at) ^ 4);
        write(dead() / name, octets);
    }
    Result<std::unique_ptr<Journal>> open() { return open_sqlite_journal({dead(), {}}); }

    test::ScratchDir dir_;
    std::map<std::string, std::string> left_;
};

TEST_F(LostTail, WithoutAFlippedBitIsAllThere) {
    lay_out();
    auto const journal = open();
    ASSERT_TRUE(journal) << journal.error().words;
    EXPECT_EQ(test::read_all(**journal).records, test::records_of(1, records));
}

TEST_F(LostTail, IsRefusedWhereverTheLogIsDamaged) {
    Prng chance{22};
    std::size_t refused = 0;
    for (int round = 0; round < 150; ++round) {
        lay_out();
        auto const at = static_cast<std::size_t>(chance.below(left_["journal.db-wal"].size()));
        flip("journal.db-wal", at);
        auto const journal = open();
        if (!journal) {
            ++refused;
            continue;
        }
        ASSERT_EQ(test::read_all(**journal).records, test::records_of(1, records))
            << "octet " << at;
    }
    EXPECT_GT(refused, 0u);
}

TEST_F(LostTail, IsToldWithWhatAndWhereAndItsGoodRecordsAreSavedAndGoOn) {
    lay_out();
    flip("journal.db-wal", left_["journal.db-wal"].size() - 100);  // in the last commit
    auto const log = text_of(dead() / "journal.db-wal");
    auto const refusal = open();
    ASSERT_FALSE(refusal);
    for (auto const* words : {"ends at record 30", "names record 40", "checkpoints.log",
                              "journal.db-wal", "washupd journal export"}) {
        EXPECT_NE(refusal.error().words.find(words), std::string::npos) << refusal.error().words;
    }
    auto const report = export_good(dead(), copy());
    ASSERT_TRUE(report) << report.error().words;
    EXPECT_EQ(report->copied, 30u);
    ASSERT_TRUE(report->fault);
    EXPECT_EQ(report->fault->first, 31u);
    EXPECT_EQ(text_of(dead() / "journal.db-wal"), log) << "what is refused is left as it is";

    fs::remove(dead() / "journal.db");
    auto const restored = restore(copy(), dead());
    ASSERT_TRUE(restored) << restored.error().words;
    EXPECT_EQ(restored->named_beyond, records);
    auto const journal = open();
    ASSERT_TRUE(journal) << journal.error().words;
    EXPECT_EQ(test::read_all(**journal).records, test::records_of(1, 30));
    auto const aside = dead() / ("checkpoints.before-" + (*journal)->info().epoch + ".log");
    EXPECT_EQ(text_of(aside), left_["checkpoints.log"]);
}

TEST_F(LostTail, IsNotSeenWhereNoCheckpointNamedIt) {
    left_.erase("checkpoints.log");
    lay_out();
    flip("journal.db-wal", left_["journal.db-wal"].size() - 100);
    EXPECT_TRUE(open()) << "as a power cut leaves a commit that nobody was told of";
}

TEST_F(LostTail, AnOlderDatabaseThanItsCheckpointsIsRefused) {
    lay_out();
    fs::remove(dead() / "journal.db-wal");
    auto const refusal = open();
    ASSERT_FALSE(refusal);
    EXPECT_NE(refusal.error().words.find("names record 40"), std::string::npos)
        << refusal.error().words;
}

TEST(Checkpoints, OfAnotherChainAreKeptApartFromWhatIsNewest) {
    auto const signer = CheckpointSigner::from_seed(std::string(32, 's'));
    auto const line = [&](char const* origin, std::uint64_t number) {
        return signer.sign({origin, RecordNumber{number}, Instant{1}, {}, {}}) + '\n';
    };
    auto const text = line("ours", 1000) + line("ours", 2000) + line("theirs", 9000) + "half of a";
    EXPECT_EQ(newest_checkpoint(text, "ours")->number, RecordNumber{2000});
    EXPECT_EQ(newest_checkpoint(text, "theirs")->number, RecordNumber{9000});
    EXPECT_FALSE(newest_checkpoint(text, "nobody's"));
    EXPECT_FALSE(newest_checkpoint("", "ours"));
    EXPECT_EQ(newest_checkpoint(line("ours", 7).substr(0, 150), "ours"), std::nullopt);
}

}  // namespace
}  // namespace washup::journal
