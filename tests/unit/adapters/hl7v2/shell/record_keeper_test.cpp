// The store's thread: what it puts off, and for how long.
#include "adapters/hl7v2/record_keeper.hpp"

#include <gtest/gtest.h>

#include "tests/unit/adapters/hl7v2/shell/ward_and_daemon.hpp"

namespace washup::hl7v2 {
namespace {

using namespace testing;

// A ward that never pauses: the next message is there before the thread has nothing to do.
TEST(RecordKeeper, NotesOutcomesAtTheirBoundHoweverBusyTheWardIs) {
    boost::asio::io_context io;
    test_support::TempDir folder;
    auto store = adapters::RecordStore::open(folder.path() / "store");
    ASSERT_TRUE(store);
    RecordKeeper keeper{io, std::move(*store)};
    std::uint64_t kept = 0, noted = 0;
    keeper.on_noted = [&](std::uint64_t up_to) { noted = up_to; };
    std::function<void()> next = [&] {
        KeepRequest request;
        request.record.name = std::to_string(kept + 1);
        request.record.index_key = request.record.raw = request.record.name;
        keeper.keep(std::move(request), [&](Result<Kept> result) {
            ASSERT_TRUE(result);
            kept = result->sequence;
            keeper.note({kept, v1::IngestAnswer::ACCEPTED, {}, {}, {}});
            if (noted == 0 && kept < 3 * outcomes_waiting_max) next();
        });
    };
    next();
    EXPECT_TRUE(run_until(io, [&] { return noted != 0; }));
    EXPECT_LT(kept, 2 * outcomes_waiting_max) << "they do not wait until the ward is quiet";
    keeper.stop();
}

// Found by AddressSanitizer: the context called into a keeper that had gone.
TEST(RecordKeeper, TellsNobodyWhenItHasGone) {
    boost::asio::io_context io;
    test_support::TempDir folder;
    auto store = adapters::RecordStore::open(folder.path() / "store");
    ASSERT_TRUE(store);
    auto keeper = std::make_unique<RecordKeeper>(io, std::move(*store));
    auto kept = false, noted = false;
    keeper->on_noted = [&](std::uint64_t) { noted = true; };
    KeepRequest request;
    request.record.name = request.record.index_key = request.record.raw = "1";
    keeper->keep(std::move(request), [&](Result<Kept> result) { kept = result.has_value(); });
    ASSERT_TRUE(run_until(io, [&] { return kept; }));
    keeper->note({1, v1::IngestAnswer::ACCEPTED, {}, {}, {}});
    keeper.reset();  // stores what waits, and what it would tell is in the queue
    io.restart();
    io.poll();
    EXPECT_FALSE(noted);
}

}  // namespace
}  // namespace washup::hl7v2
