#include "daemon/shell/failure_file.hpp"

#include <gtest/gtest.h>

#include <filesystem>

#include "tests/support/temp_dir.hpp"

namespace washup::shell {
namespace {

TEST(FailureFile, GivesBackWhatWasWrittenLastAndIsItsOwnersAlone) {
    test_support::TempDir const dir;
    ASSERT_TRUE(read_failure_file(dir.path()));
    EXPECT_TRUE(read_failure_file(dir.path())->empty()) << "there is none yet";
    for (std::uint32_t n = 1; n < 4; ++n) {
        access::FailureCounts const counts{{"mary", n}};
        ASSERT_TRUE(write_failure_file(dir.path(), counts));
        EXPECT_EQ(*read_failure_file(dir.path()), counts);
    }
    auto const mode = std::filesystem::status(dir.path() / failure_file_name).permissions();
    EXPECT_EQ(mode, std::filesystem::perms::owner_read | std::filesystem::perms::owner_write);
}

TEST(FailureFile, SaysWhatIsOddAndWhatToDo) {
    test_support::TempDir const dir;
    dir.write(failure_file_name, "washup-sign-in-failures 1\nend 3\n");
    auto const read = read_failure_file(dir.path());
    ASSERT_FALSE(read);
    EXPECT_NE(read.error().words.find("line 2"), std::string::npos) << read.error().words;
    EXPECT_NE(read.error().words.find("take it away"), std::string::npos);
}

TEST(FailureFile, IsNotKeptWhereNothingCanBeWritten) {
    test_support::TempDir const dir;
    EXPECT_FALSE(write_failure_file(dir.path() / "nowhere", {{"mary", 1}}));
}

}  // namespace
}  // namespace washup::shell
