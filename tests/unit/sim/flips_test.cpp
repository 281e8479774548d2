// A bit that is another on the disk of the real journal is seen, wherever it lies.

#include <gtest/gtest.h>
#include <sodium.h>

#include "tests/sim/disk.hpp"
#include "tests/sim/sqlite_flips.hpp"

namespace washup::sim {
namespace {

TEST(Flips, AreTriedOnTheRealJournalAndNoneIsServed) {
    ASSERT_GE(sodium_init(), 0);
    auto const sealer = journal::Sealer::from_key(std::string(32, 'k'));
    auto disk = make_sqlite_disk();
    ASSERT_TRUE(disk->open().has_value());
    journal::JournalHandlers handlers;
    handlers.on_durable = [](auto, auto) {};
    handlers.on_failed = [](Error) { ADD_FAILURE() << "the disk is well"; };
    disk->journal().start(std::move(handlers));
    for (std::uint64_t n = 1; n <= 200; ++n) {
        core::Record record;
        record.number = core::RecordNumber{n};
        record.at = Instant{1'800'000'000'000 + static_cast<std::int64_t>(n)};
        record.cause.trigger = std::string(200, 'A');
        ASSERT_TRUE(
            disk->journal().append({std::make_shared<core::Record const>(record)}).has_value());
        disk->write();
        disk->sync();
    }
    disk->kill();
    Prng chance{5};
    std::size_t flips = 0, seen = 0;
    for (int round = 0; round < 20; ++round) {
        auto const result = disk->flip_bits(sealer, chance);
        flips += result.flips;
        seen += result.seen;
        for (auto const& words : result.served) ADD_FAILURE() << words;
    }
    EXPECT_EQ(flips, 20 * flips_a_time);
    // The others lie where nobody reads: in old pages of the log and in the rest of a page.
    EXPECT_GT(seen, flips / 4);
}

}  // namespace
}  // namespace washup::sim
