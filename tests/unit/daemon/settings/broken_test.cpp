// Every file of broken/ has its faults beside it, all of them: what `washupd check-config` prints
// when it is started in that folder.

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <sstream>

#include "daemon/settings/settings.hpp"
#include "tests/support/temp_dir.hpp"

namespace washup::settings {
namespace {

std::string const broken_dir = WASHUP_SOURCE_DIR "/tests/unit/daemon/settings/broken/";

std::vector<std::string> broken_files() {
    std::vector<std::string> names;
    for (auto const& entry : std::filesystem::directory_iterator(broken_dir)) {
        if (entry.path().extension() == ".toml") names.push_back(entry.path().stem().string());
    }
    std::sort(names.begin(), names.end());
    return names;
}

class Broken : public ::testing::TestWithParam<std::string> {};

TEST_P(Broken, TellsAllItsFaultsAtOnce) {
    std::ostringstream out;
    EXPECT_EQ(check_config(broken_dir + GetParam() + ".toml", out), exit_config_fault);
    auto told = out.str();
    for (auto at = told.find(broken_dir); at != std::string::npos; at = told.find(broken_dir))
        told.erase(at, broken_dir.size());
    EXPECT_EQ(told, test_support::read_file(broken_dir + GetParam() + ".expected"));
}

INSTANTIATE_TEST_SUITE_P(Corpus, Broken, ::testing::ValuesIn(broken_files()),
                         [](auto const& file) { return file.param; });

}  // namespace
}  // namespace washup::settings
