#include "board/ctl/report_file.hpp"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <filesystem>

#include "tests/support/temp_dir.hpp"

namespace washup::board::ctl {
namespace {

namespace fs = std::filesystem;
using test_support::read_file;
using test_support::TempDir;

Report report_of(std::string cell, int tier) {
    Report report;
    report.name = "r";
    report.tier = tier;
    auto& table = report.tables.emplace_back();
    table.name = "one";
    table.columns = {"c"};
    table.lines = {{std::move(cell)}};
    return report;
}
FileWanted wanted(std::string path, std::string encoding = "utf-8") {
    return {std::move(path), std::move(encoding), {}, {}, "now"};
}
unsigned mode_of(std::string const& path) {
    struct stat about {};
    EXPECT_EQ(::stat(path.c_str(), &about), 0) << path;
    return about.st_mode & 0777u;
}

TEST(ReportFile, IsItsOwnersAloneWhenItNamesPeople) {
    TempDir const dir;
    auto const path = dir.file("r.csv");
    ASSERT_TRUE(write_report(report_of("SPECIMEN", 3), wanted(path)));
    EXPECT_EQ(read_file(path), "c\r\nSPECIMEN\r\n");
    EXPECT_EQ(mode_of(path), 0600u);
    EXPECT_EQ(mode_of(path + ".meta.json"), 0600u);
    ASSERT_TRUE(write_report(report_of("4", 0), wanted(path)));
    EXPECT_EQ(read_file(path), "c\r\n4\r\n");
}

TEST(ReportFile, LeavesWhatWasThereWhenItCannotBeWritten) {
    TempDir const dir;
    auto const path = dir.file("r.csv");
    ASSERT_TRUE(write_report(report_of("before", 0), wanted(path)));
    auto const refused = write_report(report_of("\xC5\x82", 0), wanted(path, "cp1252"));
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().field, "--encoding");
    EXPECT_EQ(read_file(path), "c\r\nbefore\r\n");
    EXPECT_FALSE(write_report(report_of("x", 0), wanted(dir.file("none/r.csv"))));
    std::size_t files = 0;
    for (auto const& entry : fs::directory_iterator(dir.path())) files += entry.exists() ? 1 : 0;
    EXPECT_EQ(files, 2u) << "no draft stays behind";
}

TEST(ReportFile, IsRefusedByAnEndingOrATableThatIsNone) {
    TempDir const dir;
    auto const fault = [&](FileWanted const& file) {
        auto const done = write_report(report_of("x", 0), file);
        return done ? std::string{} : done.error().field;
    };
    EXPECT_EQ(fault(wanted(dir.file("r.xls"))), "--out");
    EXPECT_EQ(fault(wanted(dir.file("r.csv"), "latin1")), "--encoding");
    EXPECT_EQ(fault(wanted(dir.file("r.html"), "cp1252")), "--encoding");
    auto other = wanted(dir.file("r.csv"));
    other.table = "two";
    EXPECT_EQ(fault(other), "--table");
    other.table = "one";
    EXPECT_EQ(fault(other), "");
}

}  // namespace
}  // namespace washup::board::ctl
