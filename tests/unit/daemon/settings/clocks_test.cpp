// Calendars and clocks of a site file: which run, which are off and why, what is a fault.

#include <gtest/gtest.h>

#include <fstream>
#include <sstream>

#include "daemon/settings/settings.hpp"
#include "tests/unit/daemon/journal/scratch_dir.hpp"

namespace washup::settings {
namespace {

std::string const demo = std::string{WASHUP_SOURCE_DIR} + "/config/site/demo.toml";

struct Site {
    journal::test::ScratchDir dir;
    std::string const file = (dir.path() / "site.toml").string();
    explicit Site(std::string const& more) {
        std::ofstream out{file};
        out << "include = [\"" << demo << "\"]\n" << more;
    }
    std::string checked() const {
        std::ostringstream out;
        check_config(file, out);
        return out.str();
    }
    std::optional<DaemonSettings> read() const {
        config::Faults faults;
        auto settings = load_settings(file, faults);
        for (auto const& fault : faults.list()) ADD_FAILURE() << config::to_text(fault);
        return settings;
    }
};

std::vector<std::string> codes(std::vector<core::ClockConfig> const& clocks) {
    std::vector<std::string> all;
    for (auto const& clock : clocks) all.push_back(clock.code);
    return all;
}

TEST(Clocks, OnAtFirstAreTheFourThatSomethingRecords) {
    Site const site{""};
    EXPECT_EQ(codes(site.read()->config.clocks),
              (std::vector<std::string>{"next_wash_up", "expected_discharge", "bridging",
                                        "first_visit"}));
    auto const told = site.checked();
    EXPECT_NE(told.find("clocks on: next_wash_up expected_discharge bridging first_visit\n"),
              std::string::npos)
        << told;
    EXPECT_NE(told.find("off: choice: nothing here records choice_started or choice_decided\n"),
              std::string::npos)
        << told;
    EXPECT_NE(told.find("off: hospital_discharge: switched off\n"), std::string::npos) << told;
}

TEST(Clocks, RunWhereTheSiteNamesTheirMilestonesAndSwitchesThemOn) {
    Site const site{R"(clocks_on = ["hospital_discharge"]
clocks_off = ["next_wash_up"]
[[milestone]]
code = "choice_started"
words = "choice protocol started"
[[milestone]]
code = "choice_decided"
words = "choice protocol decided"
)"};
    EXPECT_EQ(codes(site.read()->config.clocks),
              (std::vector<std::string>{"expected_discharge", "bridging", "first_visit", "choice",
                                        "hospital_discharge"}));
}

TEST(Clocks, OfTheShippedListKnowEnglandsBankHolidaysForYears) {
    auto const config = Site{""}.read()->config;
    EXPECT_EQ(config.bank_holidays.size(), 40u);
    EXPECT_EQ(config.bank_holidays.front(), make_date(2024, 1, 1));
    for (auto const day : config.bank_holidays) EXPECT_LE(weekday(day), 5) << to_iso(day);
    ASSERT_EQ(config.calendars.size(), 3u);
    EXPECT_EQ(config.calendars[1].week.size(), 5u);
    EXPECT_EQ(config.calendars[1].week[0].hours, (core::OpenHours{9 * 60, 17 * 60}));
    EXPECT_TRUE(config.calendars[2].on_bank_holidays);
}

std::string clock(std::string const& key, std::string const& value) {
    std::map<std::string, std::string> keys{{"code", "\"mine\""},       {"words", "\"Mine\""},
                                            {"short", "\"Mine\""},      {"start", "\"referral\""},
                                            {"stop", "\"discharged\""}, {"length", "\"2h\""}};
    keys[key] = value;
    std::string text = "[[stay_clock]]\n";
    for (auto const& [k, v] : keys) text += k + " = " + v + "\n";
    return text;
}

TEST(Clocks, OfEventsThatNobodyKnowsAreAFaultWithAPlace) {
    auto const told = Site{clock("stop", "\"dischraged\"")}.checked();
    EXPECT_NE(told.find("there is no event `dischraged`"), std::string::npos) << told;
    EXPECT_NE(told.find("site.toml:"), std::string::npos);
    EXPECT_NE(told.find("discharged"), told.rfind("dischraged")) << "and what was meant";
}

TEST(Clocks, AreNoLongerThanAYear) {
    static_assert(clock_minutes_max == 365 * 24 * 60 && clock_days_max == 366);
    EXPECT_EQ(Site{clock("length", "\"366d\"")}.read()->config.clocks.back().length.count, 366);
    EXPECT_EQ(Site{clock("length", "\"8760h\"")}.read()->config.clocks.back().length.count,
              365 * 24 * 60);
    EXPECT_NE(Site{clock("length", "\"367d\"")}.checked().find("is no length"), std::string::npos);
    EXPECT_NE(Site{clock("length", "\"8761h\"")}.checked().find("is no length"), std::string::npos);
}

TEST(Clocks, FaultsOfLengthsCalendarsPausesAndSwitchesAreTold) {
    for (auto const& [key, value, words] :
         {std::tuple{"length", "\"2 hours\"", "is no length of a clock"},
          std::tuple{"length", "\"0h\"", "is no length of a clock"},
          std::tuple{"length", "\"400d\"", "is no length of a clock"},
          std::tuple{"calendar", "\"moon\"", "moon"},
          std::tuple{"pause_while", "[\"asleep\"]", "is no pause"},
          std::tuple{"warn_percent", "0", "must lie between"},
          std::tuple{"code", "\"bridging\"", "bridging"}}) {
        auto const told = Site{clock(key, value)}.checked();
        EXPECT_NE(told.find(words), std::string::npos) << key << " " << value << ": " << told;
        EXPECT_NE(told.find("fault"), std::string::npos) << told;
    }
    EXPECT_NE(Site{"clocks_on = [\"chioce\"]\n"}.checked().find("there is no clock `chioce`"),
              std::string::npos);
    EXPECT_NE(Site{"bank_holidays = [\"2026-02-30\"]\n"}.checked().find("is no date"),
              std::string::npos);
    EXPECT_NE(Site{"[[calendar]]\ncode = \"a\"\nwords = \"A\"\ndays = [\"mon\"]\nhours = "
                   "\"17:00-09:00\"\n"}
                  .checked()
                  .find("are no hours of a day"),
              std::string::npos);
}

}  // namespace
}  // namespace washup::settings
