#include "daemon/settings/settings.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <sstream>

#include "daemon/settings/draft.hpp"
#include "tests/support/temp_dir.hpp"

namespace washup::settings {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

std::string const config_dir = WASHUP_SOURCE_DIR "/config/";
std::string const parts_dir = WASHUP_SOURCE_DIR "/tests/unit/daemon/settings/broken/parts/";

// The parts of a small whole site, as one text, with room for more.
std::string whole_site() {
    std::string text = test_support::read_file(parts_dir + "house.toml");
    // Keys at the top of a file must stand before its tables.
    auto const sorts = test_support::read_file(parts_dir + "sorts.toml");
    auto const split = sorts.find("[[theme]]");
    text.insert(text.find("[[site]]"), sorts.substr(0, split));
    text += sorts.substr(split);
    for (auto const* part : {"reasons.toml", "ladder.toml"})
        text += '\n' + test_support::read_file(parts_dir + part);
    return text;
}

std::vector<std::string> lines(config::Faults const& faults) {
    std::vector<std::string> out;
    for (auto const& fault : faults.list()) out.push_back(fault.words);
    return out;
}

// The faults of a whole site with `more` at its end.
std::vector<std::string> faults_of(std::string const& more) {
    test_support::TempDir const dir;
    config::Faults faults;
    auto const settings = load_settings(dir.write("site.toml", whole_site() + more), faults);
    EXPECT_EQ(settings.has_value(), faults.empty());
    return lines(faults);
}

DaemonSettings settings_of(std::string const& text) {
    test_support::TempDir const dir;
    config::Faults faults;
    auto settings = load_settings(dir.write("site.toml", text), faults);
    EXPECT_THAT(lines(faults), IsEmpty());
    return settings.value_or(DaemonSettings{});
}

std::string letters(std::size_t n) {
    return std::string(n, 'a');
}

TEST(Settings, OfTheDemoAreEnoughToStart) {
    config::Faults faults;
    auto const settings = load_settings(config_dir + "site/demo.toml", faults);
    ASSERT_TRUE(settings) << config::to_text(faults.list().front());
    EXPECT_EQ(settings->bind_host, "127.0.0.1");
    EXPECT_EQ(settings->base_port, 7700);
    EXPECT_EQ(settings->data_dir, "run/washupd");
    EXPECT_FALSE(settings->clock_start);
    EXPECT_EQ(settings->clock_rate, 1);
    auto const& config = settings->config;
    EXPECT_EQ(config.sites.size(), 2u);
    EXPECT_EQ(config.wards.size(), 8u);
    EXPECT_EQ(config.teams.size(), 3u);
    EXPECT_EQ(config.areas.size(), 2u);
    EXPECT_EQ(config.sources[0].name, "ward");
    EXPECT_EQ(config.sources[0].expected_within, hours(1));
    EXPECT_EQ(config.sources[2].expected_within, Duration{});
    EXPECT_EQ(config.teams[1].wash_up_minute, 9 * 60 + 45);
    EXPECT_EQ(config.teams[1].wash_up_days, 0x1Fu);
    EXPECT_EQ(config.ladder.front().code, "own_home");
    EXPECT_EQ(config.ladder.back().band, core::Band::off_ladder);
    EXPECT_EQ(config.masters.front().field, core::Field::location);
    EXPECT_THAT(config.holders, ElementsAre("nhs", "social_care", "both", "housing", "choice",
                                            "provider", "disputed"));
}

TEST(Settings, OfTheExampleHaveNoFault) {
    std::ostringstream out;
    EXPECT_EQ(check_config(config_dir + "site/example.toml", out), 0) << out.str();
    EXPECT_THAT(out.str(), HasSubstr("1 site, 1 ward, 1 team, 1 area, 1 zone, 2 sources"));
    EXPECT_THAT(out.str(), HasSubstr(": no faults\n"));
}

TEST(Settings, HaveTheDefaultsOfTheReadme) {
    auto const settings = settings_of(whole_site());
    EXPECT_EQ(settings.bind_host, "127.0.0.1");
    EXPECT_EQ(settings.base_port, base_port_default);
    EXPECT_EQ(settings.data_dir, "run/washupd");
    EXPECT_EQ(settings.config.teams[0].wash_up_minute, 540);
    EXPECT_EQ(settings.config.teams[0].wash_up_days, 0x1Fu);
}

TEST(Settings, PutPublishedReasonsBeforeLocalOnesWhereverTheyStand) {
    auto const settings = settings_of("include = []\n" + whole_site() + R"(
[[local_reason]]
code = "night_sitting"
label = "Night sitting"
words = "Night sitting"
parent = "IF3"
sensitive = true

[[reason]]
code = "IF3"
label = "Interface – Care"
words = "Arrange home care"
theme = "home_care"
holder = "nhs"
family = "interface"
)");
    ASSERT_EQ(settings.config.reasons.size(), 3u);
    auto const& local = settings.config.reasons[2];
    EXPECT_EQ(local.code, "night_sitting");
    EXPECT_EQ(local.parent, "IF3");
    EXPECT_EQ(local.theme, "home_care");
    EXPECT_EQ(local.holder, "nhs");
    EXPECT_EQ(local.family, "interface");
    EXPECT_TRUE(local.sensitive);
}

TEST(Settings, TakeAnInventedClockOnThisMachine) {
    auto const settings = settings_of(whole_site() + R"(
[clock]
start = 2026-11-02T06:00:00Z
rate = 60

[daemon]
host = "::1"
base_port = 9000
data_dir = "/var/lib/washup"
)");
    ASSERT_TRUE(settings.clock_start);
    EXPECT_EQ(to_rfc3339(*settings.clock_start), "2026-11-02T06:00:00+00:00");
    EXPECT_EQ(settings.clock_rate, 60);
    EXPECT_EQ(settings.bind_host, "::1");
    EXPECT_EQ(settings.base_port, 9000);
    EXPECT_EQ(settings.data_dir, "/var/lib/washup");
}

TEST(Settings, ListenOnThisMachineAloneUntilThereAreKeys) {
    EXPECT_THAT(faults_of("[daemon]\nhost = \"10.0.0.7\"\n"),
                ElementsAre("listening on 10.0.0.7 needs keys, and there is no [[key]]"));
}

std::string const a_key =
    "[[key]]\nname = \"wall\"\npublic = \"0000000000000000000000000000000000000000\"\n"
    "role = \"display\"\n";

TEST(Settings, ListenAnywhereWithKeys) {
    auto const settings = settings_of(whole_site() + a_key + "[daemon]\nhost = \"10.0.0.7\"\n");
    EXPECT_EQ(settings.bind_host, "10.0.0.7");
    ASSERT_EQ(settings.keys.size(), 1u);
    EXPECT_EQ(settings.keys[0].name, "wall");
}

// A key more or less changes nothing that was ever decided.
TEST(Settings, KeepKeysOutOfTheDigest) {
    EXPECT_EQ(settings_of(whole_site() + a_key).digest, settings_of(whole_site()).digest);
}

// Or whoever signs in there could do nothing, and nobody would know why.
TEST(Settings, WantStaffRolesWherePeopleSignIn) {
    auto desk = a_key;
    desk.replace(desk.find("display"), 7, "workstation");
    EXPECT_THAT(faults_of(desk), ElementsAre("there are keys where people sign in, and no "
                                             "[[staff_role]] says what they may"));
    EXPECT_THAT(faults_of(desk + "revoked = \"2026-11-22\"\n"), IsEmpty());
    auto const role = "[[staff_role]]\ncode = \"chair\"\nwords = \"chair\"\nmay = [\"see\"]\n";
    auto const settings = settings_of(whole_site() + desk + role);
    ASSERT_EQ(settings.staff_roles.size(), 1u);
    EXPECT_EQ(settings.digest, settings_of(whole_site()).digest) << "nothing is decided by them";
}

TEST(Settings, TakeAnInventedClockNowhereElse) {
    auto const site = [](char const* clock) {
        return faults_of(std::string("[daemon]\nhost = \"10.0.0.7\"\n[clock]\n") + clock).size();
    };
    EXPECT_EQ(site("rate = 1.0\n"), 1u);  // the address alone
    EXPECT_EQ(site("rate = 2.0\n"), 2u);
    EXPECT_EQ(site("start = 2026-11-02T06:00:00Z\nrate = 2.0\n"), 3u);
}

TEST(Loopback, IsThisMachineAlone) {
    for (auto const* host : {"127.0.0.1", "127.1.2.3", "::1", "localhost"})
        EXPECT_TRUE(is_loopback(host)) << host;
    for (auto const* host : {"0.0.0.0", "::", "10.0.0.1", "12.7.0.1", "", "127"})
        EXPECT_FALSE(is_loopback(host)) << host;
}

// ---- the digest ---------------------------------------------------------------------------------

TEST(Digest, IsOfTheMeaningAndNotOfTheFile) {
    auto const plain = settings_of(whole_site());
    auto const commented = settings_of("# a comment\n\n" + whole_site() + "\n# another\n");
    auto const defaults_written = settings_of(whole_site() + "[clock]\nrate = 1\n");
    EXPECT_EQ(plain.digest, commented.digest);
    EXPECT_EQ(plain.digest, defaults_written.digest);
    config::Faults faults;
    test_support::TempDir const dir;
    dir.write("parts/all.toml", whole_site());
    auto const included =
        load_settings(dir.write("site.toml", "include = [\"parts/all.toml\"]\n"), faults);
    ASSERT_TRUE(included);
    EXPECT_EQ(included->digest, plain.digest);
}

TEST(Digest, ChangesWithEveryFieldOfTheMeaning) {
    auto const plain = settings_of(whole_site()).config;
    std::vector<core::Config> changed(14, plain);
    changed[0].site_words += "x";
    changed[1].sites[0].aliases.push_back("A1");
    changed[2].wards[0].words = "Other";
    changed[3].teams[0].wash_up_minute += 1;
    changed[4].teams[0].wash_up_days = 0x3F;
    changed[5].areas[0].code += "x";
    changed[6].sources[0].expected_within = seconds(90);
    changed[7].ladder[0].band = core::Band::short_bed;
    changed[8].reasons[0].sensitive = true;
    changed[9].themes[0].words += "x";
    changed[10].masters.push_back({core::Field::ending, "ward"});
    changed[11].holders.push_back("both");
    changed[12].milestones.push_back({"a", "b"});
    changed[13].sites[0].aliases.push_back("");
    std::vector<Digest256> digests{digest_of(plain)};
    for (auto const& config : changed) digests.push_back(digest_of(config));
    std::sort(digests.begin(), digests.end());
    EXPECT_EQ(std::unique(digests.begin(), digests.end()), digests.end());
}

TEST(Digest, DoesNotMixNeighbouringWordsUp) {
    core::Config a, b;
    a.holders = {"ab", "c"};
    b.holders = {"a", "bc"};
    EXPECT_NE(digest_of(a), digest_of(b));
}

// ---- bounds -------------------------------------------------------------------------------------

TEST(Bounds, OfPortsAndRatesAreReached) {
    auto const port = [](int n) {
        return faults_of("[daemon]\nbase_port = " + std::to_string(n) + "\n").empty();
    };
    EXPECT_FALSE(port(base_port_min - 1));
    EXPECT_TRUE(port(base_port_min));
    EXPECT_TRUE(port(base_port_max));
    EXPECT_FALSE(port(base_port_max + 1));
    auto const rate = [](double n) {
        return faults_of("[clock]\nrate = " + std::to_string(n) + "\n").empty();
    };
    EXPECT_FALSE(rate(clock_rate_min - 0.01));
    EXPECT_TRUE(rate(clock_rate_min));
    EXPECT_TRUE(rate(clock_rate_max));
    EXPECT_FALSE(rate(clock_rate_max + 0.01));
}

TEST(Bounds, OfCodesAndWordsAreReached) {
    auto const milestone = [](std::size_t code, std::size_t words) {
        return faults_of("[[milestone]]\ncode = \"" + letters(code) + "\"\nwords = \"" +
                         letters(words) + "\"\n");
    };
    EXPECT_THAT(milestone(code_chars_max, words_chars_max), IsEmpty());
    EXPECT_EQ(milestone(code_chars_max + 1, words_chars_max).size(), 1u);
    EXPECT_EQ(milestone(code_chars_max, words_chars_max + 1).size(), 1u);
    auto const reason = [](std::size_t label, std::size_t words) {
        return faults_of("[[local_reason]]\ncode = \"x\"\nparent = \"CP4\"\nlabel = \"" +
                         letters(label) + "\"\nwords = \"" + std::string(words, 'b') + "\"\n");
    };
    EXPECT_THAT(reason(label_chars_max, wall_words_chars_max), IsEmpty());
    EXPECT_EQ(reason(label_chars_max + 1, wall_words_chars_max).size(), 1u);
    EXPECT_EQ(reason(label_chars_max, wall_words_chars_max + 1).size(), 1u);
}

TEST(Bounds, CountCharactersAndNotOctets) {
    std::string words;
    for (std::size_t i = 0; i < words_chars_max; ++i) words += "é";
    EXPECT_THAT(faults_of("[[milestone]]\ncode = \"a\"\nwords = \"" + words + "\"\n"), IsEmpty());
}

TEST(Bounds, OfRetentionAreReached) {
    auto const kept = [](Duration span) {
        return faults_of("[retention]\npersons = \"" + config::to_text(span) + "\"\n").empty();
    };
    EXPECT_FALSE(kept(keep_persons_min - hours(1)));
    EXPECT_TRUE(kept(keep_persons_min));
    EXPECT_TRUE(kept(keep_persons_max));
    EXPECT_FALSE(kept(keep_persons_max + hours(1)));
    auto const settings = settings_of(whole_site() + "[retention]\npersons = \"2920d\"\n");
    EXPECT_EQ(settings.config.keep_persons, hours(2920 * 24));
    EXPECT_EQ(settings_of(whole_site()).config.keep_persons, Duration{}) << "nobody by itself";
    EXPECT_NE(settings.digest, settings_of(whole_site()).digest) << "it decides";
}

TEST(Bounds, OfSilenceAreReached) {
    auto const within = [](Duration length) {
        return faults_of(std::string(
                             "[[source]]\nname = \"hub\"\nwords = \"hub\"\nexpected_within = \"") +
                         config::to_text(length) + "\"\n")
            .empty();
    };
    EXPECT_FALSE(within(expected_within_min - seconds(1)));
    EXPECT_TRUE(within(expected_within_min));
    EXPECT_TRUE(within(expected_within_max));
    EXPECT_FALSE(within(expected_within_max + seconds(1)));
}

TEST(Bounds, OfTheInventedClockAreReached) {
    auto const start = [](Instant at) {
        return faults_of("[clock]\nstart = " + to_rfc3339(at) + "\n");
    };
    EXPECT_THAT(start(clock_start_min), IsEmpty());
    EXPECT_THAT(start(clock_start_max), IsEmpty());
    EXPECT_EQ(start(clock_start_min - seconds(1)).size(), 1u);
    EXPECT_EQ(start(clock_start_max + seconds(1)).size(), 1u);
}

TEST(Bounds, OfCodesOfAKindAreReached) {
    std::string milestones;
    for (std::size_t i = 0; i < codes_of_a_kind_max; ++i)
        milestones += "[[milestone]]\ncode = \"m" + std::to_string(i) + "\"\nwords = \"words " +
                      std::to_string(i) + "\"\n";
    EXPECT_THAT(faults_of(milestones), IsEmpty());
    EXPECT_THAT(faults_of(milestones + "[[milestone]]\ncode = \"last\"\nwords = \"m\"\n"),
                ElementsAre("this is one milestone more than the 2000 there can be"));
}

TEST(Bounds, OfFilesAreReached) {
    for (std::size_t const extra : {std::size_t{0}, std::size_t{1}}) {
        test_support::TempDir const dir;
        std::string names;
        for (std::size_t i = 0; i < config::files_max - 1 + extra; ++i) {
            auto const name = "part" + std::to_string(i) + ".toml";
            dir.write(name, "");
            names += "\"" + name + "\", ";
        }
        config::Faults faults;
        auto const site = dir.write("site.toml", "include = [" + names + "]\n" + whole_site());
        EXPECT_EQ(load_settings(site, faults).has_value(), extra == 0);
        if (extra == 1) EXPECT_THAT(lines(faults), ElementsAre("more than 64 files"));
    }
}

// ---- check-config -------------------------------------------------------------------------------

TEST(CheckConfig, TouchesNothing) {
    test_support::TempDir const dir;
    auto const site = dir.write(
        "site.toml", whole_site() + "[daemon]\ndata_dir = \"" + dir.file("data") + "\"\n");
    auto const before = std::filesystem::last_write_time(site);
    std::ostringstream out;
    EXPECT_EQ(check_config(site, out), 0) << out.str();
    std::size_t files = 0;
    for (auto const& entry : std::filesystem::directory_iterator(dir.path())) {
        EXPECT_EQ(entry.path().filename(), "site.toml");
        ++files;
    }
    EXPECT_EQ(files, 1u);
    EXPECT_EQ(std::filesystem::last_write_time(site), before);
}

TEST(CheckConfig, SaysThatTheFileIsNotThere) {
    std::ostringstream out;
    EXPECT_EQ(check_config("no/such.toml", out), exit_config_fault);
    EXPECT_EQ(out.str(), "no/such.toml: there is no such file\n1 fault\n");
}

TEST(Readme, NamesEveryKeyAndEveryField) {
    auto const readme = test_support::read_file(config_dir + "README.md");
    config::Faults faults;
    config::FileSet files(config_dir + "site/example.toml", faults);
    Draft draft(faults);
    read_files(files, draft);
    EXPECT_TRUE(faults.empty());
    auto const keys = files.asked_keys();
    EXPECT_GT(keys.size(), 30u);
    for (auto const& key : keys) {
        auto const named = readme.find("`" + key + "`") != std::string::npos ||
                           readme.find("`[" + key + "]`") != std::string::npos ||
                           readme.find("`[[" + key + "]]`") != std::string::npos;
        EXPECT_TRUE(named) << key;
    }
    for (auto const& field : master_fields())
        EXPECT_NE(readme.find("`" + field + "`"), std::string::npos) << field;
}

}  // namespace
}  // namespace washup::settings
