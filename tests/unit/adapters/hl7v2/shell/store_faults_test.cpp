// Each write and each fsync of the store of a running adapter fails, while its daemon is away: what
// was acknowledged is there afterwards, and the adapter has a last word.
#include <gtest/gtest.h>

#include <fmt/format.h>

#include <cstdlib>
#include <filesystem>
#include <set>

#include "tests/support/sqlite/failing_vfs.hpp"
#include "tests/unit/adapters/hl7v2/shell/ward_and_daemon.hpp"

namespace washup::hl7v2 {
namespace {

using namespace testing;
namespace failing_vfs = test_support::failing_vfs;

// Gives three messages, each when the one before was answered. The names of those acknowledged.
std::set<std::string> acknowledged(std::filesystem::path const& store, int nth, bool for_ever,
                                   std::string& fatal) {
    std::set<std::string> names;
    boost::asio::io_context io;
    Adapter adapter{io, store, 1, "", {}, {.after = milliseconds(1)}};
    failing_vfs::fail_nth(nth, for_ever);
    for (int n = 1; n <= 3 && adapter.fatal.empty(); ++n) {
        bool answered = false;
        auto const raw = a08(std::to_string(n));
        adapter.intake->take(raw, *read_header(raw), [&](Taken const& taken) {
            answered = true;
            if (taken.durable) names.insert(std::to_string(n));
        });
        EXPECT_TRUE(run_until(io, [&] { return answered; }));
    }
    fatal = adapter.fatal;
    return names;
}

void fail_each(bool for_ever) {
    for (int nth = 1;; ++nth) {
        SCOPED_TRACE(fmt::format("call {} fails {}", nth, for_ever ? "for ever" : "once"));
        test_support::TempDir folder;
        std::string fatal;
        auto const names = acknowledged(folder.path() / "store", nth, for_ever, fatal);
        bool const met = failing_vfs::failed();
        failing_vfs::heal();
        failing_vfs::forget();
        EXPECT_EQ(names.size() == 3, fatal.empty()) << fatal;
        auto const store = adapters::RecordStore::open(folder.path() / "store");
        ASSERT_TRUE(store) << store.error().words;
        auto const kept = (*store)->read(1, 10);
        ASSERT_TRUE(kept) << kept.error().words;
        std::set<std::string> there;
        for (auto const& record : *kept) there.insert(record.name);
        for (auto const& name : names) EXPECT_TRUE(there.contains(name)) << "a false AA";
        if (met) continue;
        EXPECT_GT(nth, 10) << "the loop met hardly any write";
        return;
    }
}

class StoreFaultsOfHl7 : public ::testing::Test {
  protected:
    failing_vfs::AsDefault as_default_;
};

TEST_F(StoreFaultsOfHl7, OfEachCallOnceGiveNoFalseAcknowledgement) {
    fail_each(false);
}

TEST_F(StoreFaultsOfHl7, OfEachCallForEverGiveNoFalseAcknowledgement) {
    fail_each(true);
}

}  // namespace
}  // namespace washup::hl7v2
