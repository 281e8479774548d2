// A person is erased: afterwards no file of the house holds the planted words, nor anything that
// could open them, with the daemon running, after a SIGKILL, and in a copy that is restored later.
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>

#include "tests/support/town/adt.hpp"
#include "tests/support/town/town.hpp"

namespace washup::integration {
namespace {

namespace fs = std::filesystem;
using test_support::read_file;

constexpr int who = 7, other = 8;

class Erase : public testing::Test {
  protected:
    void SetUp() override {
        ASSERT_TRUE(town.start_daemon()) << town.daemon().err();
        std::vector<std::string> files;
        for (int const person : {who, other}) {
            files.push_back(town.folder().write(
                "m" + std::to_string(person) + ".hl7",
                text_of({.control_id = "E" + std::to_string(person), .person = person})));
        }
        ASSERT_EQ(test_support::run(town.hl7_file(files)).status, 0);
        for (auto const& file : files) fs::remove(file);
        ASSERT_EQ(ctl({"raise-blocker", key_of(who), "--reason", "CP4", "--note", "PLANTEDNOTE"}),
                  0);
        fs::create_directories(drop / "incoming");
        auto const row = key_of(who).substr(4) + ",L5007,PLANTEDHUB " + family_of(who);
        put("notes.csv", "Visit Number,Hospital Number,Blocker Note\r\n" + row + "\r\n");
        put("odd.csv", "no header at all " + family_of(who) + "\r\n");
        csv({"--once"});
    }
    void put(std::string const& name, std::string const& content) {
        auto const written = town.folder().write("written/" + name, content);
        fs::rename(written, drop / name);
    }
    int ctl(std::vector<std::string> words) {
        words.insert(words.begin(), {"--actor", "op"});
        auto const done = town.ctl(words);
        said = done.out + done.err;
        return done.status;
    }
    Finished csv(std::vector<std::string> words, std::string const& input = {}) {
        std::vector<std::string> all{program("washup-csv"),
                                     "--drop",
                                     drop.string(),
                                     "--daemon",
                                     town.address(),
                                     "--data",
                                     town.folder().file("csv"),
                                     "--config",
                                     source_file("config/sources")};
        all.insert(all.end(), words.begin(), words.end());
        return test_support::run(all, {.environment = {}, .input = input}, seconds(90));
    }
    Finished journal(std::vector<std::string> words, std::string const& data = "washupd") {
        std::vector<std::string> all{program("washupd"), "journal", "--data",
                                     town.folder().file(data)};
        all.insert(all.end(), words.begin(), words.end());
        return test_support::run(all);
    }
    // Files of the house that hold this, in plain octets.
    std::string holders(std::string const& octets) {
        std::string names;
        for (auto const& entry : fs::recursive_directory_iterator(town.folder().path())) {
            if (!entry.is_regular_file()) continue;
            if (read_file(entry.path()).find(octets) != std::string::npos) {
                names += entry.path().filename().string() + ' ';
            }
        }
        return names;
    }
    void expect_nothing_shown(std::vector<std::string> words) {
        auto const shown = town.ctl(words);
        auto planted_here = planted_words();
        planted_here.emplace_back("pecimen7");  // as a screen writes a name
        for (auto const& planted : planted_here) {
            EXPECT_EQ(shown.out.find(planted), std::string::npos) << words.front() << planted;
        }
    }
    static std::vector<std::string> planted_words() {
        return {family_of(who), "PLANTEDNOTE", nhs_number_of(who)};
    }

    Town town;
    fs::path const drop{town.folder().path() / "drop"};
    std::string said;
};

TEST_F(Erase, LeavesNothingOfThePersonInAnyFile) {
    auto const before = town.stays().size();
    ASSERT_NE(holders(family_of(who)), "") << "done/ and failed/ held the name";
    ASSERT_EQ(ctl({"erase-person", key_of(who), "--reason", "asked in writing", "--yes"}), 0)
        << said;
    auto const words = family_of(who) + "\n" + nhs_number_of(who) + "\nL5007\n";
    auto hl7 = town.hl7_file({});
    hl7.erase(std::find(hl7.begin(), hl7.end(), "--file"), hl7.end());
    hl7.insert(hl7.end(), {"--forget", "-"});
    auto const forgot = test_support::run(hl7, {.environment = {}, .input = words});
    EXPECT_EQ(forgot.status, 0) << forgot.out << forgot.err;
    EXPECT_NE(forgot.out.find("forgot 1 records"), std::string::npos) << forgot.out;
    auto const rows = csv({"--forget", "-"}, words);
    EXPECT_EQ(rows.status, 0) << rows.out << rows.err;

    for (auto const& planted : planted_words()) EXPECT_EQ(holders(planted), "") << planted;
    EXPECT_EQ(town.stays().size(), before) << "every count stays";
    expect_nothing_shown({"stays"});
    EXPECT_NE(town.ctl({"stays"}).out.find("erased person"), std::string::npos);
    EXPECT_NE(town.ctl({"stays"}).out.find("pecimen8"), std::string::npos) << "and nobody else";
    EXPECT_EQ(journal({"verify"}).status, 0);

    town.kill_daemon();
    for (auto const& planted : planted_words()) EXPECT_EQ(holders(planted), "") << planted;
    ASSERT_TRUE(town.start_daemon()) << town.daemon().err();
    EXPECT_EQ(town.stays().size(), before);
    expect_nothing_shown({"stays"});
    expect_nothing_shown({"stay", "#1"});
    expect_nothing_shown({"why", "#1", "name"});
    EXPECT_NE(town.ctl({"stays"}).out.find("pecimen8"), std::string::npos);
    EXPECT_EQ(journal({"verify"}).status, 0);
}

TEST_F(Erase, AnAnsweredErasureOutlivesASigkillAtOnce) {
    ASSERT_EQ(ctl({"erase-person", key_of(who), "--reason", "asked in writing", "--yes"}), 0);
    town.kill_daemon();
    ASSERT_TRUE(town.start_daemon()) << town.daemon().err();
    expect_nothing_shown({"stays"});
    expect_nothing_shown({"stay", "#1"});
}

TEST_F(Erase, ThePastShowsTheErasedPersonWithoutWords) {
    auto const printed = journal({"print", "--from", std::to_string(town.heartbeat().head)});
    auto const ms = std::stoll(printed.out.substr(printed.out.find("\"at_ms\":\"") + 9));
    auto const then = to_rfc3339(Instant{ms});
    EXPECT_NE(town.ctl({"stays", "--at", then}).out.find("pecimen7"), std::string::npos);
    ASSERT_EQ(ctl({"erase-person", key_of(who), "--reason", "asked in writing", "--yes"}), 0);
    for (auto const* option : {"--at", "--true-at"}) {
        auto const past = town.ctl({"stays", option, then}).out;
        EXPECT_EQ(past.find("pecimen7"), std::string::npos) << past;
        EXPECT_NE(past.find("erased person"), std::string::npos) << past;
        EXPECT_NE(past.find("pecimen8"), std::string::npos) << past;
    }
}

TEST_F(Erase, ACopyOfBeforeComesBackWithoutThePerson) {
    auto const copy = town.folder().file("copy.db");
    ASSERT_EQ(journal({"backup", copy}).status, 0);
    ASSERT_EQ(ctl({"erase-person", key_of(who), "--reason", "asked in writing", "--yes"}), 0);
    auto const list = journal({"erasures"});
    ASSERT_EQ(list.status, 0);
    EXPECT_NE(list.err.find("copy.db"), std::string::npos) << "the operator is told of the copy";
    auto const file = town.folder().write("erasures.txt", list.out);
    town.kill_daemon();
    auto const data = town.folder().path() / "washupd";
    fs::rename(data, town.folder().path() / "old");
    fs::create_directories(data);
    fs::copy_file(town.folder().path() / "old/site.key", data / "site.key");
    auto const restored = journal({"restore", copy, "--erasures", file});
    ASSERT_EQ(restored.status, 0) << restored.out << restored.err;
    ASSERT_TRUE(town.start_daemon()) << town.daemon().err();
    EXPECT_EQ(town.stays().size(), 2u);
    expect_nothing_shown({"stays"});
    EXPECT_NE(town.ctl({"stays"}).out.find("erased person"), std::string::npos);
    EXPECT_EQ(journal({"verify"}).status, 0);
}

TEST_F(Erase, AsksFirstAndDoesNothingWithoutTheAnswer) {
    auto const done =
        test_support::run({program("washupctl"), "--daemon", town.address(), "--actor", "op",
                           "erase-person", key_of(who), "--reason", "asked in writing"},
                          {.environment = {}, .input = "yes\n"});
    EXPECT_EQ(done.status, 1);
    EXPECT_NE(done.err.find("Type " + key_of(who)), std::string::npos) << done.err;
    EXPECT_NE(town.ctl({"stays"}).out.find("pecimen7"), std::string::npos);
}

}  // namespace
}  // namespace washup::integration
