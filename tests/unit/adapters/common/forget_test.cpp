// `--forget`: what an adapter keeps of a person goes, out of the store and out of the files that
// were set down, and nothing of anybody else.

#include "adapters/common/forget.hpp"

#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>

#include "adapters/common/forget_shell.hpp"

namespace washup::adapters {
namespace {

namespace fs = std::filesystem;

ForgetWords words(std::string_view lines) {
    auto read = ForgetWords::of(lines);
    EXPECT_TRUE(read.has_value());
    return *read;
}

std::string rest_of(std::string const& octets, std::string_view lines, std::uint64_t rows) {
    std::uint64_t gone = 0;
    auto rest = without_rows(octets, words(lines), gone);
    EXPECT_EQ(gone, rows) << octets;
    return rest;
}

TEST(ForgetWords, FindWholeWordsWhateverTheCase) {
    auto const list = words("PLANTED\n9990000018\n");
    EXPECT_TRUE(list.in("PID|1||Planted^Jo"));
    EXPECT_TRUE(list.in("nhs 999 000 0018."));
    EXPECT_TRUE(list.in("999-000-0018"));
    EXPECT_FALSE(list.in("UNPLANTED"));
    EXPECT_FALSE(list.in("PLANTEDSON"));
    EXPECT_FALSE(list.in("19990000018"));
    EXPECT_FALSE(list.in("99900000181"));
    EXPECT_FALSE(list.in(""));
}

TEST(ForgetWords, RefuseWhatIsTooShortTooManyOrNothing) {
    std::string const short_word(forget_letters_min - 1, 'x');
    EXPECT_FALSE(ForgetWords::of(short_word));
    EXPECT_FALSE(ForgetWords::of("\n\n"));
    std::string many;
    for (std::size_t i = 0; i <= forget_words_max; ++i) many += "word\n";
    auto const refused = ForgetWords::of(many);
    ASSERT_FALSE(refused);
    EXPECT_NE(refused.error().words.find("line 1001"), std::string::npos);
}

TEST(ForgetRows, TakeOutTheRowAndNothingElse) {
    std::string const head = "Visit,Name\r\n", ann = "V1,\"PLANTED, Ann\"\r\n", tom = "V2,Tom\r\n";
    EXPECT_EQ(rest_of(head + ann + tom, "planted", 1), head + tom);
    EXPECT_EQ(rest_of(head + tom + "V3,Planted", "planted", 1), head + tom);
    EXPECT_EQ(rest_of(head + tom, "planted", 0), head + tom);
    EXPECT_EQ(rest_of("", "planted", 0), "");
}

TEST(ForgetRows, ARowMayHaveLineBreaksInQuotes) {
    std::string const note = "V1,\"first line\nPLANTED said no\"\n";
    EXPECT_EQ(rest_of("a,b\n" + note + "V2,x\n", "planted", 1), "a,b\nV2,x\n");
}

TEST(ForgetRows, AQuoteThatNeverEndsCostsOneLineAndNotTheFile) {
    EXPECT_EQ(rest_of("a \" b\nPLANTED\nc\n", "planted", 1), "a \" b\nc\n");
}

TEST(ForgetRows, ReadUtf16AsExcelWritesIt) {
    auto const wide = [](std::string const& text) {
        std::string out;
        for (char const c : text) out += std::string{c, '\0'};
        return out;
    };
    std::string const mark = "\xFF\xFE";
    EXPECT_EQ(rest_of(mark + wide("a,b\nV1,PLANTED\nV2,x\n"), "planted", 1),
              mark + wide("a,b\nV2,x\n"));
}

TEST(ForgetPerson, RawOctetsGoFromEveryFileOfTheStore) {
    auto pattern = (fs::temp_directory_path() / "washup-forget-XXXXXX").string();
    ASSERT_NE(::mkdtemp(pattern.data()), nullptr);
    {
        auto store = *RecordStore::open(fs::path{pattern} / "store");
        auto const now = london_time(make_date(2026, 11, 22), 9, 14);
        auto const record = [](std::string const& raw) {
            return NewRecord{"id", "A01", blake2b_256(raw), raw, raw};
        };
        std::vector const records{record("PID PLANTED"), record("PID OTHER"),
                                  record("PID PLANTED again")};
        ASSERT_TRUE(store->append(records, now));
        std::vector const said{RecordOutcome{1, 0, {}, {}, {}}, RecordOutcome{2, 0, {}, {}, {}}};
        ASSERT_TRUE(store->note_outcomes(said));
        auto const forgot = forget_person(*store, words("planted"));
        ASSERT_TRUE(forgot);
        EXPECT_EQ(forgot->records, 1u);
        EXPECT_EQ(forgot->waiting, 1u) << "the daemon has still to hear of it";
        auto const left = *store->read(1, 10);
        ASSERT_EQ(left.size(), 3u) << "sequences stay";
        EXPECT_FALSE(left[0].raw.has_value());
        EXPECT_EQ(left[1].raw, "PID OTHER");
        EXPECT_TRUE(left[2].raw.has_value());
    }
    fs::remove_all(pattern);
}

}  // namespace
}  // namespace washup::adapters
