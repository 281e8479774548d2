// Zones, kinds of service and targets: read as written, and shipped for the demo.

#include <gtest/gtest.h>

#include <fstream>

#include "daemon/core/measure_codes.hpp"
#include "daemon/settings/settings.hpp"
#include "tests/support/temp_dir.hpp"

namespace washup::settings {
namespace {

// The shipped demo with more behind it, and what is wrong with it.
std::string faults_of(std::string const& more) {
    test_support::TempDir const dir;
    auto const file = dir.path() / "site.toml";
    std::ofstream{file} << "include = [\"" WASHUP_SOURCE_DIR "/config/site/demo.toml\"]\n" << more;
    config::Faults faults;
    load_settings(file.string(), faults);
    std::string told;
    for (auto const& fault : faults.list()) told += fault.words + "\n";
    return told;
}

TEST(Services, OfTheDemoAreRead) {
    config::Faults faults;
    auto const settings = load_settings(WASHUP_SOURCE_DIR "/config/site/demo.toml", faults);
    ASSERT_TRUE(settings);
    auto const& config = settings->config;
    ASSERT_EQ(config.zones.size(), 2u);
    EXPECT_EQ(config.zones[0].districts.size(), 5u);
    EXPECT_EQ(config.service_kinds.size(), 7u);
    ASSERT_EQ(config.targets.size(), 3u);
    EXPECT_EQ(config.targets[0].measure, "home");
    EXPECT_EQ(config.targets[0].baseline, 62'000);
    EXPECT_EQ(config.targets[0].current, std::nullopt);
    EXPECT_EQ(config.targets[2].scope, "site:STM");
}

TEST(Services, TellEachFault) {
    EXPECT_EQ(faults_of(""), "");
    EXPECT_NE(faults_of("[[zone]]\ncode = \"x\"\nwords = \"X\"\ndistricts = [\"ZZ1 2AB\"]\n")
                  .find("\"ZZ1 2AB\" is no postcode district"),
              std::string::npos);
    EXPECT_NE(faults_of("[[zone]]\ncode = \"x\"\nwords = \"X\"\ncouncil = \"invented_bay\"\n"
                        "districts = [\"ZZ1\"]\n")
                  .find("ZZ1"),
              std::string::npos)
        << "a district of two zones of one council";
    EXPECT_EQ(faults_of("[[zone]]\ncode = \"x\"\nwords = \"X\"\ncouncil = \"another\"\n"
                        "districts = [\"ZZ1\"]\n"),
              "");
    EXPECT_NE(faults_of("[[service_kind]]\ncode = \"x\"\nwords = \"X\"\nreasons = [\"XX9\"]\n")
                  .find("there is no reason \"XX9\""),
              std::string::npos);
    EXPECT_NE(faults_of("[[service_kind]]\ncode = \"x\"\nwords = \"X\"\nreasons = [\"CP4\"]\n")
                  .find("CP4"),
              std::string::npos)
        << "a reason waits for one kind";
    EXPECT_NE(faults_of("[[service_kind]]\ncode = \"x\"\nwords = \"X\"\noutcomes = [\"heaven\"]\n")
                  .find("heaven"),
              std::string::npos);
    EXPECT_NE(faults_of("[[measure]]\ncode = \"hom\"\ntarget = 1\n").find("no measure \"hom\""),
              std::string::npos);
    EXPECT_NE(faults_of("[[measure]]\ncode = \"discharges\"\n").find("needs a baseline"),
              std::string::npos);
    EXPECT_NE(faults_of("[[measure]]\ncode = \"discharges\"\nscope = \"ward:X\"\ntarget = 1\n")
                  .find("is no scope"),
              std::string::npos);
    EXPECT_NE(faults_of("[[measure]]\ncode = \"discharges\"\nscope = \"team:X\"\ntarget = 1\n")
                  .find("\"X\""),
              std::string::npos);
    // The largest number that keeps thousandths exact: measure_value_max.
    EXPECT_EQ(faults_of("[[measure]]\ncode = \"discharges\"\ntarget = 1.0e9\n"), "");
    EXPECT_NE(faults_of("[[measure]]\ncode = \"discharges\"\ntarget = 1.1e9\n"), "");
}

std::string recalculation(std::string const& lines) {
    return "[[recalculation]]\n" + lines;
}

TEST(Recalculations, AreReadWithTheirReason) {
    test_support::TempDir const dir;
    auto const file = dir.path() / "site.toml";
    std::ofstream{file} << "include = [\"" WASHUP_SOURCE_DIR "/config/site/demo.toml\"]\n"
                        << recalculation(
                               "measure = \"allocations\"\nscope = \"site:STM\"\n"
                               "from = 2026-10-05\nwhy = \"A new hub\"\n");
    config::Faults faults;
    auto const settings = load_settings(file.string(), faults);
    ASSERT_TRUE(settings);
    auto const& read = settings->config.recalculations;
    ASSERT_FALSE(read.empty());
    auto const& mine = read.front();
    EXPECT_EQ(mine.measure + " " + mine.scope + " " + to_iso(mine.from) + " " + mine.why,
              "allocations site:STM 2026-10-05 A new hub");
}

TEST(Recalculations, TellEachFault) {
    auto const good = [](std::string const& measure, std::string const& from) {
        return recalculation("measure = \"" + measure + "\"\nfrom = " + from +
                             "\nwhy = \"A new hub\"\n");
    };
    EXPECT_EQ(faults_of(good("discharges", "2026-10-05")), "");
    EXPECT_NE(faults_of(good("discharge", "2026-10-05")).find("no measure \"discharge\""),
              std::string::npos);
    EXPECT_EQ(faults_of(good("discharges", "\"2026-10-05\"")), "");
    for (auto const* date : {"\"soon\"", "\"2026-02-30\"", "7", "2026-10-05T10:00:00Z"})
        EXPECT_NE(faults_of(good("discharges", date)), "") << date;
    EXPECT_NE(faults_of(good("home", "2026-10-05") + good("home", "2026-10-05")), "")
        << "the same twice";
    EXPECT_EQ(faults_of(good("home", "2026-10-05") + good("home", "2026-10-12")), "");
    EXPECT_NE(faults_of(recalculation("measure = \"home\"\nfrom = 2026-10-05\n")).find("why"),
              std::string::npos);
    EXPECT_NE(faults_of(recalculation("measure = \"home\"\nwhy = \"x\"\n")).find("from"),
              std::string::npos);
    EXPECT_NE(faults_of(good("home", "2026-10-05") + "scope = \"ward:X\"\n").find("is no scope"),
              std::string::npos);
    EXPECT_NE(faults_of(good("home", "2026-10-05") + "scope = \"site:X\"\n").find("\"X\""),
              std::string::npos);
}

}  // namespace
}  // namespace washup::settings
