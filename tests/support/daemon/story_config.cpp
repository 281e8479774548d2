// The site of the story: the small hospital, with wash-ups, weekly cycles and clocks of each kind,
// short enough to run out, and to be met, within the day that a run sees.

#include "tests/support/core/ward.hpp"
#include "tests/support/daemon/story.hpp"

namespace washup::tests {
namespace {

std::vector<core::WeekHours> hours_on(std::uint32_t days, std::int32_t from, std::int32_t to) {
    std::vector<core::WeekHours> week;
    for (std::uint32_t day = 1; day <= days; ++day) week.push_back({day, {from * 60, to * 60}});
    return week;
}

core::ClockConfig clock(core::Code code, core::Code start, core::Code stop) {
    core::ClockConfig clock;
    clock.code = code;
    clock.words = clock.short_words = code;
    clock.start = std::move(start);
    clock.stop = std::move(stop);
    clock.owner = "social worker";
    return clock;
}

core::ClockConfig lasting(core::ClockConfig clock, core::Length::Unit unit, std::int64_t count) {
    clock.length = {unit, count};
    return clock;
}

std::vector<core::ClockConfig> clocks() {
    using Unit = core::Length::Unit;
    std::vector<core::ClockConfig> all;
    all.push_back(
        lasting(clock("edd_48h", "admission", "expected_discharge_set"), Unit::minutes, 48 * 60));
    all.push_back(clock("next_wash_up", "referral", "washed_up"));
    all.back().limit = core::Limit::next_meeting;
    all.push_back(
        lasting(clock("first_visit", "discharged", "first_visit_done"), Unit::minutes, 24 * 60));
    all.back().after_home = true;
    all.push_back(lasting(clock("plan", "discharge_ready", "first_action"), Unit::days, 1));
    all.back().calendar = "working";
    all.push_back(
        lasting(clock("medicines", "discharge_ready", "medicines_ready"), Unit::minutes, 4 * 60));
    all.back().calendar = "service";
    all.back().pause_while = {"on_leave"};
    all.push_back(clock("home_same_day", "medicines_ready", "discharged"));
    all.back().limit = core::Limit::same_day;
    return all;
}

core::CycleConfig weekly(core::Code code, std::string scope, std::uint32_t opens,
                         std::uint32_t closes, std::int32_t hour) {
    core::CycleConfig cycle;
    cycle.words = cycle.code = std::move(code);
    cycle.scope = std::move(scope);
    cycle.opens_on = opens;
    cycle.opens_minute = hour * 60 + 30;
    cycle.closes_on = closes;
    cycle.closes_minute = hour * 60;
    return cycle;
}

}  // namespace

core::Config Story::config() {
    auto config = small_config();
    config.teams[0].wash_up_minute = 9 * 60;
    config.teams[0].further_wash_ups = {{0x3F, 14 * 60 + 30}};
    config.teams[1].wash_up_minute = 60 + 30;  // within the hour that a clock change takes or gives
    config.teams[1].wash_up_days = 0x7F;
    config.teams[1].on_bank_holidays = true;
    config.calendars = {{"working", "working days", hours_on(5, 0, 24), false},
                        {"service", "8 to 18 on six days", hours_on(6, 8, 18), true}};
    for (auto const& [month, day] :
         {std::pair{1, 1}, {4, 3}, {4, 6}, {5, 4}, {5, 25}, {8, 31}, {12, 25}, {12, 28}}) {
        config.bank_holidays.push_back(make_date(2026, month, day));
    }
    config.clocks = clocks();
    // One closes on most days, so that most runs of a day freeze a Pareto.
    config.cycles = {weekly("weekly", "all", 1, 5, 12), weekly("coast", "area:thanet", 4, 3, 16),
                     weekly("north", "team:north", 6, 2, 10), weekly("site", "site:STM", 2, 1, 11),
                     weekly("sunday", "all", 5, 7, 3)};
    config.prompts = {{"family_told", "Has the family been told?", false},
                      {"carer", "Who supports the carer?", true}};
    return config;
}

}  // namespace washup::tests
