#include "daemon/journal/verify.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>

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

std::vector<std::string> lines_of(std::string const& text) {
    std::vector<std::string> lines;
    for (std::size_t at = 0; at < text.size();) {
        auto const end = text.find('\n', at);
        lines.push_back(text.substr(at, end - at));
        at = end + 1;
    }
    return lines;
}

// What is done to the file of checkpoints: `kept` of its lines are still what was signed.
struct Forgery {
    std::string what;
    std::set<std::uint64_t> kept;
    bool must_be_named;  // a line that is gone cannot be; the records it witnessed are unwitnessed
};

Forgery forge(std::vector<std::string>& lines, Prng& chance) {
    std::set<std::uint64_t> all;
    for (std::uint64_t number = every; number <= witnessed; number += every) all.insert(number);
    auto const at = static_cast<std::size_t>(chance.below(lines.size()));
    auto& line = lines[at];
    auto without = all;
    without.erase((at + 1) * every);
    switch (chance.below(6)) {
        case 0: {  // any bit, the line's end left alone
            auto& octet = line[chance.below(line.size())];
            octet = static_cast<char>(octet ^ 1 << chance.below(8));
            return {"a flipped bit", without, true};
        }
        case 1:
            line.resize(chance.below(line.size() - 1) + 1);
            return {"a line cut short", without, true};
        case 2:
            lines.erase(lines.begin() + static_cast<std::ptrdiff_t>(at));
            return {"a line taken away", without, false};
        case 3: {
            auto const other = chance.below(lines.size());
            std::swap(lines[at], lines[other]);
            return {"two lines in each other's place", all, false};
        }
        case 4: {  // the digest of one record said of another, under the old signature
            auto const other = (at + 1) % lines.size();
            line.replace(20, 40, lines[other].substr(20, 40));
            return {"another line's number", without, true};
        }
        default: {
            auto const thief = CheckpointSigner::from_seed(std::string(32, 't'));
            auto said = *read_checkpoint(line);
            said.chain.bytes[0] ^= 1;
            line = thief.sign(said);
            return {"signed under a key of his own", without, true};
        }
    }
}

// Whoever can write the file of checkpoints can make less of it believed, never more, and never a
// good journal bad.
TEST(Verifier, BelievesOnlyWhatWasSignedInAForgedFileOfCheckpoints) {
    auto const rows = good_rows();
    auto const good = lines_of(checkpoints_of(rows));
    Prng chance{5};
    for (std::uint64_t i = 0; i < test_support::long_count(10'000); ++i) {
        auto lines = good;
        auto const done = forge(lines, chance);
        std::string text;
        for (auto const& line : lines) text += line + '\n';
        std::vector<std::string> doubtful;
        auto const believed = read_checkpoints(text, origin, signer().public_key(), doubtful);
        Verifier verifier{origin, believed};
        for (auto const& row : rows) {
            ASSERT_TRUE(verifier.take(row.number, row.at, row.body, as_bytes(row.digest)))
                << done.what << ", round " << i;
        }
        auto const report = verifier.finish();
        ASSERT_FALSE(report.fault) << done.what << ": " << report.fault->words;
        ASSERT_EQ(report.witnessed, *done.kept.rbegin()) << done.what << ", round " << i;
        ASSERT_EQ(report.unwitnessed(), written - *done.kept.rbegin()) << done.what;
        ASSERT_EQ(report.checkpoints, done.kept.size()) << done.what << ", round " << i;
        ASSERT_EQ(!doubtful.empty(), done.must_be_named) << done.what << ", round " << i;
    }
}

// Every tampering with the records, beside a file of checkpoints that was forged as well: what was
// signed and left standing still finds it.
TEST(Verifier, FindsTamperingBehindAForgedFileOfCheckpoints) {
    auto const good = good_rows();
    auto const lines = lines_of(checkpoints_of(good));
    Prng chance{6};
    for (std::uint64_t i = 0; i < test_support::long_count(10'000); ++i) {
        auto rows = good;
        auto const done = tamper(rows, chance);
        auto forged = lines;
        auto const kept = forge(forged, chance).kept;
        std::string text;
        for (auto const& line : forged) text += line + '\n';
        std::vector<std::string> doubtful;
        Verifier verifier{origin, read_checkpoints(text, origin, signer().public_key(), doubtful)};
        for (auto const& row : rows) {
            if (!verifier.take(row.number, row.at, row.body, as_bytes(row.digest))) break;
        }
        auto const report = verifier.finish();
        bool const still_witnessed = kept.lower_bound(done.first) != kept.end();
        ASSERT_EQ(report.fault.has_value() || !still_witnessed, true)
            << done.what << " at " << done.first << ", round " << i;
        ASSERT_LT(report.witnessed, done.first) << done.what << ", round " << i;
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
