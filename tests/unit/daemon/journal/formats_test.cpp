// Every format that was ever shipped opens, is whole, and still tells what was put in.

#include <gtest/gtest.h>

#include <filesystem>

#include "daemon/core/apply.hpp"
#include "daemon/journal/checkpoint_log.hpp"
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

// Five persons, the last of whom was erased; its keys and checkpoints as that day's daemon left
// them.
class FormatTwo : public testing::Test {
  protected:
    FormatTwo() {
        copy_format("2", dir_.path());
        fs::copy_file(formats / "2/checkpoints.log", dir_.path() / "checkpoints.log");
    }
    std::vector<std::string> names(Journal& journal, Sealer const& sealer) {
        core::Changes changes;
        auto const read = journal.read(core::RecordNumber{1}, [&](core::Record record) {
            for (auto& event : record.events) sealer.open_event(event);
            core::apply(state_, record, changes);
            return Result<void>{};
        });
        EXPECT_TRUE(read) << read.error().words;
        std::vector<std::string> names;
        for (auto const& [id, person] : state_.persons) {
            auto const name = person.fields.find(core::Field::name);
            names.push_back(name == person.fields.end() || name->second.facts.empty()
                                ? ""
                                : name->second.facts.front().value.text.text);
        }
        return names;
    }
    test::ScratchDir dir_;
    core::State state_;
};

TEST_F(FormatTwo, IsWholeAndWitnessed) {
    auto const text = *CheckpointLog::text_of(dir_.path());
    auto const report = verify({dir_.path() / "journal.db", text, {}});
    ASSERT_TRUE(report) << report.error().words;
    EXPECT_TRUE(report->sound());
    EXPECT_EQ(report->good, 63u);
    EXPECT_EQ(report->witnessed, 63u);
}

TEST_F(FormatTwo, IsReadWithTheKeysOfItsPersonsAndTheErasedOneStaysErased) {
    auto const sealer = *Sealer::open_or_make(dir_.path());
    auto const journal = open_sqlite_journal({dir_.path(), sealer.key_id_hex()});
    ASSERT_TRUE(journal) << journal.error().words;
    EXPECT_EQ((*journal)->info().old_words, core::RecordNumber{});
    ASSERT_TRUE(sealer.take_keys(*(*journal)->keys()));
    EXPECT_EQ(names(**journal, sealer),
              (std::vector<std::string>{"ALLERTON, Gurpreet", "LEATHERBARROW, Olive",
                                        "QUARTEY, Olusegun Gordon", "KETTLEWELL, Dilip", ""}));
    EXPECT_EQ(state_.stays.size(), 5u);
    EXPECT_TRUE(state_.persons.at(core::PersonId{5}).erased());
}

TEST_F(FormatTwo, OpensNobodyWithTheSitesKeyAlone) {
    auto const sealer = *Sealer::open_or_make(dir_.path());
    auto const journal = *open_sqlite_journal({dir_.path(), sealer.key_id_hex()});
    EXPECT_EQ(names(*journal, sealer), std::vector<std::string>(5));
}

}  // namespace
}  // namespace washup::journal
