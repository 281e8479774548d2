// The sheet for when everything is down, on the real programs: written by a machine of role paper,
// opened with the daemon killed.
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <memory>

#include "tests/support/town/keyed_town.hpp"

namespace washup::integration {
namespace {

using test_support::eventually;

constexpr char const* passphrase = "hospital kettle seven gulls\n";

std::vector<std::string> sheets_in(std::string const& folder) {
    std::vector<std::string> sheets;
    for (auto const& entry : std::filesystem::directory_iterator(folder)) {
        if (entry.path().extension() == ".sheet") sheets.push_back(entry.path().string());
    }
    std::sort(sheets.begin(), sheets.end());
    return sheets;
}

struct Paper : testing::Test {
    KeyedTown town;
    std::string folder;
    void SetUp() override {
        town.make("printer", {"--role", "paper"});
        ASSERT_TRUE(town.start()) << town.daemon().err();
        ASSERT_EQ(town.feed_ward("ward").status, 0);
        town.hire("mary", "4711");
        auto const ready =
            town.ctl_as("desk", "mary", "4711", {"set-outcome", "ideal", "#1", "own_home"});
        ASSERT_EQ(ready.status, 0) << ready.out << ready.err;
        folder = town.file("sheets");
        auto const init = printer({"init", "--to", folder}, passphrase);
        ASSERT_EQ(init.status, 0) << init.err;
    }
    Finished printer(std::vector<std::string> words, std::string const& input = {}) {
        words.insert(words.begin(), "paper");
        words.insert(words.end(), {"--pin-fd", "0"});
        return town.ctl("printer", std::move(words), input);
    }
};

TEST_F(Paper, IsOpenedByItsPassphraseWhenTheDaemonIsGone) {
    EXPECT_NE(printer({"init", "--to", folder}, passphrase).status, 0) << "it has a lock";
    ASSERT_EQ(printer({"--to", folder, "--once"}).status, 0);
    auto const first = sheets_in(folder).front();
    for (auto const* earlier : {"20200101T000000Z", "20200101T010000Z"})
        std::filesystem::copy_file(first, folder + "/washup-" + earlier + ".sheet");
    EXPECT_EQ(printer({"list", "--to", folder}).status, 0);
    ASSERT_EQ(printer({"--to", folder, "--once"}).status, 0);
    EXPECT_EQ(sheets_in(folder).size(), 2u) << "the last two";
    town.daemon().kill_9();
    auto const again = printer({"--to", folder, "--once"});
    EXPECT_EQ(again.status, 69) << again.out << again.err;
    auto const kept = sheets_in(folder);
    ASSERT_FALSE(kept.empty());
    auto const sealed = test_support::read_file(kept.back());
    EXPECT_EQ(sealed.find("SPECIMEN7"), std::string::npos);
    // By the folder, with no key and no address that answers.
    auto const page = town.file("sheet.html");
    auto const opened = test_support::run(
        {program("washupctl"), "paper", "open", folder, "--out", page, "--pin-fd", "0"},
        {.input = passphrase});
    ASSERT_EQ(opened.status, 0) << opened.err;
    EXPECT_NE(opened.err.find("ago"), std::string::npos) << opened.err;
    EXPECT_NE(test_support::read_file(page).find("SPECIMEN7"), std::string::npos)
        << test_support::read_file(page);
    auto const wrong = printer({"open", kept.back()}, "hospital kettle seven bulls\n");
    EXPECT_EQ(wrong.status, 1);
    EXPECT_EQ(wrong.out, "");
    EXPECT_EQ(printer({"list", "--to", folder}).status, 0);
}

TEST_F(Paper, RunsAsAServiceThatOutlivesTheDaemon) {
    auto const service = [&](std::string const& to) {
        return std::make_unique<Process>(std::vector<std::string>{
            program("washupctl"), "--daemon", town.ports.daemon(), "--keys", town.key("printer"),
            "--wait", "1", "paper", "--to", to});
    };
    auto const one = service(folder);
    ASSERT_TRUE(eventually([&] { return !sheets_in(folder).empty(); }, seconds(20))) << one->err();
    town.daemon().kill_9();
    auto const other = town.file("more_sheets");
    ASSERT_EQ(printer({"init", "--to", other}, passphrase).status, 0);
    auto const two = service(other);
    EXPECT_TRUE(two->wait_for("no sheet could be written", seconds(20))) << two->err();
    EXPECT_TRUE(two->running()) << "it tries again";
    EXPECT_TRUE(one->running());
    one->send_signal(15);
    EXPECT_EQ(one->wait(seconds(20)), 0);
    EXPECT_EQ(printer({"list", "--to", other}).status, 1);
}

TEST_F(Paper, KeyIsGivenTheSheetAndNothingElse) {
    EXPECT_EQ(town.ctl("printer", {"report", "sheet"}).status, 0);
    for (auto const& words : std::vector<std::vector<std::string>>{
             {"report", "discharge_record"},
             {"report", "agenda", "--team", "MILDRED"},
             {"report", "pareto"},
             {"report", "sheet", "--at", "2026-11-01 10:00"},
             {"stay", "#1"},
             {"raise-blocker", "#1", "--reason", "CP4", "--actor", "mary"}}) {
        auto const refused = town.ctl("printer", words);
        EXPECT_EQ(refused.status, 1) << words[0] << " " << words[1] << refused.out;
    }
    EXPECT_EQ(town.ctl("printer", {"status"}).status, 0) << "whether the daemon lives";
    auto const stays = town.ctl("printer", {"stays", "--wide"});
    EXPECT_EQ(stays.out.find("Specimen7"), std::string::npos) << stays.out;
}

}  // namespace
}  // namespace washup::integration
