#pragma once
// Instants, London dates and the words for them. Pure: nothing here asks a clock (clock.hpp does).
// Instants are UTC milliseconds since 1970; days are dates in Europe/London, because a bed day is a
// midnight in London and never 24 hours (product.md section 3).

#include <compare>
#include <cstdint>
#include <string>
#include <string_view>

#include "proto/base/result.hpp"

namespace washup {

struct Duration {
    std::int64_t ms = 0;
    friend constexpr auto operator<=>(Duration, Duration) = default;
    friend constexpr Duration operator+(Duration a, Duration b) { return {a.ms + b.ms}; }
    friend constexpr Duration operator-(Duration a, Duration b) { return {a.ms - b.ms}; }
};
constexpr Duration milliseconds(std::int64_t n) {
    return {n};
}
constexpr Duration seconds(std::int64_t n) {
    return {n * 1000};
}
constexpr Duration minutes(std::int64_t n) {
    return seconds(n * 60);
}
constexpr Duration hours(std::int64_t n) {
    return minutes(n * 60);
}

struct Instant {
    std::int64_t ms = 0;  // since 1970-01-01T00:00:00Z; 0 stands for "none" where said so
    friend constexpr auto operator<=>(Instant, Instant) = default;
    friend constexpr Instant operator+(Instant t, Duration d) { return {t.ms + d.ms}; }
    friend constexpr Instant operator-(Instant t, Duration d) { return {t.ms - d.ms}; }
    friend constexpr Duration operator-(Instant a, Instant b) { return {a.ms - b.ms}; }
};

// Milliseconds since boot, suspended time included (CLOCK_BOOTTIME). Never goes back; for
// heartbeats, timeouts and ages of links, which are always real.
struct SteadyInstant {
    std::int64_t ms = 0;
    friend constexpr auto operator<=>(SteadyInstant, SteadyInstant) = default;
    friend constexpr Duration operator-(SteadyInstant a, SteadyInstant b) { return {a.ms - b.ms}; }
    friend constexpr SteadyInstant operator+(SteadyInstant t, Duration d) { return {t.ms + d.ms}; }
};

// A calendar date, as days since 1970-01-01.
struct Date {
    std::int32_t days = 0;
    friend constexpr auto operator<=>(Date, Date) = default;
    friend constexpr Date operator+(Date d, int n) { return {d.days + n}; }
    friend constexpr Date operator-(Date d, int n) { return {d.days - n}; }
    friend constexpr int operator-(Date a, Date b) { return a.days - b.days; }
};

enum class Precision : std::uint8_t { minute = 0, date = 1 };

// A time as somebody gave it: with a time of day, or a date alone. A date alone is kept as the
// instant of its first London midnight; it is not "midnight" (adapters.md 3.1).
struct Moment {
    Instant at;
    Precision precision = Precision::minute;
    friend constexpr auto operator<=>(Moment const&, Moment const&) = default;
};

Date make_date(int year, unsigned month, unsigned day);
bool valid_date(int year, unsigned month, unsigned day);

// The London date an instant falls on.
Date london_date(Instant at);
// The instant at which a London date begins.
Instant london_midnight(Date date);
// An instant that came without its precision, as it was meant: nobody does anything on the stroke
// of a London midnight, so that is a date alone.
Moment as_said(Instant at);
// When what was said has certainly come: a date alone may be any hour of its London day.
Instant certain_by(Moment const& moment);
// A London wall time; in the hour that is skipped in March it is the first instant after it, in the
// hour that comes twice in October it is the first of the two.
Instant london_time(Date date, int hour, int minute, int second = 0, int millisecond = 0);

struct WallTime {
    int year = 0;
    unsigned month = 0, day = 0;
    int hour = 0, minute = 0, second = 0;
    int weekday = 0;  // 1 = Monday ... 7 = Sunday
};
WallTime london_wall(Instant at);
int weekday(Date date);  // 1 = Monday ... 7 = Sunday

// RFC 3339: "2026-11-22T09:14:07+00:00" with London's offset, and "2026-11-22".
std::string to_rfc3339(Instant at);
std::string to_iso(Date date);
std::string to_text(Moment const& moment);  // RFC 3339, or the date alone
// Short words for a screen: "9 Nov", "Mon".
std::string day_month(Date date);
std::string weekday_short(Date date);
std::string clock_time(Instant at, bool with_seconds = false);  // "09:14" in London

// ISO 8601 / RFC 3339, with or without offset (London then) and time. Error names the text's fault.
Result<Moment> parse_moment(std::string_view text);

}  // namespace washup
