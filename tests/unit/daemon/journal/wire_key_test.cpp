#include <gtest/gtest.h>

#include <filesystem>

#include "daemon/journal/key_file.hpp"
#include "tests/support/temp_dir.hpp"

namespace washup::journal {
namespace {

// What clients know the daemon by must not change between two starts.
TEST(WireKey, IsMadeOnceForItsOwnerAloneAlsoBesideAJournal) {
    test_support::TempDir folder;
    folder.write("journal.db", "x");
    auto const made = open_or_make_wire_key(folder.path());
    ASSERT_TRUE(made) << made.error().words;
    EXPECT_EQ(made->size(), 32u);
    EXPECT_EQ(*open_or_make_wire_key(folder.path()), *made);
    namespace fs = std::filesystem;
    EXPECT_EQ(fs::status(folder.path() / "wire.key").permissions(),
              fs::perms::owner_read | fs::perms::owner_write);
    fs::permissions(folder.path() / "wire.key", fs::perms::group_read, fs::perm_options::add);
    EXPECT_FALSE(open_or_make_wire_key(folder.path()));
}

}  // namespace
}  // namespace washup::journal
