// A person is erased about whom something was said in every field that a ward, a hub or a team can
// fill, each with a word of its own: afterwards no file of the house holds one of them, but for
// those in places where no word about a person belongs.
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <set>
#include <sstream>

#include "tests/support/town/adt.hpp"
#include "tests/support/town/town.hpp"

namespace washup::integration {
namespace {

namespace fs = std::filesystem;
using test_support::read_file;

constexpr int who = 7;

// What names a machine, a place or a kind of thing. Somebody who writes a person's name there has
// named a bed after them; it is kept like any bed.
std::set<std::string> const of_no_person{
    // The kind of message, and the number that its sender gave it.
    "ZQMSH9C1Q", "ZQMSH9C2Q", "ZQMSH10C1Q", "ZQMSH10C2Q", "ZQMSH10C3Q", "ZQMSH10C4Q", "ZQMSH10C5Q",
    "ZQMSH10C6Q",
    // Who gives the numbers of persons and visits.
    "ZQPID3C4Q", "ZQPV119C4Q",
    // Ward, bay, bed and site; the specialty.
    "ZQPV13C1Q", "ZQPV13C2Q", "ZQPV13C3Q", "ZQPV13C4Q", "ZQPV110C1Q",
    // Keys of the hub's own, and a team that the site file does not have.
    "ZQROWBLBLOCKERREFQ", "ZQROWACACTIONREFQ", "ZQROWRETEAMQ"};

class Planted : public testing::Test {
  protected:
    void SetUp() override {
        auto const made =
            test_support::run({WASHUP_PYTHON, source_file("tests/integration/planted.py"), in(),
                               nhs_number_of(who), "L5007", "V1007", family_of(who)});
        ASSERT_EQ(made.status, 0) << made.err;
        std::istringstream lines{made.out};
        for (std::string line; std::getline(lines, line);) words.push_back(line);
        ASSERT_TRUE(town.start_daemon()) << town.daemon().err();
        EXPECT_EQ(ctl({"add-staff", "posei", "P Osei", "social worker", ""}).status, 0);
    }
    std::string in() const { return town.folder().file("in"); }
    std::string file(std::string const& name) const { return town.folder().file(name); }
    Finished ctl(std::vector<std::string> command) {
        command.insert(command.begin(), {"--actor", "op"});
        return town.ctl(command);
    }
    Finished csv(std::vector<std::string> more, std::string const& input = {}) {
        std::vector<std::string> all{program("washup-csv"),
                                     "--drop",
                                     file("drop"),
                                     "--daemon",
                                     town.address(),
                                     "--data",
                                     file("csv"),
                                     "--config",
                                     source_file("config/sources")};
        all.insert(all.end(), more.begin(), more.end());
        return test_support::run(all, {.environment = {}, .input = input}, seconds(90));
    }
    Finished journal(std::string const& data, std::vector<std::string> command) {
        command.insert(command.begin(), {program("washupd"), "journal", "--data", file(data)});
        return test_support::run(command);
    }

    void say_everything() {
        test_support::run(town.hl7_file({in() + "/ward.hl7"}), {}, seconds(90));
        fs::create_directories(file("drop"));
        for (auto const& entry : fs::directory_iterator(in())) {
            if (entry.path().extension() != ".csv") continue;
            fs::copy(entry, fs::path(file("drop")) / entry.path().filename());
        }
        EXPECT_EQ(csv({"--once"}).status, 0);
        ctl({"send", in() + "/commands.jsonl"});
        fs::remove_all(in());
        auto const shown = ctl({"stay", key_of(who), "--wide"}).out;
        for (auto const* word : {"ZQNOTEQ", "ZQROWBLNOTEQ", "ZQPID5C1Q", "ZQACTIONQ"}) {
            EXPECT_NE(shown.find(word), std::string::npos)
                << word << ": what was never there proves nothing when it is gone";
        }
    }
    void forget() {
        auto const known_by = family_of(who) + "\n" + nhs_number_of(who) + "\nL5007\nV1007\n";
        auto hl7 = town.hl7_file({});
        hl7.erase(std::find(hl7.begin(), hl7.end(), "--file"), hl7.end());
        hl7.insert(hl7.end(), {"--forget", "-"});
        EXPECT_EQ(test_support::run(hl7, {.environment = {}, .input = known_by}).status, 0);
        EXPECT_EQ(csv({"--forget", "-"}, known_by).status, 0);
    }
    void restore(std::string const& copy) {
        town.folder().write("erasures", journal("washupd", {"erasures"}).out);
        fs::create_directories(file("again"));
        fs::copy_file(file("washupd/site.key"), file("again/site.key"));
        auto const made = journal("again", {"restore", copy, "--erasures", file("erasures")});
        EXPECT_EQ(made.status, 0) << made.out << made.err;
        fs::remove(copy);
    }
    // Of all files of the house, their names included.
    void expect_no_word_left() {
        for (auto const& entry : fs::recursive_directory_iterator(town.folder().path())) {
            auto const name = entry.path().filename().string();
            EXPECT_EQ(name.find("ZQ"), std::string::npos) << name;
            if (!entry.is_regular_file()) continue;
            auto const octets = read_file(entry.path());
            EXPECT_EQ(octets.find(family_of(who)), std::string::npos) << name;
            EXPECT_EQ(octets.find(nhs_number_of(who)), std::string::npos) << name;
            if (octets.find("ZQ") == std::string::npos) continue;
            for (auto const& word : words) {
                if (of_no_person.contains(word)) continue;
                EXPECT_EQ(octets.find(word), std::string::npos) << word << " in " << name;
            }
        }
    }

    Town town;
    std::vector<std::string> words;
};

TEST_F(Planted, WordsAboutAnErasedPersonAreNowhere) {
    ASSERT_GT(words.size(), 1000u);
    say_everything();
    auto const copy = file("copy.db");
    EXPECT_EQ(journal("washupd", {"backup", copy}).status, 0);
    auto const erased = ctl({"erase-person", key_of(who), "--reason", "asked in writing", "--yes"});
    EXPECT_EQ(erased.status, 0) << erased.err;
    EXPECT_NE(erased.out.find(copy), std::string::npos)
        << "whoever erases is told of the copy: " << erased.out;
    town.daemon().send_signal(15);
    EXPECT_EQ(town.daemon().wait(seconds(30)), 0);
    forget();
    restore(copy);
    // As octets, and as whoever holds the keys that are left can read them.
    for (auto const* data : {"washupd", "again"}) {
        town.folder().write(std::string("open ") + data, journal(data, {"print"}).out);
    }
    town.folder().write("log", town.daemon().err() + town.daemon().out());
    expect_no_word_left();
}

}  // namespace
}  // namespace washup::integration
