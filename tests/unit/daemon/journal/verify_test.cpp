#include "daemon/journal/verify.hpp"

#include <gtest/gtest.h>

#include <algorithm>

#include <fmt/format.h>

#include "daemon/journal/codec.hpp"
#include "proto/base/prng.hpp"
#include "tests/support/long_run.hpp"
#include "tests/unit/daemon/journal/told.hpp"

namespace washup::journal {
namespace {

using core::RecordNumber;

std::string const origin(32, 'e');
constexpr std::uint64_t witnessed = 120, written = 127, every = 10;

CheckpointSigner signer() {
    return CheckpointSigner::from_seed(std::string(32, 's'));
}

void chain(std::vector<StoredRecord>& rows, std::size_t from = 0) {
    auto before = from == 0 ? chain_start(origin) : rows[from - 1].digest;
    for (auto i = from; i < rows.size(); ++i) {
        before = chain_next(before, rows[i].number, rows[i].at, rows[i].body);
        rows[i].digest = before;
    }
}

std::vector<StoredRecord> good_rows(std::uint64_t count = written) {
    std::vector<StoredRecord> rows;
    for (std::uint64_t number = 1; number <= count; ++number) {
        auto const record = test::record_of(number);
        rows.push_back({record.number, record.at, encode_record(record), {}});
    }
    chain(rows);
    return rows;
}

std::string checkpoints_of(std::vector<StoredRecord> const& rows) {
    std::string text;
    for (auto const& row : rows) {
        if (row.number.value() % every == 0) {
            text += signer().sign({origin, row.number, row.at, row.digest, {}}) + '\n';
        }
    }
    return text;
}

VerifyReport verify_rows(std::vector<StoredRecord> const& rows, std::string const& checkpoints) {
    std::vector<std::string> doubtful;
    Verifier verifier{origin, read_checkpoints(checkpoints, origin, {}, doubtful)};
    for (auto const& row : rows) {
        if (!verifier.take(row.number, row.at, row.body, as_bytes(row.digest))) break;
    }
    auto report = verifier.finish();
    report.doubtful_lines = doubtful;
    return report;
}

TEST(Verifier, FindsAGoodJournalSoundAndSaysWhatIsUnwitnessed) {
    auto const rows = good_rows();
    auto const report = verify_rows(rows, checkpoints_of(rows));
    EXPECT_TRUE(report.sound());
    EXPECT_EQ(report.good, written);
    EXPECT_EQ(report.witnessed, witnessed);
    EXPECT_EQ(report.unwitnessed(), written - witnessed);
    EXPECT_EQ(report.checkpoints, witnessed / every);
}

TEST(Verifier, CallsEverythingUnwitnessedWithoutCheckpoints) {
    auto const report = verify_rows(good_rows(), {});
    EXPECT_TRUE(report.sound());
    EXPECT_EQ(report.unwitnessed(), written);
}

// What somebody with the file in hand can do to it. Gives the first record that is touched.
struct Tampering {
    std::string what;
    std::uint64_t first;
    bool named_exactly;  // else only the checkpoint after it tells
};

Tampering tamper(std::vector<StoredRecord>& rows, Prng& chance) {
    auto const at = static_cast<std::size_t>(chance.below(witnessed));
    auto const number = at + 1;
    auto& row = rows[at];
    switch (chance.below(8)) {
        case 0: {
            auto& octet = row.body[chance.below(row.body.size())];
            octet = static_cast<char>(octet ^ 1 << chance.below(8));
            return {"an edited body", number, true};
        }
        case 1:
            row.at.ms += chance.between(1, 1'000'000);
            return {"another time", number, true};
        case 2:
            row.digest.bytes[chance.below(16)] ^= static_cast<std::uint8_t>(1 << chance.below(8));
            return {"an edited digest", number, true};
        case 3:
            rows.erase(rows.begin() + static_cast<std::ptrdiff_t>(at));
            return {"a deletion", number, true};
        case 4: {
            auto added = row;
            rows.insert(rows.begin() + static_cast<std::ptrdiff_t>(at), added);
            for (auto i = at; i < rows.size(); ++i) rows[i].number = RecordNumber{i + 1};
            // The copy is the first time the same record; the second is one too many.
            return {"an insertion", number + 1, true};
        }
        case 5: {
            auto const other = at + 1 + chance.below(rows.size() - at - 1);
            std::swap(rows[at].body, rows[other].body);
            return {"two swapped", number, true};
        }
        case 6:
            rows.resize(at);
            return {"a truncation", number, true};
        default: {
            auto record = decode_record(row.body);
            record->cause.record_name += "x";
            row.body = encode_record(*record);
            chain(rows, at);
            return {"a change with the chain made anew", number, false};
        }
    }
}

TEST(Verifier, FindsEveryTamperingUpToTheLastCheckpointAndNamesTheFirstBadRecord) {
    auto const good = good_rows();
    auto const checkpoints = checkpoints_of(good);
    Prng chance{4};
    for (std::uint64_t i = 0; i < test_support::long_count(10'000); ++i) {
        auto rows = good;
        auto const done = tamper(rows, chance);
        auto const report = verify_rows(rows, checkpoints);
        ASSERT_TRUE(report.fault) << done.what << " at " << done.first << ", round " << i;
        ASSERT_LE(report.fault->first, done.first) << done.what << ", round " << i;
        ASSERT_GE(report.fault->last, done.first) << done.what << ", round " << i;
        ASSERT_LE(report.witnessed, done.first - 1) << done.what << ", round " << i;
        if (done.named_exactly) {
            ASSERT_EQ(report.fault->first, done.first) << done.what << ", round " << i;
        } else {
            ASSERT_LT(report.fault->last - report.fault->first, every) << done.what;
        }
    }
}

TEST(Verifier, SaysHowManyAreGone) {
    auto const good = good_rows();
    auto rows = good;
    rows.resize(100);
    auto const report = verify_rows(rows, checkpoints_of(good));
    ASSERT_TRUE(report.fault);
    EXPECT_EQ(report.fault->first, 101u);
    EXPECT_EQ(report.fault->last, witnessed);
    EXPECT_NE(report.fault->words.find("20 are gone"), std::string::npos) << report.fault->words;
}

TEST(Checkpoint, IsReadBackAsItWasSigned) {
    Checkpoint const said{origin, RecordNumber{7}, Instant{-3}, blake2b_128("x"),
                          signer().public_key()};
    auto const read = read_checkpoint(signer().sign(said));
    ASSERT_TRUE(read) << read.error().words;
    EXPECT_EQ(*read, said);
}

TEST(Checkpoint, IsRefusedWithAnyChangedCharacter) {
    auto const line = signer().sign({origin, RecordNumber{7}, Instant{3}, blake2b_128("x"), {}});
    for (std::size_t i = 0; i < line.size(); ++i) {
        auto changed = line;
        changed[i] = changed[i] == '1' ? '2' : '1';
        EXPECT_FALSE(read_checkpoint(changed)) << i;
    }
    EXPECT_FALSE(read_checkpoint(line + "0"));
    EXPECT_FALSE(read_checkpoint({}));
}

TEST(Checkpoint, NamesAnOriginOfNoMoreThanItsBound) {
    auto const of = [](std::size_t length) {
        return signer().sign({std::string(length, 'e'), RecordNumber{1}, Instant{}, {}, {}});
    };
    EXPECT_TRUE(read_checkpoint(of(checkpoint_origin_bytes_max)));
    EXPECT_FALSE(read_checkpoint(of(checkpoint_origin_bytes_max + 1)));
}

TEST(Checkpoint, OfAnotherJournalOrKeyIsNamedAndNotBelieved) {
    auto const rows = good_rows(20);
    auto const other = CheckpointSigner::from_seed(std::string(32, 'o'));
    auto text = checkpoints_of(rows);
    text += other.sign({std::string(32, 'f'), RecordNumber{5}, Instant{}, {}, {}}) + '\n';
    text += "nonsense\n";
    std::vector<std::string> doubtful;
    auto const any = read_checkpoints(text, origin, {}, doubtful);
    EXPECT_EQ(any.size(), 2u);
    ASSERT_EQ(doubtful.size(), 2u);
    EXPECT_EQ(doubtful[0], "line 3 is of another journal");
    EXPECT_EQ(doubtful[1], "line 4 is no checkpoint");
    doubtful.clear();
    EXPECT_TRUE(read_checkpoints(text, origin, other.public_key(), doubtful).empty());
    EXPECT_EQ(doubtful[0], "line 1 is signed under another key");
}

}  // namespace
}  // namespace washup::journal
