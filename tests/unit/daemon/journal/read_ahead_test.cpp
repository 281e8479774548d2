#include "daemon/journal/read_ahead.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <new>

#include "tests/unit/daemon/journal/told.hpp"

namespace washup::journal {
namespace {

constexpr std::uint64_t many = 20 * read_ahead_records + 3;

ReadAhead::Source counting(std::uint64_t last, std::atomic<std::uint64_t>& given) {
    return [last, &given](ReadAhead::Give const& give) -> Result<void> {
        for (std::uint64_t number = 1; number <= last; ++number) {
            core::Record record;
            record.number = core::RecordNumber{number};
            if (!give(std::move(record))) break;
            ++given;
        }
        return {};
    };
}

TEST(ReadAhead, GivesEveryRecordOnceAndInOrder) {
    std::atomic<std::uint64_t> given = 0;
    ReadAhead ahead{counting(many, given)};
    std::uint64_t expected = 1;
    for (auto batch = ahead.next(); !batch.empty(); batch = ahead.next()) {
        for (auto const& record : batch) ASSERT_EQ(record.number.value(), expected++);
    }
    EXPECT_EQ(expected, many + 1);
    EXPECT_TRUE(ahead.result());
}

TEST(ReadAhead, IsNeverFurtherAheadThanItsBound) {
    std::atomic<std::uint64_t> given = 0;
    ReadAhead ahead{counting(many, given)};
    std::uint64_t taken = 0;
    for (auto batch = ahead.next(); !batch.empty(); batch = ahead.next()) {
        taken += batch.size();
        // Those that wait, and the one that is being filled or put.
        EXPECT_LE(given.load(), taken + (read_ahead_batches_max + 1) * read_ahead_records);
    }
    EXPECT_EQ(taken, many);
}

TEST(ReadAhead, EndsWhenNobodyWantsMore) {
    std::atomic<std::uint64_t> given = 0;
    {
        ReadAhead ahead{counting(~std::uint64_t{0}, given)};  // it would never end by itself
        EXPECT_EQ(ahead.next().size(), read_ahead_records);
    }
    EXPECT_GE(given.load(), read_ahead_records - 1);
}

TEST(ReadAhead, SaysHowTheSourceEndedAfterWhatItGave) {
    ReadAhead ahead{[](ReadAhead::Give const& give) -> Result<void> {
        give(core::Record{});
        return invalid("record 2 is damaged");
    }};
    EXPECT_EQ(ahead.next().size(), 1u);
    EXPECT_TRUE(ahead.next().empty());
    auto const ended = ahead.result();
    ASSERT_FALSE(ended);
    EXPECT_EQ(ended.error().words, "record 2 is damaged");
}

TEST(ReadAhead, ThrowsHereWhatTheSourceThrew) {
    ReadAhead ahead{[](ReadAhead::Give const&) -> Result<void> { throw std::bad_alloc{}; }};
    EXPECT_TRUE(ahead.next().empty());
    EXPECT_THROW(ahead.result(), std::bad_alloc);
}

}  // namespace
}  // namespace washup::journal
