// What the disk can do to the journal: fail at any call, lose what was not synced, flip a bit.
// After each, everything that was told durable is there, nothing is there twice or changed, or the
// damage is named.

#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>

#include "daemon/journal/sqlite_journal.hpp"
#include "tests/support/long_run.hpp"
#include "tests/support/sqlite/failing_vfs.hpp"
#include "tests/unit/daemon/journal/scratch_dir.hpp"
#include "tests/unit/daemon/journal/told.hpp"

namespace washup::journal {
namespace {

namespace fs = std::filesystem;
using test::read_all;
using test::records_of;
using test::shared_records;
using test::Told;
using test_support::long_count;

class SqliteFaults : public testing::Test {
  protected:
    SqliteFaults() {
        test_support::failing_vfs::enable();
        calm();
    }
    ~SqliteFaults() override { calm(); }
    static void calm() {
        test_support::failing_vfs::heal();
        test_support::failing_vfs::forget();
    }
    static Result<std::unique_ptr<Journal>> open(fs::path const& dir) {
        return open_sqlite_journal({dir, "", 1000, test_support::failing_vfs::name});
    }
    // Appends batch after batch of ten until the journal fails or `last` is reached.
    static void feed(Journal& journal, Told& told, std::uint64_t last) {
        journal.start(told.handlers());
        for (auto n = journal.info().head.value() + 1; n <= last; n += 10) {
            if (!journal.append(shared_records(n, n + 9))) return;
            ASSERT_TRUE(told.wait_for(n + 9)) << "stuck";
        }
    }
    // The journal opens again and holds 1 to at least `durable`, without a hole.
    static std::uint64_t check_after(fs::path const& dir, std::uint64_t durable, int round) {
        auto const journal = open(dir);
        EXPECT_TRUE(journal) << round << ": " << journal.error().words;
        if (!journal) return 0;
        auto const back = read_all(**journal);
        EXPECT_TRUE(back.result) << round << ": " << back.result.error().words;
        EXPECT_GE(back.records.size(), durable) << round << ": a record told durable is lost";
        EXPECT_TRUE(back.records == records_of(1, back.records.size())) << round;
        return back.records.size();
    }
};

TEST_F(SqliteFaults, EveryWriteAndSyncThatFailsEndsTheJournalAndLosesNothingDurable) {
    for (bool const for_ever : {false, true}) {
        int n = 1;
        for (;; ++n) {
            test::ScratchDir dir;
            std::uint64_t durable = 0;
            test_support::failing_vfs::fail_nth(n, for_ever);
            {
                auto const journal = open(dir.path());
                if (journal) {
                    Told told;
                    feed(**journal, told, 60);
                    durable = told.last().value();
                    EXPECT_LE(told.failures().size(), 1u);
                    EXPECT_TRUE(durable == 60 || !told.failures().empty());
                }
            }
            auto const reached = test_support::failing_vfs::failed();
            calm();
            check_after(dir.path(), durable, n);
            if (!reached || HasFailure()) break;
        }
        EXPECT_GT(n, 20) << "calls tried";
    }
}

TEST_F(SqliteFaults, APowerCutAtAnyCallLosesNothingDurable) {
    Prng prng{20'261'122};
    auto const count = static_cast<int>(long_count(2000));
    for (int round = 0; round < count && !HasFailure(); ++round) {
        test::ScratchDir dir;
        std::uint64_t durable = 0;
        // Several lives on one disk: each begins with what the power cut before it left.
        for (int life = 0; life < 3; ++life) {
            test_support::failing_vfs::fail_nth(static_cast<int>(prng.between(1, 60)), true);
            {
                auto const journal = open(dir.path());
                if (journal) {
                    Told told;
                    feed(**journal, told, durable + 200);
                    durable = std::max(durable, told.last().value());
                }
            }
            test_support::failing_vfs::cut_power(prng);
            test_support::failing_vfs::heal();
            durable = std::max(durable, check_after(dir.path(), durable, round));
            test_support::failing_vfs::forget();
        }
    }
}

std::string content(fs::path const& file) {
    std::ifstream in{file, std::ios::binary};
    return {std::istreambuf_iterator<char>{in}, {}};
}
void put(fs::path const& file, std::string const& bytes) {
    std::ofstream{file, std::ios::binary | std::ios::trunc}.write(
        bytes.data(), static_cast<std::streamsize>(bytes.size()));
}

// A copy of a journal as a killed process leaves it, and as a closed one does; then one bit flipped
// anywhere in its database or its log. It may be refused, or give exactly what was written; never
// less, never something else.
class FlippedBit : public SqliteFaults {
  protected:
    void flip_in(char const* name, fs::path const& original, std::vector<core::Record> const& whole,
                 int count) {
        Prng prng{7};
        auto const bytes = content(original / name);
        ASSERT_FALSE(bytes.empty());
        int refused = 0, harmless = 0;
        for (int round = 0; round < count && !HasFailure(); ++round) {
            test::ScratchDir copy;
            fs::copy(original, copy.path(), fs::copy_options::recursive);
            auto changed = bytes;
            // The first page and the log's header whole, the rest by chance.
            auto const bit = round < count / 4 ? static_cast<std::size_t>(round) * 37 % 8192
                                               : prng.below(bytes.size() * 8);
            changed[bit / 8] = static_cast<char>(changed[bit / 8] ^ (1 << (bit % 8)));
            put(copy.path() / name, changed);
            auto const journal = open_sqlite_journal({copy.path()});
            auto const back = journal ? read_all(**journal) : test::ReadBack{{}, journal.error()};
            if (!back.result) {
                ++refused;
            } else {
                ++harmless;  // in a page's unused part, or in a counter that nothing is read by
                EXPECT_TRUE(back.records == whole)
                    << name << " bit " << bit << ": " << back.records.size() << " records";
            }
        }
        EXPECT_GT(refused, count / 8);
        RecordProperty(std::string{name} + "_refused", refused);
        RecordProperty(std::string{name} + "_harmless", harmless);
    }
};

TEST_F(FlippedBit, InAClosedJournalIsNamedOrHarmless) {
    test::ScratchDir dir;
    {
        auto const journal = open_sqlite_journal({dir.path()});
        Told told;
        feed(**journal, told, 300);
    }
    flip_in("journal.db", dir.path(), records_of(1, 300), static_cast<int>(long_count(5000)));
}

TEST_F(FlippedBit, InTheLogOfAKilledDaemonIsNamedOrHarmless) {
    test::ScratchDir dir, killed;
    {
        auto const journal = open_sqlite_journal({dir.path()});
        Told told;
        feed(**journal, told, 300);
        fs::copy(dir.path(), killed.path(), fs::copy_options::recursive);
    }
    fs::remove(killed.path() / "journal.db-shm");
    flip_in("journal.db-wal", killed.path(), records_of(1, 300),
            static_cast<int>(long_count(5000)));
}

}  // namespace
}  // namespace washup::journal
