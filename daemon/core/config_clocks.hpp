#pragma once
// Clocks as a site defines them: from which event to which, how long, on whose hours. Part of
// Config; config/clocks holds what is shipped. What they say of a stay: clock.hpp.

#include <string>
#include <vector>

#include "daemon/core/calendar.hpp"
#include "daemon/core/value.hpp"

namespace washup::core {

// One span of one day of the week, in which a service works.
struct WeekHours {
    std::uint32_t weekday = 1;  // 1 = Monday ... 7 = Sunday
    OpenHours hours;
    static void describe(auto& self, auto&& field) {
        field(1, self.weekday);
        field(2, self.hours);
    }
    friend bool operator==(WeekHours const&, WeekHours const&) = default;
};

struct CalendarConfig {
    Code code;
    std::string words;
    std::vector<WeekHours> week;
    bool on_bank_holidays = false;  // they count as the days of the week that they are
    static void describe(auto& self, auto&& field) {
        field(1, self.code);
        field(2, self.words);
        field(3, self.week);
        field(4, self.on_bank_holidays);
    }
    friend bool operator==(CalendarConfig const&, CalendarConfig const&) = default;
};

enum class Limit : std::uint32_t { length = 1, same_day = 2, next_meeting = 3 };

struct ClockConfig {
    Code code;
    std::string words, short_words;
    Code start, stop;  // an event of clock_events(), or a milestone of the site
    Limit limit = Limit::length;
    Length length;                    // of a `length`
    Code calendar;                    // empty = always
    std::vector<Code> pause_while;    // "on_leave": this time does not count
    std::uint32_t warn_percent = 75;  // of the time that counts
    Code owner;                       // the role that a breach belongs to
    bool after_home = false;          // it runs on when the person has been discharged
    static void describe(auto& self, auto&& field) {
        field(1, self.code);
        field(2, self.words);
        field(3, self.short_words);
        field(4, self.start);
        field(5, self.stop);
        field(6, self.limit);
        field(7, self.length);
        field(8, self.calendar);
        field(9, self.pause_while);
        field(10, self.warn_percent);
        field(11, self.owner);
        field(12, self.after_home);
    }
    friend bool operator==(ClockConfig const&, ClockConfig const&) = default;
};

}  // namespace washup::core
