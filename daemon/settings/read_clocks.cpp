#include <fmt/format.h>

#include <algorithm>

#include "daemon/core/clock.hpp"
#include "daemon/settings/draft.hpp"

// Calendars, bank holidays and clocks. A clock that nothing here can start or stop is off, which is
// no fault: the shipped list is longer than what any one site records.

namespace washup::settings {
namespace {

// "09:00-17:00"; nothing = the whole day.
core::OpenHours hours_of(config::Table& table, Draft& draft) {
    auto const text = table.maybe_placed("hours");
    if (!text) return {};
    auto const dash = text->text.find('-');
    core::OpenHours hours;
    if (dash != std::string::npos) {
        hours.from = minute_of_day({text->text.substr(0, dash), text->at}, draft);
        auto const end = text->text.substr(dash + 1);
        hours.to = end == "24:00" ? 24 * 60 : minute_of_day({end, text->at}, draft);
    }
    if (dash == std::string::npos || hours.from >= hours.to)
        draft.faults.add(text->at, fmt::format("\"{}\" are no hours of a day", text->text),
                         "write for example \"09:00-17:00\"");
    return hours;
}

void read_calendars(config::Table& root, Draft& draft) {
    auto& config = draft.settings.config;
    for (auto const& date : root.placed_list("bank_holidays")) {
        if (auto const moment = parse_moment(date.text); moment) {
            config.bank_holidays.push_back(london_date(moment->at));
        } else {
            draft.faults.add(date.at, fmt::format("\"{}\" is no date", date.text),
                             "write for example 2026-12-25");
        }
    }
    for (auto& table : root.tables("calendar")) {
        core::CalendarConfig calendar;
        auto const code = table.placed("code");
        auto const words = table.placed("words");
        check_words(words, words_chars_max, draft.faults);
        draft.calendars.give(code, draft.faults);
        calendar.code = code.text;
        calendar.words = words.text;
        auto const days = days_of_week(table, "days", draft);
        auto const hours = hours_of(table, draft);
        for (std::uint32_t day = 1; day <= 7; ++day) {
            if ((days >> (day - 1) & 1u) != 0) calendar.week.push_back({day, hours});
        }
        if (calendar.week.empty()) table.fault("days", "a calendar needs a day of the week");
        calendar.on_bank_holidays = table.truth_or("on_bank_holidays", false);
        config.calendars.push_back(std::move(calendar));
    }
}

// "48h", "90m"; "7d", "12w"; "same_day"; "next_meeting".
void read_length(config::Table& table, core::ClockConfig& clock, Draft& draft) {
    auto const text = table.placed("length");
    auto const& word = text.text;
    if (word == "same_day" || word == "next_meeting") {
        clock.limit = word == "same_day" ? core::Limit::same_day : core::Limit::next_meeting;
        return;
    }
    using Unit = core::Length::Unit;
    std::int64_t count = 0;
    auto const digits =
        std::find_if(word.begin(), word.end(), [](char c) { return c < '0' || c > '9'; });
    for (auto at = word.begin(); at != digits && count < 1'000'000; ++at)
        count = count * 10 + (*at - '0');
    auto const unit = std::string(digits, word.end());
    auto const days = unit == "d" ? count : unit == "w" ? count * 7 : 0;
    auto const minutes = unit == "m" ? count : unit == "h" ? count * 60 : 0;
    if (days > 0 && days <= clock_days_max) {
        clock.length = {Unit::days, days};
    } else if (minutes > 0 && minutes <= clock_minutes_max) {
        clock.length = {Unit::minutes, minutes};
    } else if (text.given()) {
        draft.faults.add(text.at, fmt::format("\"{}\" is no length of a clock", word),
                         "\"90m\", \"48h\", \"7d\", \"12w\", up to a year; \"same_day\" or "
                         "\"next_meeting\"");
    }
}

DraftClock read_clock(config::Table& table, Draft& draft) {
    static std::vector<std::string> const pauses{"on_leave"};
    DraftClock drafted;
    drafted.start = table.placed("start");
    drafted.stop = table.placed("stop");
    auto const code = table.placed("code");
    auto const words = table.placed("words");
    auto const short_words = table.placed("short");
    auto& clock = drafted.clock;
    check_words(words, words_chars_max, draft.faults);
    check_words(short_words, wall_words_chars_max, draft.faults);
    draft.clocks.give(code, draft.faults);
    clock.code = code.text;
    clock.words = words.text;
    clock.short_words = short_words.text;
    clock.start = drafted.start.text;
    clock.stop = drafted.stop.text;
    read_length(table, clock, draft);
    if (auto const calendar = table.maybe_placed("calendar")) {
        clock.calendar = calendar->text;
        draft.calendars.refer(*calendar);
    }
    for (auto const& pause : table.placed_list("pause_while")) {
        if (pause.text != "on_leave")
            draft.faults.add(pause.at, fmt::format("\"{}\" is no pause", pause.text),
                             "\"on_leave\"");
        clock.pause_while.push_back(pause.text);
    }
    clock.warn_percent = static_cast<std::uint32_t>(table.integer_or("warn_percent", 75, 1, 100));
    clock.owner = table.text_or("owner", "");
    clock.after_home = table.truth_or("after_home", false);
    drafted.on = table.truth_or("on", true);
    return drafted;
}

}  // namespace

void read_clocks(config::Table root, Draft& draft) {
    read_calendars(root, draft);
    for (auto& table : root.tables("known_milestone")) {
        auto const code = table.placed("code");
        check_words(table.placed("words"), words_chars_max, draft.faults);
        draft.known_milestones.give(code, draft.faults);
    }
    for (auto& table : root.tables("stay_clock"))
        draft.drafted_clocks.push_back(read_clock(table, draft));
    for (auto const& code : root.placed_list("clocks_on"))
        draft.clocks_switched.push_back({code, true});
    for (auto const& code : root.placed_list("clocks_off"))
        draft.clocks_switched.push_back({code, false});
}

namespace {

void judge_switches(Draft& draft) {
    for (auto const& [code, on] : draft.clocks_switched) {
        auto found = false;
        for (auto& drafted : draft.drafted_clocks) {
            if (drafted.clock.code != code.text) continue;
            drafted.on = on;
            found = true;
        }
        if (!found)
            draft.faults.add(code.at, fmt::format("there is no clock `{}`", code.text),
                             config::did_you_mean(code.text, draft.clocks.all()));
    }
}

// Does something record it here? One that nobody ever heard of is a fault.
bool recorded_here(config::Placed const& event, Draft& draft) {
    auto const& builtin = core::clock_events();
    if (!event.given() || std::find(builtin.begin(), builtin.end(), event.text) != builtin.end() ||
        draft.milestones.has(event.text)) {
        return true;
    }
    if (!draft.known_milestones.has(event.text)) {
        std::vector<std::string> names(builtin.begin(), builtin.end());
        for (auto const& name : draft.milestones.all()) names.push_back(name);
        for (auto const& name : draft.known_milestones.all()) names.push_back(name);
        auto const near = config::did_you_mean(event.text, names);
        draft.faults.add(event.at, fmt::format("there is no event `{}`", event.text),
                         near.empty() ? "a clock runs from and to the events that config/README.md "
                                        "lists, or milestones"
                                      : near);
    }
    return false;
}

}  // namespace

void judge_clocks(Draft& draft) {
    draft.calendars.judge(draft.faults);
    judge_switches(draft);
    for (auto& [clock, start, stop, on] : draft.drafted_clocks) {
        std::vector<core::Code> missing;
        for (auto const& event : {start, stop}) {
            if (!recorded_here(event, draft)) missing.push_back(event.text);
        }
        if (on && missing.empty()) {
            draft.settings.config.clocks.push_back(clock);
        } else {
            draft.settings.clocks_off.push_back(
                {clock.code, on ? missing : std::vector<core::Code>{}});
        }
    }
}

}  // namespace washup::settings
