// Every allocation of the journal fails once, and then for ever, those of SQLite too: nothing is
// told durable that is not there, nothing half is under a name, and the journal opens again.

#include <atomic>

#include "daemon/journal/checkpoint_log.hpp"
#include "daemon/journal/copies.hpp"
#include "daemon/journal/files.hpp"
#include "daemon/journal/journal_meta.hpp"
#include "daemon/journal/key_file.hpp"
#include "daemon/journal/seal.hpp"
#include "daemon/journal/sqlite_journal.hpp"
#include "daemon/journal/state_image.hpp"
#include "daemon/journal/verify.hpp"
#include "tests/property/allocation/fail_each.hpp"
#include "tests/support/log_sink.hpp"
#include "tests/support/temp_dir.hpp"

namespace washup::allocation {
namespace {

namespace fs = std::filesystem;
using namespace journal;
using core::RecordNumber;

constexpr std::uint64_t at_first = 300;  // more than are read without a thread ahead

core::Record record_of(std::uint64_t number) {
    core::Record record;
    record.number = RecordNumber{number};
    record.at = Instant{static_cast<std::int64_t>(1000 * number)};
    record.cause.record_name = "a name that is longer than what a string holds in itself";
    record.events.emplace_back(core::RecordCounted{});
    return record;
}
std::vector<SharedRecord> records_of(std::uint64_t first, std::uint64_t last) {
    std::vector<SharedRecord> out;
    for (auto number = first; number <= last; ++number) {
        out.push_back(std::make_shared<core::Record const>(record_of(number)));
    }
    return out;
}

// Listens without memory of its own.
struct Told {
    std::atomic<std::uint64_t> durable = 0;
    std::atomic<bool> failed = false;
    std::atomic<int> changes = 0;

    JournalHandlers handlers() {
        return {[this](RecordNumber up_to, auto const&) {
                    durable = up_to.value();
                    changed();
                },
                [this](Error const&) {
                    failed = true;
                    changed();
                }};
    }
    void changed() {
        ++changes;
        changes.notify_all();
    }
    bool wait_for(std::uint64_t number) {
        for (;;) {
            auto const seen = changes.load();
            if (failed || durable >= number) return !failed;
            changes.wait(seen);
        }
    }
};

class FailedAllocation : public testing::Test {
  protected:
    FailedAllocation() {
        set_log_sink([](LogLevel, std::string const&) {});
        key_id_ = Sealer::open_or_make(home())->key_id_hex();
        auto journal = *open_sqlite_journal({home(), key_id_});
        Told told;
        journal->start(told.handlers());
        EXPECT_TRUE(journal->append(records_of(1, at_first)));
        EXPECT_TRUE(told.wait_for(at_first));
        auto log = CheckpointLog::open(home(), journal->info());
        EXPECT_TRUE(log->look(*journal, RecordNumber{200}, Instant{1}, SteadyInstant{1}, true));
        journal->close();
    }
    ~FailedAllocation() override { set_log_sink(nullptr); }

    fs::path home() const { return dir_.path() / "home"; }
    fs::path copy() const { return dir_.path() / "copy.db"; }

    // 1 to at least `least` are there, in order and as they were written.
    void expect_records(fs::path const& data_dir, std::uint64_t least) const {
        auto const journal = open_sqlite_journal({data_dir, key_id_});
        ASSERT_TRUE(journal) << journal.error().words;
        std::uint64_t next = 1;
        auto const read = (*journal)->read({}, [&](core::Record const& record) -> Result<void> {
            EXPECT_TRUE(record == record_of(next)) << next;
            ++next;
            return {};
        });
        EXPECT_TRUE(read) << read.error().words;
        EXPECT_GT(next, least) << "a record told durable is lost";
    }
    void expect_whole_or_none(fs::path const& file) const {
        EXPECT_FALSE(fs::exists(file.string() + ".part"));
        if (!fs::exists(file)) return;
        auto const report = verify({file, {}, {}});
        ASSERT_TRUE(report) << report.error().words;
        EXPECT_TRUE(report->sound());
        EXPECT_EQ(report->good, at_first);
        fs::remove(file);
    }

    test_support::TempDir dir_;
    std::string key_id_;
};

TEST_F(FailedAllocation, InTheKeyFileMakesAWholeKeyOrNone) {
    auto const fresh = dir_.path() / "fresh";
    fs::create_directory(fresh);
    fail_each([&] { return open_or_make_site_key(fresh) ? Ended::right : Ended::failed; },
              [&] {
                  EXPECT_TRUE(open_or_make_site_key(fresh)) << "made whole, or made now";
                  fs::remove(fresh / "site.key");
              });
    auto const key = *open_or_make_site_key(home());
    fail_each([&] {
        auto const again = open_or_make_site_key(home());
        if (!again) return Ended::failed;
        return *again == key ? Ended::right : Ended::wrong;
    });
    EXPECT_EQ(*open_or_make_site_key(home()), key);
}

TEST_F(FailedAllocation, WhileAppendingIsNeverAFalseAcknowledgement) {
    auto const work_on = dir_.path() / "work";
    std::atomic<std::uint64_t> durable = 0;
    auto const fresh = [&] {
        fs::remove_all(work_on);
        fs::copy(home(), work_on);
        durable = at_first;
    };
    fresh();
    auto const places = fail_each(
        [&] {
            Told told;
            auto journal = open_sqlite_journal({work_on, key_id_});
            if (!journal) return Ended::failed;
            (*journal)->start(told.handlers());
            for (auto next = at_first + 1; next <= at_first + 30; next += 10) {
                if (!(*journal)->append(records_of(next, next + 9))) return Ended::failed;
                if (!told.wait_for(next + 9)) return Ended::failed;
                durable = told.durable.load();
            }
            (*journal)->close();
            return durable == at_first + 30 ? Ended::right : Ended::wrong;
        },
        [&] {
            expect_records(work_on, durable);
            fresh();
        });
    EXPECT_GT(places, 100u);
}

TEST_F(FailedAllocation, WhileReadingGivesAllRecordsOrAnError) {
    auto const places = fail_each([&] {
        auto journal = open_sqlite_journal({home(), key_id_});
        if (!journal) return Ended::failed;
        std::uint64_t count = 0;
        auto const read = (*journal)->read({}, [&](core::Record const&) -> Result<void> {
            ++count;
            return boost::system::in_place_value;
        });
        if (!read) return Ended::failed;
        return count == at_first ? Ended::right : Ended::wrong;
    });
    EXPECT_GT(places, at_first);
}

TEST_F(FailedAllocation, WhileVerifyingNeverCallsAGoodJournalGoodInPart) {
    fail_each([&] {
        auto text = CheckpointLog::text_of(home());
        if (!text) return Ended::failed;
        auto const report = verify({journal_path(home()), std::move(*text), {}});
        if (!report || report->fault) return Ended::failed;
        return report->good == at_first && report->witnessed == 200 ? Ended::right : Ended::wrong;
    });
}

TEST_F(FailedAllocation, OfACheckpointLeavesNoHalfLine) {
    auto const before = *CheckpointLog::text_of(home());
    auto const file = (home() / "checkpoints.log").string();
    fail_each(
        [&] {
            auto journal = open_sqlite_journal({home(), key_id_});
            if (!journal) return Ended::failed;
            auto log = CheckpointLog::open(home(), (*journal)->info());
            if (!log) return Ended::failed;
            auto const signed_well =
                log->look(**journal, RecordNumber{at_first}, Instant{1}, SteadyInstant{1}, true);
            return signed_well ? Ended::right : Ended::failed;
        },
        [&] {
            auto const report = verify({journal_path(home()), *CheckpointLog::text_of(home()), {}});
            ASSERT_TRUE(report);
            EXPECT_TRUE(report->sound());
            ASSERT_EQ(::truncate(file.c_str(), static_cast<off_t>(before.size())), 0);
        });
}

TEST_F(FailedAllocation, OfAnImageLeavesAWholeOneOrNone) {
    auto const sealer = Sealer::from_key(std::string(32, 'k'));
    core::State state;
    state.head = RecordNumber{7};
    state.staff["jd"].role = "a role that is longer than what a string holds in itself";
    ImageHead const head{"epoch", state.head, Instant{1}, {}};
    auto const fits = [](ImageHead const&) { return true; };
    fail_each(
        [&] {
            StateImages const images{dir_.path(), sealer};
            if (!images.keep(state, head)) return Ended::failed;
            auto const found = images.newest(state.head, fits);
            if (!found) return Ended::failed;
            return found->staff.contains("jd") ? Ended::right : Ended::wrong;
        },
        [&] {
            for (auto const& entry : fs::directory_iterator(dir_.path() / "images")) {
                if (entry.path().extension() != ".state") continue;
                auto const found = StateImages{dir_.path(), sealer}.newest(state.head, fits);
                ASSERT_TRUE(found);
                EXPECT_EQ(core::fingerprint(*found), core::fingerprint(state));
            }
            fs::remove_all(dir_.path() / "images");
            fs::create_directory(dir_.path() / "images");
        });
}

TEST_F(FailedAllocation, OfABackupOrExportLeavesAWholeCopyOrNone) {
    for (bool const good_alone : {false, true}) {
        fail_each(
            [&] {
                auto const report =
                    good_alone ? export_good(home(), copy()) : backup(home(), copy());
                return report && report->sound() ? Ended::right : Ended::failed;
            },
            [&] {
                expect_whole_or_none(copy());
                fs::remove(copy().string() + ".bad");
            });
    }
    expect_records(home(), at_first);
}

TEST_F(FailedAllocation, OfARestoreLeavesAWholeJournalOrNone) {
    ASSERT_TRUE(backup(home(), copy()));
    auto const other = dir_.path() / "other";
    fs::create_directory(other);
    fs::copy_file(home() / "site.key", other / "site.key");
    fail_each(
        [&] {
            auto const report = restore(copy(), other);
            return report && report->sound() ? Ended::right : Ended::failed;
        },
        [&] { expect_whole_or_none(other / "journal.db"); });
}

}  // namespace
}  // namespace washup::allocation
