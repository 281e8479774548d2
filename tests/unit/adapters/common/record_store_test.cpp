#include "adapters/common/record_store.hpp"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <cstdlib>
#include <fstream>
#include <sstream>

#include "adapters/common/record_seal.hpp"
#include "adapters/common/retention.hpp"
#include "adapters/common/sqlite.hpp"

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

TEST_F(RecordStoreTest, TellsWhatWaitsForAnAnswer) {
    auto store = open();
    EXPECT_TRUE(store->waiting().value().empty());
    std::vector const records{record("one"), record("two more"), record("")};
    ASSERT_TRUE(store->append(records, morning_).has_value());
    EXPECT_EQ(store->waiting().value().size(), 3u);
    ASSERT_TRUE(store->note_outcomes(std::vector{RecordOutcome{1, 0, "", "", ""}}).has_value());
    store.reset();
    auto const waiting = open()->waiting().value();
    ASSERT_EQ(waiting.size(), 2u);
    EXPECT_EQ(waiting[0].sequence, 2u);
    EXPECT_EQ(waiting[0].bytes, 8u) << "of what came, not of its box";
    EXPECT_EQ(waiting[0].received, morning_);
    EXPECT_EQ(waiting[1].bytes, 0u);
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

class OldRecords : public RecordStoreTest {
  protected:
    static NewRecord aside(std::string const& raw, std::string const& why = "not_yet_handled") {
        auto out = record(raw);
        out.set_aside = why;
        return out;
    }
    static RecordOutcome kept(std::uint64_t sequence, std::string const& code) {
        return {sequence, 1, code, {}, {}};
    }
    static RecordOutcome accepted(std::uint64_t sequence) { return {sequence, 0, {}, {}, {}}; }
    Forgotten forget(RecordStore& store, Date today, int keep_days = 30) {
        auto what = Retention{keep_days}.due(london_time(today, 0, 1)).value();
        auto const done = store.forget_before(what);
        EXPECT_TRUE(done) << (done ? "" : done.error().words);
        return done ? *done : Forgotten{};
    }
    std::vector<std::string> raws(RecordStore& store) {
        std::vector<std::string> out;
        auto const records = store.read(1, 100);
        EXPECT_TRUE(records) << (records ? "" : records.error().words);
        for (auto const& stored : *records) out.push_back(stored.raw.value_or("(forgotten)"));
        return out;
    }
    Date const day_ = make_date(2026, 11, 22);
};

TEST_F(OldRecords, AreForgottenWithTheKeyOfTheirDayAndKnownAllTheSame) {
    auto store = open();
    auto const next_day = london_time(day_ + 1, 0, 30);
    ASSERT_TRUE(store->append(std::vector{record("old", "key-old")}, morning_).has_value());
    ASSERT_TRUE(store->append(std::vector{record("new")}, next_day).has_value());
    std::vector const outcomes{accepted(1), accepted(2)};
    ASSERT_TRUE(store->note_outcomes(outcomes));
    EXPECT_EQ(forget(*store, day_ + 30).days, 0u);
    EXPECT_EQ(forget(*store, day_ + 31).days, 1u);
    EXPECT_EQ(raws(*store), (std::vector<std::string>{"(forgotten)", "new"}));
    EXPECT_TRUE(store->find("key-old").value().has_value());
    EXPECT_EQ(forget(*store, day_ + 31).days, 0u);
}

TEST_F(OldRecords, StayWhileNobodyHasAnsweredThemOrTheyMayBeSentAgain) {
    {
        auto store = open();
        ASSERT_TRUE(store->append(std::vector{aside("a"), record("b"), record("c")}, morning_));
        std::vector const outcomes{kept(1, "not_yet_handled"), accepted(2)};
        ASSERT_TRUE(store->note_outcomes(outcomes));
        auto const gone = forget(*store, day_ + 60);
        EXPECT_EQ(gone.days, 1u);
        EXPECT_EQ(gone.kept_on, 2u);
        EXPECT_EQ(gone.given_up, 0u);
        EXPECT_EQ(raws(*store), (std::vector<std::string>{"a", "(forgotten)", "c"}));
    }
    auto store = open();  // the key they moved to is in the store
    EXPECT_EQ(raws(*store), (std::vector<std::string>{"a", "(forgotten)", "c"}));
    EXPECT_EQ(store->read(1, 1)->front().received, morning_);
    auto const gone = forget(*store, day_ + 60 + 31 + keep_set_aside_days);
    EXPECT_EQ(gone.given_up, 1u) << "after a hundred days it would change nothing";
    EXPECT_EQ(gone.kept_on, 1u);
    EXPECT_EQ(raws(*store), (std::vector<std::string>{"(forgotten)", "(forgotten)", "c"}));
    EXPECT_TRUE(store->read_set_aside(1, 10)->empty());
}

TEST_F(OldRecords, AreForgottenButNotTheHeaderOfAFileThatIsNotFinished) {
    auto store = open();
    NewBatch const file{"a.csv", blake2b_256("a"), "header"};
    NewBatch const done{"b.csv", blake2b_256("b"), "header of b"};
    auto const open_file = store->append_batch(file, std::vector{record("row")}, morning_).value();
    auto const other = store->append_batch(done, std::vector{record("row 2")}, morning_).value();
    std::vector const outcomes{accepted(2)};
    ASSERT_TRUE(store->note_outcomes(outcomes));
    ASSERT_TRUE(store->finish_batch(other.id));
    EXPECT_EQ(forget(*store, day_ + 60).kept_on, 1u);
    EXPECT_EQ(store->batch(open_file.id).value()->about, "header");
    EXPECT_EQ(store->batch(other.id).value()->about, "");
    EXPECT_EQ(raws(*store), (std::vector<std::string>{"row", "(forgotten)"}));
}

TEST_F(OldRecords, SetAsideOnesAreGivenAgainOnceAndInOrder) {
    auto store = open();
    ASSERT_TRUE(store->append(
        std::vector{aside("a", "test_message"), record("b"), aside("c"), aside("d"), aside("e")},
        morning_));
    // d: the daemon kept it for another reason; e: nobody knows yet what became of it.
    std::vector const outcomes{kept(1, "test_message"), accepted(2), kept(3, "not_yet_handled"),
                               kept(4, "waiting_for_visit")};
    ASSERT_TRUE(store->note_outcomes(outcomes));
    EXPECT_EQ(store->first_unanswered(1).value(), 5u);
    EXPECT_EQ(store->first_unanswered(6).value(), 0u);
    auto const found = store->read_set_aside(1, 10).value();
    ASSERT_EQ(found.size(), 2u);
    EXPECT_EQ(store->read_set_aside(1, 1)->size(), 1u);
    EXPECT_EQ(store->append_again(found).value(), 6u);
    EXPECT_TRUE(store->read_set_aside(1, 10)->empty());
    store.reset();
    store = open();
    EXPECT_EQ(store->last_sequence(), 7u);
    auto const again = store->read(6, 10).value();
    ASSERT_EQ(again.size(), 2u);
    EXPECT_EQ(again[0].raw, "a");
    EXPECT_EQ(again[0].again_of, 1u);
    EXPECT_EQ(again[0].received, morning_);
    EXPECT_EQ(again[1].again_of, 3u);
    EXPECT_EQ(store->read(3, 1)->front().again_of, 0u);
}

TEST_F(OldRecords, OfAStoreOfTheFirstVersionAreKnownByTheDaemonsWord) {
    {
        auto store = open();
        ASSERT_TRUE(store->append(std::vector{record("a"), record("b")}, morning_));
        std::vector const outcomes{kept(1, "unmappable"), kept(2, "not_yet_handled")};
        ASSERT_TRUE(store->note_outcomes(outcomes));
    }
    {
        auto db = Sqlite::open(folder_ / "store" / "store.sqlite");
        ASSERT_TRUE(db);
        ASSERT_TRUE(db->run("DROP TABLE set_aside; DROP TABLE again; PRAGMA user_version = 1;"));
    }
    auto const found = open()->read_set_aside(1, 10).value();
    ASSERT_EQ(found.size(), 1u);
    EXPECT_EQ(found[0].raw, "b");
}

TEST_F(RecordStoreTest, ReadsNoMoreOctetsAtOnceThanItsBound) {
    auto store = open();
    auto big = record("x");
    big.raw.assign(raw_record_bytes_max, 'x');
    ASSERT_TRUE(store->append(std::vector{big, big, big}, morning_));
    EXPECT_EQ(store->read(1, 10)->size(), read_bytes_max / raw_record_bytes_max);
    EXPECT_EQ(store->read(3, 10)->size(), 1u);
}

TEST(Retention, SpeaksOnceALondonDay) {
    Retention retention{30};
    auto const night = london_time(make_date(2026, 11, 22), 23, 59);
    auto const what = retention.due(night);
    ASSERT_TRUE(what);
    EXPECT_EQ(what->day, make_date(2026, 10, 23));
    EXPECT_EQ(what->set_aside_day, make_date(2026, 8, 14));
    EXPECT_FALSE(retention.due(night + seconds(59)));
    ASSERT_TRUE(retention.due(night + seconds(60)));
    EXPECT_EQ(Retention{365}.due(night)->set_aside_day, make_date(2025, 11, 22));
    EXPECT_EQ(Retention{keep_raw_days_max}.due(night)->day, make_date(2016, 11, 24));
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
