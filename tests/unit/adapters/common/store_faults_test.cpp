// Each write and each fsync of the adapters' store fails once, and then for ever. What append()
// said was durable must be there afterwards; after the first failure nothing is written any more.
#include <gtest/gtest.h>

#include <fmt/format.h>

#include <cstdlib>
#include <filesystem>

#include "adapters/common/record_store.hpp"
#include "tests/support/sqlite/failing_vfs.hpp"
#include "tests/support/temp_dir.hpp"

namespace washup::adapters {
namespace {

namespace failing_vfs = test_support::failing_vfs;

NewRecord record(int n) {
    auto const raw = fmt::format("raw {} {}", n, std::string(3000, 'x'));
    return NewRecord{fmt::format("name {}", n), "A01", blake2b_256(raw), fmt::format("k{}", n),
                     raw};
}

class StoreFaults : public ::testing::Test {
  protected:
    void TearDown() override { failing_vfs::heal(); }
    failing_vfs::AsDefault as_default_;
};

// One life of a store: takes records until the first failure, or until it has enough.
struct Life {
    int durable = 0;
    bool failed = false, wrote_after_failure = false;
    std::string words;

    explicit Life(RecordStore& store, int count) {
        auto const morning = london_time(make_date(2026, 11, 22), 9, 14);
        for (int n = 1; n <= count; ++n) {
            std::vector const records{record(n)};
            auto const kept = store.append(records, morning + minutes(n));
            if (!note(kept ? Result<void>{} : kept.error())) break;
            durable = n;
            if (n % 3 != 0) continue;
            std::vector const outcomes{RecordOutcome{static_cast<std::uint64_t>(n), 0, "", "", ""}};
            if (!note(store.note_outcomes(outcomes))) break;
        }
        if (!failed) {
            auto const tomorrow = make_date(2026, 11, 23);
            auto const gone = store.forget_before({tomorrow, tomorrow, morning + hours(24)});
            note(gone ? Result<void>{} : gone.error());
        }
        if (!failed) return;
        std::vector const one_more{record(count + 1)};
        wrote_after_failure = store.append(one_more, morning).has_value();
    }

  private:
    bool note(Result<void> const& done) {
        if (done) return true;
        failed = true;
        words = done.error().words;
        return false;
    }
};

void expect_all(std::filesystem::path const& folder, int durable) {
    auto const store = RecordStore::open(folder);
    ASSERT_TRUE(store) << store.error().words;
    ASSERT_GE((*store)->last_sequence(), static_cast<std::uint64_t>(durable));
    auto const records = (*store)->read(1, 100);
    ASSERT_TRUE(records) << records.error().words;
    for (int n = 1; n <= durable; ++n) {
        auto const& kept = records->at(static_cast<std::size_t>(n - 1));
        EXPECT_EQ(kept.digest, record(n).digest);
        if (kept.raw) EXPECT_EQ(*kept.raw, record(n).raw);
    }
}

void fail_each(bool for_ever) {
    int const count = 6;
    for (int nth = 1;; ++nth) {
        SCOPED_TRACE(fmt::format("call {} fails {}", nth, for_ever ? "for ever" : "once"));
        test_support::TempDir folder;
        ASSERT_TRUE(RecordStore::open(folder.path() / "store"));
        int durable = 0;
        bool failed = false;
        failing_vfs::fail_nth(nth, for_ever);
        {
            auto const store = RecordStore::open(folder.path() / "store");
            if (store) {
                Life const life{**store, count};
                durable = life.durable;
                failed = life.failed;
                EXPECT_FALSE(life.wrote_after_failure) << life.words;
                EXPECT_EQ(failed, !life.words.empty());
            } else {
                failed = true;
                EXPECT_FALSE(store.error().words.empty());
            }
        }
        bool const met = failing_vfs::failed();
        failing_vfs::heal();
        failing_vfs::forget();
        // Closing the store may fail too; then nobody was told anything that is not so.
        if (failed) EXPECT_TRUE(met);
        if (!failed) EXPECT_EQ(durable, count);
        ASSERT_NO_FATAL_FAILURE(expect_all(folder.path() / "store", durable));
        if (!met) {
            EXPECT_GT(nth, 30) << "the loop met hardly any write";
            return;
        }
    }
}

TEST_F(StoreFaults, OfEachCallOnceLoseNothingThatWasSaidToBeDurable) {
    fail_each(false);
}

TEST_F(StoreFaults, OfEachCallForEverLoseNothingThatWasSaidToBeDurable) {
    fail_each(true);
}

// The main file is synced when the log is taken over into it; SQLite alone would tell nobody.
TEST_F(StoreFaults, OfACheckpointAreHeardToo) {
    test_support::TempDir folder;
    auto const store = RecordStore::open(folder.path() / "store");
    ASSERT_TRUE(store);
    auto const morning = london_time(make_date(2026, 11, 22), 9, 14);
    bool failed = false;
    for (int n = 1; n <= 2000 && !failed; ++n) {
        std::vector const records{record(n)};
        // Three calls of each append are the log's own; what a checkpoint needs comes on top.
        failing_vfs::fail_nth(40, true);
        failed = !(*store)->append(records, morning);
        failing_vfs::heal();
    }
    EXPECT_TRUE(failed);
    EXPECT_FALSE((*store)->append(std::vector{record(1)}, morning)) << "it is not trusted again";
}

}  // namespace
}  // namespace washup::adapters
