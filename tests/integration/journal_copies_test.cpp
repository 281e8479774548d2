// Backup, export and restore that are killed, or find the disk full, at any moment: what stands
// under the name that was asked for is whole or is not there.
#include <gtest/gtest.h>

#include <fmt/format.h>

#include "tests/support/long_run.hpp"
#include "tests/support/town/bad_journal.hpp"
#include "tests/support/town/town.hpp"

namespace washup::integration {
namespace {

namespace fs = std::filesystem;

// One verb, and the file that it makes.
struct Making {
    char const* verb;
    std::vector<std::string> words;  // behind `washupd journal`
    fs::path made;

    std::vector<std::string> command() const {
        auto all = words;
        all.insert(all.begin(), {program("washupd"), "journal"});
        return all;
    }
};

class JournalCopies : public testing::Test {
  protected:
    JournalCopies() {
        auto const done = home_.tool({"backup", copy_});
        EXPECT_EQ(done.status, 0) << done.err;
        fs::create_directory(other_);
        fs::copy_file(home_.data() / "site.key", other_ / "site.key");
        makings_ = {
            {"backup", {"--data", home_.data().string(), "backup", file("b.db")}, file("b.db")},
            {"export", {"--data", home_.data().string(), "export", file("e.db")}, file("e.db")},
            {"restore", {"--data", other_.string(), "restore", copy_}, other_ / "journal.db"}};
    }
    std::string file(char const* name) const { return (home_.folder() / name).string(); }

    // Nothing under the name, or all of it.
    static void expect_whole_or_none(Making const& making) {
        if (!fs::exists(making.made)) return;
        BadJournal look;  // its data directory, with the file that was made in place of the journal
        fs::remove(look.data() / "checkpoints.log");
        fs::copy_file(making.made, look.db(), fs::copy_options::overwrite_existing);
        auto const verified = look.tool({"verify"});
        auto const words = fmt::format("{} records, all good", good_journal().records);
        EXPECT_NE(verified.out.find(words), std::string::npos)
            << making.verb << ": " << verified.out << verified.err;
    }

    BadJournal home_;
    std::string copy_ = file("copy.db");
    fs::path other_ = home_.folder() / "other";
    std::vector<Making> makings_;
};

TEST_F(JournalCopies, OnAFullDiskSayItAndLeaveNothing) {
    for (auto const& making : makings_) {
        SCOPED_TRACE(making.verb);
        std::uint64_t room = 4096;
        int refused = 0;
        for (;; room += 20'000) {
            ASSERT_LT(room, 10u << 20) << "it never had room";
            auto const done = test_support::run(making.command(), {.file_bytes_limit = room});
            if (done.status == 0) break;
            ++refused;
            EXPECT_EQ(done.status, 74) << room << done.out << done.err;
            EXPECT_NE(done.err.find("washupd journal: cannot"), std::string::npos) << done.err;
            EXPECT_FALSE(fs::exists(making.made)) << room;
            EXPECT_FALSE(fs::exists(making.made.string() + ".part")) << room;
        }
        EXPECT_GT(refused, 3) << "the disk was never full";
        expect_whole_or_none(making);
    }
}

TEST_F(JournalCopies, ThatAreKilledLeaveNoHalfCopyAndWorkTheNextTime) {
    auto const rounds = static_cast<int>(test_support::long_count(300));
    for (auto const& making : makings_) {
        SCOPED_TRACE(making.verb);
        int killed = 0;
        for (int round = 0; round < rounds && !HasFailure(); ++round) {
            fs::remove(making.made);
            test_support::Process process{making.command()};
            test_support::rest(milliseconds(round % 25));
            if (process.running()) ++killed;
            process.kill_9();
            expect_whole_or_none(making);
        }
        EXPECT_GT(killed, rounds / 10) << "it was always done before";
        fs::remove(making.made);
        auto const done = test_support::run(making.command());
        EXPECT_EQ(done.status, 0) << done.out << done.err;
        EXPECT_FALSE(fs::exists(making.made.string() + ".part"));
        EXPECT_TRUE(fs::exists(making.made));
        expect_whole_or_none(making);
    }
}

}  // namespace
}  // namespace washup::integration
