#include "adapters/common/record_store.hpp"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <cstdlib>
#include <fstream>
#include <sstream>

#include "adapters/common/record_seal.hpp"

namespace washup::adapters {
namespace {

namespace fs = std::filesystem;

class RecordStoreTest : public ::testing::Test {
  protected:
    void SetUp() override {
        auto pattern = (fs::temp_directory_path() / "washup-store-XXXXXX").string();
        ASSERT_NE(::mkdtemp(pattern.data()), nullptr);
        folder_ = pattern;
    }
    void TearDown() override { fs::remove_all(folder_); }

    std::unique_ptr<RecordStore> open() {
        auto store = RecordStore::open(folder_ / "store");
        EXPECT_TRUE(store.has_value()) << (store ? "" : store.error().words);
        return store ? std::move(*store) : nullptr;
    }
    static NewRecord record(std::string const& raw, std::string const& key = {}) {
        return NewRecord{"control-id", "A01", blake2b_256(raw), key, raw};
    }

    fs::path folder_;
    Instant const morning_ = london_time(make_date(2026, 11, 22), 9, 14);
};

TEST_F(RecordStoreTest, GivesBackWhatItTookAfterAReopen) {
    std::string epoch;
    {
        auto store = open();
        epoch = store->epoch();
        std::vector const records{record("first"), record(std::string("se\0cond", 7))};
        EXPECT_EQ(store->append(records, morning_).value(), 1u);
    }
    auto store = open();
    EXPECT_EQ(store->epoch(), epoch);
    EXPECT_EQ(store->last_sequence(), 2u);
    auto const read = store->read(1, 10).value();
    ASSERT_EQ(read.size(), 2u);
    EXPECT_EQ(read[0].raw, "first");
    EXPECT_EQ(read[1].raw, std::string("se\0cond", 7));
    EXPECT_EQ(read[1].digest, blake2b_256(std::string("se\0cond", 7)));
    EXPECT_EQ(read[0].received, morning_);
    EXPECT_FALSE(read[0].outcome.has_value());
    EXPECT_EQ(store->append(std::vector{record("third")}, morning_).value(), 3u);
}

TEST_F(RecordStoreTest, KeepsNoRawOctetsInTheClear) {
    {
        auto store = open();
        std::vector const records{record("PID|1||4711^^^RXX||OKONKWO^ADAEZE", "OKONKWO-key")};
        ASSERT_TRUE(store->append(records, morning_).has_value());
    }
    std::string all;
    for (auto const& file : fs::directory_iterator(folder_ / "store")) {
        std::ifstream in(file.path(), std::ios::binary);
        std::stringstream text;
        text << in.rdbuf();
        all += text.str();
    }
    EXPECT_GT(all.size(), 4096u);
    EXPECT_NE(all.find("control-id"), std::string::npos);  // so the search itself works
    EXPECT_EQ(all.find("OKONKWO"), std::string::npos);
    EXPECT_EQ(all.find("4711"), std::string::npos);
}

TEST_F(RecordStoreTest, FindsARecordSeenBeforeAndItsOutcome) {
    auto store = open();
    ASSERT_TRUE(store->append(std::vector{record("a", "key-a"), record("b", "key-b")}, morning_));
    EXPECT_FALSE(store->find("key-c").value().has_value());
    std::vector const outcomes{RecordOutcome{2, 1, "outcome_off_ladder", "ideal_outcome", "words"}};
    ASSERT_TRUE(store->note_outcomes(outcomes).has_value());
    auto const found = store->find("key-b").value();
    ASSERT_TRUE(found.has_value());
    EXPECT_EQ(found->sequence, 2u);
    ASSERT_TRUE(found->outcome.has_value());
    EXPECT_EQ(found->outcome->field, "ideal_outcome");
    EXPECT_EQ(store->unanswered(1, 2).value(), 1u);
}

TEST_F(RecordStoreTest, TakesAFileOnceAndWhole) {
    auto store = open();
    NewBatch const file{"referrals.csv", blake2b_256("the file"), ",;header"};
    auto const batch = store->append_batch(file, std::vector{record("r1"), record("r2")}, morning_);
    ASSERT_TRUE(batch.has_value());
    EXPECT_EQ(batch->first, 1u);
    EXPECT_EQ(batch->last, 2u);
    auto const again = store->append_batch(file, std::vector{record("r3")}, morning_);
    EXPECT_FALSE(again.has_value());
    EXPECT_EQ(store->last_sequence(), 2u);
    auto const known = store->find_batch(file.digest).value();
    ASSERT_TRUE(known.has_value());
    EXPECT_EQ(known->about, ",;header");
    EXPECT_EQ(store->unfinished_batches().value().size(), 1u);
    ASSERT_TRUE(store->finish_batch(known->id).has_value());
    EXPECT_TRUE(store->unfinished_batches().value().empty());
    EXPECT_TRUE(store->batch(known->id).value()->finished);
}

TEST_F(RecordStoreTest, ForgetsTheRawOctetsOfOldDaysAlone) {
    auto store = open();
    auto const next_day = london_time(make_date(2026, 11, 23), 0, 30);
    ASSERT_TRUE(store->append(std::vector{record("old", "key-old")}, morning_).has_value());
    ASSERT_TRUE(store->append(std::vector{record("new")}, next_day).has_value());
    EXPECT_EQ(store->forget_before(make_date(2026, 11, 23)).value(), 1u);
    auto const read = store->read(1, 10).value();
    EXPECT_FALSE(read[0].raw.has_value());
    EXPECT_EQ(read[1].raw, "new");
    EXPECT_TRUE(store->find("key-old").value().has_value());
}

TEST_F(RecordStoreTest, RefusesARecordAboveItsBoundAndStaysUsable) {
    auto store = open();
    NewRecord big = record("x");
    big.raw.assign(raw_record_bytes_max + 1, 'x');
    auto const refusal = store->append(std::vector{record("ok"), big}, morning_);
    ASSERT_FALSE(refusal.has_value());
    EXPECT_EQ(refusal.error().code, ErrorCode::too_large);
    EXPECT_EQ(store->last_sequence(), 0u);
    big.raw.resize(raw_record_bytes_max);
    EXPECT_EQ(store->append(std::vector{big}, morning_).value(), 1u);
}

TEST_F(RecordStoreTest, IsHeldByOneAtATime) {
    auto store = open();
    auto const second = RecordStore::open(folder_ / "store");
    ASSERT_FALSE(second.has_value());
    EXPECT_EQ(second.error().code, ErrorCode::unavailable);
}

TEST_F(RecordStoreTest, RefusesAStoreWhoseKeyIsGoneOrAnother) {
    {
        auto store = open();
        ASSERT_TRUE(store->append(std::vector{record("a")}, morning_).has_value());
    }
    auto const key = folder_ / "store" / "adapter.key";
    struct stat about {};
    ASSERT_EQ(::stat(key.c_str(), &about), 0);
    EXPECT_EQ(about.st_mode & 0777, 0600u);
    fs::rename(key, folder_ / "kept");
    EXPECT_FALSE(RecordStore::open(folder_ / "store").has_value());
    ASSERT_TRUE(open_key_file(key).has_value());  // another key
    EXPECT_FALSE(RecordStore::open(folder_ / "store").has_value());
    fs::remove(key);
    fs::rename(folder_ / "kept", key);
    EXPECT_TRUE(RecordStore::open(folder_ / "store").has_value());
}

TEST(RecordSeal, OpensOnlyUnderItsKeyAndAtItsPlace) {
    auto const key = random_seal_key();
    auto const box = seal(key, 7, "words", "record 1");
    EXPECT_EQ(unseal(key, box, "record 1").value(), "words");
    EXPECT_EQ(key_id_of(box).value(), 7u);
    EXPECT_FALSE(unseal(key, box, "record 2").has_value());
    EXPECT_FALSE(unseal(random_seal_key(), box, "record 1").has_value());
    EXPECT_FALSE(unseal(key, box.substr(0, 20), "record 1").has_value());
    auto altered = box;
    altered.back() = static_cast<char>(altered.back() ^ 1);
    EXPECT_FALSE(unseal(key, altered, "record 1").has_value());
}

}  // namespace
}  // namespace washup::adapters
