// Who reports to others, and how: [organisation], [returns], [[council]].

#include <gtest/gtest.h>

#include "daemon/settings/draft.hpp"
#include "daemon/settings/settings.hpp"
#include "tests/support/temp_dir.hpp"

namespace washup::settings {
namespace {

std::string const parts_dir = WASHUP_SOURCE_DIR "/tests/unit/daemon/settings/broken/parts/";

// A small whole site, and `more` at its end.
std::optional<DaemonSettings> settings_with(std::string const& more, config::Faults& faults) {
    test_support::TempDir const dir;
    std::string includes;
    for (auto const* part : {"house", "sorts", "reasons", "ladder"})
        includes += "\"" + parts_dir + part + ".toml\", ";
    return load_settings(dir.write("site.toml", "include = [" + includes + "]\n" + more), faults);
}
std::size_t faults_of(std::string const& more) {
    config::Faults faults;
    settings_with(more, faults);
    return faults.list().size();
}

TEST(Returns, AreReadWithTheirCouncilsAndChangeTheDigest) {
    config::Faults faults;
    auto const without = settings_with("", faults);
    auto const with = settings_with(
        "[organisation]\ncode = \"RZZ\"\nwords = \"A trust\"\nregion = \"Y9\"\n"
        "integrated_care_board = \"QZZ\"\npatient_ids = [\"council\", \"RZZ\"]\n"
        "[returns]\nsnapshot_on = \"sun\"\nbed_day_pence = 40000\n"
        "[[council]]\ncode = \"bay\"\nwords = \"Bay\"\nofficial = \"E1\"\naliases = [\"B\"]\n",
        faults);
    ASSERT_TRUE(without && with) << config::to_text(faults.list().front());
    EXPECT_EQ(without->config.returns, core::Returns{});
    EXPECT_EQ(with->config.organisation.code, "RZZ");
    EXPECT_EQ(with->config.organisation.integrated_care_board, "QZZ");
    EXPECT_EQ(with->config.organisation.patient_ids, (std::vector<std::string>{"council", "RZZ"}));
    EXPECT_EQ(with->config.returns.snapshot_weekday, 7u);
    EXPECT_EQ(with->config.returns.bed_day_pence, 40'000);
    ASSERT_EQ(with->config.returns.councils.size(), 1u);
    EXPECT_EQ(with->config.returns.councils[0].official, "E1");
    EXPECT_NE(with->digest, without->digest);
}

TEST(Returns, TellTheirFaults) {
    EXPECT_EQ(faults_of("[returns]\nsnapshot_on = \"someday\"\n"), 1u);
    EXPECT_EQ(faults_of("[returns]\nsnapshots = \"thu\"\n"), 1u);
    EXPECT_EQ(faults_of("[organisation]\nwords = \"no code\"\n"), 1u);
    // One name for two councils.
    EXPECT_EQ(faults_of("[[council]]\ncode = \"a\"\nwords = \"A\"\n"
                        "[[council]]\ncode = \"b\"\nwords = \"B\"\naliases = [\"a\"]\n"),
              1u);
    auto const priced = [](std::int64_t pence) {
        return faults_of("[returns]\nbed_day_pence = " + std::to_string(pence) + "\n");
    };
    EXPECT_EQ(priced(bed_day_pence_max), 0u);
    EXPECT_EQ(priced(bed_day_pence_max + 1), 1u);
    EXPECT_EQ(priced(-1), 1u);
}

}  // namespace
}  // namespace washup::settings
