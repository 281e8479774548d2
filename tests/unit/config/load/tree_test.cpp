#include "config/load/tree.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

namespace washup::config {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

std::vector<std::string> lines(Faults const& faults) {
    std::vector<std::string> out;
    for (auto const& fault : faults.list()) out.push_back(to_text(fault));
    return out;
}

TEST(Tree, GivesWhatTheFileSays) {
    Faults faults;
    auto tree = parse_tree(R"(
name = "ward"
port = 7700
rate = 1.5
on = true
wait = "90s"
start = 2026-11-22T09:00:00Z
words = ["a", "b"]
one = "single"
[site]
code = "STM"
[[ward]]
code = "FORD"
[[ward]]
code = "KENT"
[map]
A = "x"
"B c" = "y"
)",
                           "f.toml", faults);
    auto root = tree.root(faults);
    EXPECT_EQ(root.text("name"), "ward");
    EXPECT_EQ(root.integer("port", 1, 65535), 7700);
    EXPECT_EQ(root.number_or("rate", 1, 0, 10), 1.5);
    EXPECT_TRUE(root.truth_or("on", false));
    EXPECT_EQ(root.duration("wait", seconds(1), hours(1)), seconds(90));
    EXPECT_EQ(to_rfc3339(*root.maybe_instant("start")), "2026-11-22T09:00:00+00:00");
    EXPECT_THAT(root.texts("words"), ElementsAre("a", "b"));
    EXPECT_THAT(root.texts("one"), ElementsAre("single"));
    EXPECT_EQ(root.table("site").text("code"), "STM");
    auto wards = root.tables("ward");
    ASSERT_EQ(wards.size(), 2u);
    EXPECT_EQ(wards[0].text("code"), "FORD");
    EXPECT_EQ(wards[1].text("code"), "KENT");
    auto const map = root.table("map").text_entries();
    ASSERT_EQ(map.size(), 2u);
    EXPECT_EQ(map[1].first.text, "B c");
    EXPECT_EQ(map[1].second.text, "y");
    tree.report_unknown(faults);
    EXPECT_THAT(lines(faults), IsEmpty());
}

TEST(Tree, GivesDefaultsForWhatIsAbsentWithoutAFault) {
    Faults faults;
    auto tree = parse_tree("", "f.toml", faults);
    auto root = tree.root(faults);
    EXPECT_EQ(root.text_or("a", "x"), "x");
    EXPECT_EQ(root.integer_or("b", 7, 1, 9), 7);
    EXPECT_EQ(root.number_or("c", 2, 1, 9), 2);
    EXPECT_FALSE(root.truth_or("d", false));
    EXPECT_EQ(root.duration_or("e", seconds(3), seconds(1), seconds(9)), seconds(3));
    EXPECT_EQ(root.one_of_or("f", {"x", "y"}, "y"), "y");
    EXPECT_FALSE(root.maybe_instant("g"));
    EXPECT_FALSE(root.maybe_table("h"));
    EXPECT_FALSE(root.maybe_placed("i"));
    EXPECT_TRUE(root.texts("j").empty());
    EXPECT_TRUE(root.tables("k").empty());
    EXPECT_TRUE(faults.empty());
}

TEST(Tree, TellsEveryFaultAtOnceWithItsPlace) {
    Faults faults;
    auto tree = parse_tree(R"(port = "7700"
rate = 20.0
kind = "inpatint"
wait = "90"
name = 3
words = ["a", 4]
start = "tomorrow"
wards = 1
[site]
)",
                           "f.toml", faults);
    auto root = tree.root(faults);
    root.integer("port", 1, 65535);
    root.number_or("rate", 1, 0, 10);
    root.one_of("kind", {"inpatient", "outpatient"});
    root.duration("wait", seconds(1), hours(1));
    root.text("name");
    root.texts("words");
    root.maybe_instant("start");
    root.tables("wards");
    root.table("site").text("code");
    EXPECT_THAT(
        lines(faults),
        ElementsAre(
            "f.toml:1:8: `port` must be a whole number, not text in quotes",
            "f.toml:2:8: `rate` is 20; it must lie between 0 and 10",
            "f.toml:3:8: `kind` cannot be \"inpatint\" (did you mean `inpatient`?)",
            "f.toml:4:8: `wait` is \"90\", which is no length of time (write for example \"90s\", "
            "\"15m\", \"48h\" or \"7d\")",
            "f.toml:5:8: `name` must be text in quotes, not a whole number",
            "f.toml:6:15: each part of `words` must be text in quotes, not a whole number",
            HasSubstr("f.toml:7:9: `start` is \"tomorrow\", which is no time"),
            "f.toml:8:9: `wards` must be a list of tables, not a whole number",
            "f.toml:9:1: `code` is missing here"));
}

TEST(Tree, TakesTheBoundsOfARangeAndNothingBeyond) {
    for (auto const& [value, good] :
         {std::pair{"0", false}, {"1", true}, {"9", true}, {"10", false}}) {
        Faults faults;
        auto tree = parse_tree(std::string("n = ") + value, "f", faults);
        tree.root(faults).integer("n", 1, 9);
        EXPECT_EQ(faults.empty(), good) << value;
    }
    Faults faults;
    auto tree = parse_tree("n = nan", "f", faults);
    tree.root(faults).number_or("n", 1, 0, 10);
    EXPECT_FALSE(faults.empty());
}

TEST(Tree, SuggestsTheKeyThatWasMeant) {
    Faults faults;
    auto tree =
        parse_tree("[source]\nexpected_witin = \"1m\"\nzzz = 1\nname = \"a\"\n", "f", faults);
    auto source = tree.root(faults).table("source");
    source.text("name");
    source.duration_or("expected_within", minutes(1), seconds(1), hours(1));
    tree.report_unknown(faults);
    EXPECT_THAT(lines(faults),
                ElementsAre("f:2:1: unknown key `expected_witin` (did you mean `expected_within`?)",
                            "f:3:1: unknown key `zzz`"));
}

TEST(Tree, TellsATableNobodyReadOnce) {
    Faults faults;
    auto tree = parse_tree("[wash]\na = 1\nb = 2\n[[warrd]]\nc = 1\n", "f", faults);
    auto root = tree.root(faults);
    root.tables("ward");
    tree.report_unknown(faults);
    EXPECT_THAT(lines(faults), ElementsAre("f:1:2: unknown key `wash`",
                                           "f:4:3: unknown key `warrd` (did you mean `ward`?)"));
}

TEST(Tree, ReadsNothingMoreOutOfABrokenFile) {
    Faults faults;
    auto tree = parse_tree("a = \"x\"\nb = = 2\n", "f.toml", faults);
    EXPECT_TRUE(tree.broken());
    auto root = tree.root(faults);
    EXPECT_EQ(root.text("a"), "");
    root.table("site").text("code");
    root.fault("a", "never seen");
    tree.report_unknown(faults);
    ASSERT_EQ(faults.size(), 1u);
    EXPECT_THAT(lines(faults)[0], HasSubstr("f.toml:2:"));
}

TEST(Tree, TellsADoubledKey) {
    Faults faults;
    parse_tree("a = 1\na = 2\n", "f", faults);
    ASSERT_EQ(faults.size(), 1u);
    EXPECT_THAT(lines(faults)[0], "f:2:5: cannot redefine existing integer 'a'");
}

TEST(Tree, TellsEverySyntaxFaultAtOnceUpToSyntaxFaultsMax) {
    Faults faults;
    auto const tree = parse_tree("a = = 1\nb = 2\nc = \"open\nd = \"open too\n[[e]\n", "f", faults);
    EXPECT_TRUE(tree.broken());
    std::vector<std::size_t> places;
    for (auto const& fault : faults.list()) places.push_back(fault.at.line);
    EXPECT_EQ(places, (std::vector<std::size_t>{1, 3, 4, 5}));
    EXPECT_EQ(faults.list()[1].suggestion,
              "a quotation mark may be missing at the end of this line");
    std::string many;
    for (std::size_t i = 0; i <= syntax_faults_max; ++i) many += "x = = 1\n";
    Faults bounded;
    parse_tree(many, "f", bounded);
    EXPECT_EQ(bounded.list().size(), syntax_faults_max);
}

TEST(Tree, AFaultOfOurOwnMakingIsNotTold) {
    Faults faults;
    parse_tree("a = [\n  1,\n  2 = 3,\n]\nb = 1\n", "f", faults);
    EXPECT_EQ(faults.list().size(), 1u);
}

TEST(Tree, SaysThatAFileIsNotThere) {
    Faults faults;
    auto const tree = load_tree("no/such/file.toml", faults);
    EXPECT_TRUE(tree.broken());
    EXPECT_THAT(lines(faults), ElementsAre("no/such/file.toml: there is no such file"));
}

TEST(Tree, RefusesADirectory) {
    Faults faults;
    load_tree(std::filesystem::temp_directory_path(), faults);
    EXPECT_EQ(faults.size(), 1u);
}

TEST(Tree, TakesAFileOfTheLargestSizeAndRefusesALargerOne) {
    auto const path = std::filesystem::temp_directory_path() / "washup_config_load_tree_test.toml";
    for (std::size_t const extra : {std::size_t{0}, std::size_t{1}}) {
        std::ofstream(path) << std::string(file_bytes_max + extra, '\n');
        Faults faults;
        auto const tree = load_tree(path, faults);
        EXPECT_EQ(tree.broken(), extra == 1) << extra;
    }
    std::filesystem::remove(path);
}

TEST(Tree, SurvivesDeepNesting) {
    Faults faults;
    auto const deep = "a = " + std::string(5000, '[') + std::string(5000, ']');
    EXPECT_TRUE(parse_tree(deep, "f", faults).broken());
    EXPECT_EQ(faults.size(), 1u);
}

TEST(Faults, ListsEachFaultOnceInTheOrderOfTheFile) {
    Faults faults;
    faults.add({"b", 9, 1}, "late");
    faults.add({"a", 1, 1}, "other file");
    faults.add({"b", 2, 5}, "early");
    faults.add({"b", 9, 1}, "late");
    EXPECT_THAT(lines(faults), ElementsAre("b:2:5: early", "b:9:1: late", "a:1:1: other file"));
}

TEST(Faults, CountsWhatIsBeyondItsBound) {
    Faults faults;
    for (std::uint32_t i = 0; i < Faults::faults_max + 3; ++i) faults.add({"a", i + 1, 1}, "x");
    auto const list = faults.list();
    EXPECT_EQ(list.size(), Faults::faults_max + 1);
    EXPECT_EQ(list.back().words, "and 3 more faults");
    EXPECT_EQ(faults.size(), Faults::faults_max + 3);
}

TEST(Nearest, FindsSlipsAndRefusesOtherWords) {
    std::vector<std::string> const keys{"expected_within", "words", "ward", "site"};
    EXPECT_EQ(nearest("expected_whitin", keys), "expected_within");
    EXPECT_EQ(nearest("wrad", keys), "ward");
    EXPECT_EQ(nearest("sites", keys), "site");
    EXPECT_EQ(nearest("colour", keys), "");
    EXPECT_EQ(nearest("x", keys), "");
}

TEST(Nearest, ComparesWordsUpToItsBound) {
    std::string const key(compared_chars_max, 'a');
    EXPECT_EQ(nearest(key.substr(1) + 'b', {key}), key);
    EXPECT_EQ(nearest(key + 'b', {key}), "");
}

TEST(Duration, ReadsItsUnitsAndNothingElse) {
    EXPECT_EQ(*parse_duration("500ms"), milliseconds(500));
    EXPECT_EQ(*parse_duration("90s"), seconds(90));
    EXPECT_EQ(*parse_duration("15m"), minutes(15));
    EXPECT_EQ(*parse_duration("48h"), hours(48));
    EXPECT_EQ(*parse_duration("7d"), hours(7 * 24));
    for (auto const* bad : {"", "7", "d", "-1s", "1.5h", "1 h", "1h30m", "9223372036854775807d"})
        EXPECT_FALSE(parse_duration(bad)) << bad;
    EXPECT_EQ(to_text(hours(48)), "2d");
    EXPECT_EQ(to_text(seconds(90)), "90s");
    EXPECT_EQ(to_text(milliseconds(0)), "0s");
}

}  // namespace
}  // namespace washup::config
