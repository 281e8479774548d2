#include "proto/base/time.hpp"

#include <date/date.h>
#include <date/tz.h>
#include <fmt/format.h>

#include <array>
#include <chrono>
#include <mutex>

namespace washup {
namespace {

using SysMs = date::sys_time<std::chrono::milliseconds>;
using LocalMs = date::local_time<std::chrono::milliseconds>;

date::time_zone const* london() {
    static date::time_zone const* const zone = date::locate_zone("Europe/London");
    return zone;
}

SysMs to_sys(Instant at) {
    return SysMs{std::chrono::milliseconds{at.ms}};
}

// The offset in force and how long it stays so. Kept per thread, because nearly every instant of a
// run lies between the same two clock changes.
std::int64_t offset_ms(Instant at) {
    thread_local std::int64_t from = 1, until = 0, offset = 0;
    if (at.ms < from || at.ms >= until) {
        auto const info = london()->get_info(date::floor<std::chrono::seconds>(to_sys(at)));
        from = std::int64_t{info.begin.time_since_epoch().count()} * 1000;
        until = std::int64_t{info.end.time_since_epoch().count()} * 1000;
        offset = std::chrono::duration_cast<std::chrono::milliseconds>(info.offset).count();
    }
    return offset;
}

constexpr std::int64_t day_ms = 86'400'000;

std::int64_t floor_days(std::int64_t ms) {
    return (ms >= 0 ? ms : ms - (day_ms - 1)) / day_ms;
}

date::year_month_day ymd(Date date) {
    return date::sys_days{date::days{date.days}};
}

bool digits(std::string_view text, std::size_t from, std::size_t count, int& out) {
    if (from + count > text.size()) return false;
    out = 0;
    for (std::size_t i = from; i < from + count; ++i) {
        if (text[i] < '0' || text[i] > '9') return false;
        out = out * 10 + (text[i] - '0');
    }
    return true;
}

}  // namespace

bool valid_date(int year, unsigned month, unsigned day) {
    return year >= 1800 && year <= 9999 &&
           date::year_month_day{date::year{year}, date::month{month}, date::day{day}}.ok();
}

Date make_date(int year, unsigned month, unsigned day) {
    auto const value = date::year_month_day{date::year{year}, date::month{month}, date::day{day}};
    return Date{static_cast<std::int32_t>(date::sys_days{value}.time_since_epoch().count())};
}

Date london_date(Instant at) {
    return Date{static_cast<std::int32_t>(floor_days(at.ms + offset_ms(at)))};
}

Instant london_midnight(Date date) {
    return london_time(date, 0, 0);
}

Moment as_said(Instant at) {
    auto const by_date = at == london_midnight(london_date(at));
    return {at, by_date ? Precision::date : Precision::minute};
}

Instant certain_by(Moment const& moment) {
    return moment.precision == Precision::date ? london_midnight(london_date(moment.at) + 1)
                                               : moment.at;
}

Instant london_time(Date date, int hour, int minute, int second, int millisecond) {
    auto const local = LocalMs{date::local_days{date::days{date.days}} + std::chrono::hours{hour} +
                               std::chrono::minutes{minute} + std::chrono::seconds{second} +
                               std::chrono::milliseconds{millisecond}};
    auto const sys = london()->to_sys(local, date::choose::earliest);
    return Instant{
        std::chrono::duration_cast<std::chrono::milliseconds>(sys.time_since_epoch()).count()};
}

WallTime london_wall(Instant at) {
    auto const local = at.ms + offset_ms(at);
    auto const days = floor_days(local);
    auto const rest = (local - days * day_ms) / 1000;
    auto const date = Date{static_cast<std::int32_t>(days)};
    auto const value = ymd(date);
    return WallTime{.year = int{value.year()},
                    .month = unsigned{value.month()},
                    .day = unsigned{value.day()},
                    .hour = static_cast<int>(rest / 3600),
                    .minute = static_cast<int>(rest / 60 % 60),
                    .second = static_cast<int>(rest % 60),
                    .weekday = weekday(date)};
}

int weekday(Date date) {
    return static_cast<int>(date::weekday{date::sys_days{date::days{date.days}}}.iso_encoding());
}

std::string to_rfc3339(Instant at) {
    auto const wall = london_wall(at);
    auto const offset = offset_ms(at) / 60'000;
    auto const ms = ((at.ms % 1000) + 1000) % 1000;
    auto const fraction = ms == 0 ? std::string{} : fmt::format(".{:03}", ms);
    return fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}{}{}{:02}:{:02}", wall.year, wall.month,
                       wall.day, wall.hour, wall.minute, wall.second, fraction,
                       offset < 0 ? '-' : '+', std::abs(offset) / 60, std::abs(offset) % 60);
}

std::string to_iso(Date date) {
    auto const value = ymd(date);
    return fmt::format("{:04}-{:02}-{:02}", int{value.year()}, unsigned{value.month()},
                       unsigned{value.day()});
}

std::string to_text(Moment const& moment) {
    return moment.precision == Precision::date ? to_iso(london_date(moment.at))
                                               : to_rfc3339(moment.at);
}

std::string day_month(Date date) {
    static constexpr std::array names{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                      "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    auto const value = ymd(date);
    return fmt::format("{} {}", unsigned{value.day()}, names[unsigned{value.month()} - 1]);
}

std::string weekday_short(Date date) {
    static constexpr std::array names{"Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"};
    return names[static_cast<std::size_t>(weekday(date) - 1)];
}

std::string clock_time(Instant at, bool with_seconds) {
    auto const wall = london_wall(at);
    return with_seconds ? fmt::format("{:02}:{:02}:{:02}", wall.hour, wall.minute, wall.second)
                        : fmt::format("{:02}:{:02}", wall.hour, wall.minute);
}

Result<Moment> parse_moment(std::string_view text) {
    // The text itself stays out: the word in a date's place may be somebody's name.
    auto const fault = [](char const* why) {
        return invalid(fmt::format("not a time: {}; write 2026-11-22 or 2026-11-22T09:14", why));
    };
    int year = 0, month = 0, day = 0;
    if (text.size() < 10 || text[4] != '-' || text[7] != '-' || !digits(text, 0, 4, year) ||
        !digits(text, 5, 2, month) || !digits(text, 8, 2, day)) {
        return fault("it does not begin with year-month-day");
    }
    if (!valid_date(year, static_cast<unsigned>(month), static_cast<unsigned>(day))) {
        return fault("there is no such day");
    }
    auto const date = make_date(year, static_cast<unsigned>(month), static_cast<unsigned>(day));
    if (text.size() == 10) return Moment{london_midnight(date), Precision::date};
    int hour = 0, minute = 0, second = 0, millisecond = 0;
    if (text.size() < 16 || (text[10] != 'T' && text[10] != ' ') || text[13] != ':' ||
        !digits(text, 11, 2, hour) || !digits(text, 14, 2, minute) || hour > 23 || minute > 59) {
        return fault("the time of day is not hh:mm");
    }
    std::size_t at = 16;
    if (at < text.size() && text[at] == ':') {
        if (!digits(text, at + 1, 2, second) || second > 59) return fault("the seconds are not ss");
        at += 3;
        if (at < text.size() && text[at] == '.') {
            ++at;
            if (at == text.size() || text[at] < '0' || text[at] > '9') {
                return fault("no digits follow the point of the seconds");
            }
            for (int scale = 100; at < text.size() && text[at] >= '0' && text[at] <= '9'; ++at) {
                millisecond += (text[at] - '0') * scale;
                scale /= 10;
            }
        }
    }
    if (at == text.size()) {
        return Moment{london_time(date, hour, minute, second, millisecond), Precision::minute};
    }
    std::int64_t offset_minutes = 0;
    if (text[at] == 'Z' && at + 1 == text.size()) {
        offset_minutes = 0;
    } else if ((text[at] == '+' || text[at] == '-') && text.size() == at + 6 &&
               text[at + 3] == ':') {
        int oh = 0, om = 0;
        if (!digits(text, at + 1, 2, oh) || !digits(text, at + 4, 2, om) || oh > 23 || om > 59) {
            return fault("the offset is not +hh:mm");
        }
        offset_minutes = (oh * 60 + om) * (text[at] == '-' ? -1 : 1);
    } else {
        return fault("something follows the time");
    }
    auto const utc = (std::int64_t{date.days} * day_ms) +
                     ((hour * 60 + minute - offset_minutes) * 60 + second) * 1000 + millisecond;
    return Moment{Instant{utc}, Precision::minute};
}

}  // namespace washup
