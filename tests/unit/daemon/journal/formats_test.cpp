// Every format that was ever shipped opens, is whole, and still tells what was put in.

#include <gtest/gtest.h>

#include <filesystem>

#include "daemon/core/apply.hpp"
#include "daemon/journal/seal.hpp"
#include "daemon/journal/sqlite_journal.hpp"
#include "daemon/journal/verify.hpp"
#include "tests/unit/daemon/journal/scratch_dir.hpp"

namespace washup::journal {
namespace {

namespace fs = std::filesystem;

fs::path const formats{WASHUP_SOURCE_DIR "/tests/unit/daemon/journal/formats"};

TEST(Formats, OneIsReadWithItsWords) {
    test::ScratchDir const dir;
    for (auto const* file : {"journal.db", "site.key"}) {
        fs::copy_file(formats / "1" / file, dir.path() / file);
        fs::permissions(dir.path() / file, fs::perms::owner_read | fs::perms::owner_write);
    }
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

}  // namespace
}  // namespace washup::journal
