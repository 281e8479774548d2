// The discharge hub drops a file: the good rows are taken, the bad ones are named.
#include <gtest/gtest.h>
#include <signal.h>

#include <filesystem>

#include "proto/base/clock.hpp"
#include "tests/support/town/adt.hpp"
#include "tests/support/town/town.hpp"

namespace washup::integration {
namespace {

namespace fs = std::filesystem;
using test_support::eventually;

std::string iso_days_ago(int days) {
    return to_iso(london_date(washup::system_now()) - days);
}

class CsvDrop : public testing::Test {
  protected:
    void SetUp() override {
        ASSERT_TRUE(town.start_daemon()) << town.daemon().err();
        auto const ward = town.folder().write("a.hl7", text_of({.control_id = "W1", .person = 1}));
        ASSERT_EQ(test_support::run(town.hl7_file({ward})).status, 0);
        fs::create_directories(drop);
    }
    // As a careful sender does: written elsewhere, then renamed into the folder.
    void put(std::string const& name, std::string const& content) {
        auto const written = town.folder().write("written/" + name, content);
        fs::rename(written, drop / name);
    }
    Finished once() {
        return test_support::run(
            {program("washup-csv"), "--drop", drop.string(), "--daemon", town.address(), "--data",
             town.folder().file("csv"), "--once", "--config", source_file("config/sources")},
            {}, seconds(90));
    }
    Town town;
    fs::path const drop{town.folder().path() / "drop"};
};

TEST_F(CsvDrop, TakesTheGoodRowsAndNamesTheBadOne) {
    put("referrals.csv",
        "Visit Number,Hospital Number,Referred,Ideal Outcome,Updated\r\n"
        "V1001,L5001," +
            iso_days_ago(1) + ",own_home," + iso_days_ago(1) +
            "\r\n"
            "V1001,L5001,the day before,own_home," +
            iso_days_ago(1) + "\r\n");
    auto const done = once();
    EXPECT_EQ(done.status, 0) << done.err;
    EXPECT_FALSE(fs::exists(drop / "referrals.csv"));
    ASSERT_TRUE(fs::exists(drop / "done" / "referrals.csv")) << done.err;
    auto const report = test_support::read_file(drop / "done" / "referrals.csv.report.csv");
    EXPECT_NE(report.find("Referred"), std::string::npos) << report;
    EXPECT_NE(report.find("3"), std::string::npos) << report;
    auto const row = town.stay(key_of(1));
    ASSERT_TRUE(row.is_object());
    auto const& ideal = row.at("ideal_outcome").as_object();
    EXPECT_NE(ideal.at("state"), boost::json::value("unknown")) << done.err;
    auto const inbox = town.ask({"inbox"});
    ASSERT_TRUE(inbox.is_array());
    EXPECT_EQ(inbox.as_array().size(), 1u);
}

TEST_F(CsvDrop, DoesNotTakeTheSameFileTwice) {
    auto const content =
        "Visit Number,Hospital Number,Referred,Ideal Outcome,Updated\r\n"
        "V1001,L5001," +
        iso_days_ago(1) + ",own_home," + iso_days_ago(1) + "\r\n";
    put("referrals.csv", content);
    ASSERT_EQ(once().status, 0);
    ASSERT_EQ(town.taken_from("hub"), 1u);
    put("referrals.csv", content);
    EXPECT_EQ(once().status, 0);
    EXPECT_EQ(town.taken_from("hub"), 1u);
}

TEST_F(CsvDrop, ThatNobodyCanReadIsSetAsideWhole) {
    put("referrals.csv", "nothing here is a header\r\n");
    EXPECT_EQ(once().status, 1);
    EXPECT_TRUE(fs::exists(drop / "failed" / "referrals.csv"));
    EXPECT_GT(town.heartbeat().head, 0u);
}

}  // namespace
}  // namespace washup::integration
