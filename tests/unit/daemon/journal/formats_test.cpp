// Every format that was ever shipped opens, is whole, and still tells what was put in.

#include <gtest/gtest.h>

#include <filesystem>

#include "daemon/core/apply.hpp"
#include "daemon/journal/rekey.hpp"
#include "daemon/journal/seal.hpp"
#include "daemon/journal/sqlite_journal.hpp"
#include "daemon/journal/verify.hpp"
#include "tests/unit/daemon/journal/scratch_dir.hpp"

namespace washup::journal {
namespace {

namespace fs = std::filesystem;

fs::path const formats{WASHUP_SOURCE_DIR "/tests/unit/daemon/journal/formats"};

void copy_format(char const* format, fs::path const& dir) {
    for (auto const* file : {"journal.db", "site.key"}) {
        fs::copy_file(formats / format / file, dir / file);
        fs::permissions(dir / file, fs::perms::owner_read | fs::perms::owner_write);
    }
}

TEST(Formats, OneIsReadWithItsWords) {
    test::ScratchDir const dir;
    copy_format("1", dir.path());
    auto const report = verify({dir.path() / "journal.db", {}, {}});
    ASSERT_TRUE(report) << report.error().words;
    EXPECT_FALSE(report->fault);

    auto const sealer = Sealer::open_or_make(dir.path());
    ASSERT_TRUE(sealer) << sealer.error().words;
    auto const journal = open_sqlite_journal({dir.path(), sealer->key_id_hex()});
    ASSERT_TRUE(journal) << journal.error().words;
    core::State state;
    core::Changes changes;
    auto const read =
        (*journal)->read(core::RecordNumber{1}, [&](core::Record record) -> Result<void> {
            for (auto& event : record.events) EXPECT_EQ(sealer->open_event(event), 0u);
            core::apply(state, record, changes);
            return boost::system::in_place_value;
        });
    ASSERT_TRUE(read) << read.error().words;
    ASSERT_EQ(state.stays.size(), 1u);
    ASSERT_EQ(state.persons.size(), 1u);
    auto const& name = state.persons.begin()->second.fields.at(core::Field::name).facts.front();
    EXPECT_EQ(name.value.text.text, "MARSH, Ada May");
    EXPECT_TRUE(state.stays.begin()->second.fields.contains(core::Field::ending));
}

TEST(Formats, OneRemembersThatItsWordsHaveNoKeysOfTheirOwn) {
    test::ScratchDir const dir;
    copy_format("1", dir.path());
    for (auto const* time : {"at the first opening", "and later"}) {
        auto const journal = open_sqlite_journal({dir.path(), {}});
        ASSERT_TRUE(journal) << journal.error().words;
        EXPECT_EQ((*journal)->info().old_words, (*journal)->info().head) << time;
        EXPECT_TRUE((*journal)->keys()->empty());
    }
    auto const report = verify({dir.path() / "journal.db", {}, {}});
    ASSERT_TRUE(report);
    EXPECT_FALSE(report->fault) << "the chain is not touched";
}

TEST(Formats, OneWrittenOnceMoreHasAKeyForThePerson) {
    test::ScratchDir const dir;
    copy_format("1", dir.path());
    auto const sealer = *Sealer::open_or_make(dir.path());
    auto const copy = dir.path() / "copy.db";
    auto const head = rekey(dir.path(), copy, sealer);
    ASSERT_TRUE(head) << head.error().words;
    EXPECT_FALSE(rekey(dir.path(), copy, sealer)) << "never over a file that is there";
    fs::rename(copy, dir.path() / "journal.db");
    auto const report = verify({dir.path() / "journal.db", {}, {}});
    ASSERT_TRUE(report);
    EXPECT_FALSE(report->fault) << report->fault->words;
    EXPECT_EQ(report->good, head->value());
    auto const journal = open_sqlite_journal({dir.path(), sealer.key_id_hex()});
    ASSERT_TRUE(journal) << journal.error().words;
    EXPECT_EQ((*journal)->info().old_words, core::RecordNumber{});
    auto const fresh = *Sealer::open_or_make(dir.path());
    auto const name_by = [&](Sealer const& keys) {
        core::State state;
        core::Changes changes;
        EXPECT_TRUE((*journal)->read(core::RecordNumber{1}, [&](core::Record record) {
            for (auto& event : record.events) keys.open_event(event);
            core::apply(state, record, changes);
            return Result<void>{};
        }));
        auto const& person = state.persons.begin()->second;
        return person.fields.at(core::Field::name).facts.front().value.text.text;
    };
    EXPECT_EQ(name_by(fresh), "") << "the site's key alone opens nobody";
    ASSERT_TRUE(fresh.take_keys(*(*journal)->keys()));
    EXPECT_EQ(name_by(fresh), "MARSH, Ada May");
    fresh.person_keys().destroy({owner_of(core::PersonId{1})});
    EXPECT_EQ(name_by(fresh), "");
}

}  // namespace
}  // namespace washup::journal
