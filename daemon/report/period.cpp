#include "daemon/report/period.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

namespace washup::report {
namespace {

std::string given(Options const& options, char const* key) {
    auto const it = options.find(key);
    return it == options.end() ? std::string{} : it->second;
}

bool digits(std::string_view text) {
    return !text.empty() &&
           std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}
int number(std::string_view text) {
    int value = 0;
    std::from_chars(text.data(), text.data() + text.size(), value);
    return value;
}

std::optional<Date> read_date(std::string const& text) {
    if (text.size() != 10 || text[4] != '-' || text[7] != '-') return {};
    auto const year = text.substr(0, 4), month = text.substr(5, 2), day = text.substr(8, 2);
    if (!digits(year) || !digits(month) || !digits(day)) return {};
    auto const m = static_cast<unsigned>(number(month)), d = static_cast<unsigned>(number(day));
    if (!valid_date(number(year), m, d)) return {};
    return make_date(number(year), m, d);
}

Date monday_of_week(int year, int week) {
    auto const fourth = make_date(year, 1, 4);  // always in the first week
    return fourth - (weekday(fourth) - 1) + (week - 1) * 7;
}

Days week_from(Date monday) {
    Days days{monday, monday + 6, Span::week, true, {}};
    auto const thursday = london_wall(london_midnight(monday + 3));
    auto const first = monday_of_week(thursday.year, 1);
    days.words = fmt::format("week {} of {}, {} to {}", (monday - first) / 7 + 1, thursday.year,
                             day_month(days.first), day_month(days.last));
    return days;
}

Days month_from(int year, unsigned month) {
    static constexpr char const* names[] = {"January",   "February", "March",    "April",
                                            "May",       "June",     "July",     "August",
                                            "September", "October",  "November", "December"};
    auto const next = month == 12 ? make_date(year + 1, 1, 1) : make_date(year, month + 1, 1);
    return {make_date(year, month, 1), next - 1, Span::month, true,
            fmt::format("{} {}", names[month - 1], year)};
}

std::string with_year(Date date) {
    return fmt::format("{} {}", day_month(date), london_wall(london_midnight(date)).year);
}
Days day_of(Date date) {
    return {date, date, Span::day, true, weekday_short(date) + " " + with_year(date)};
}

Result<Days> read_week(std::string const& text) {
    auto const wrong = invalid(fmt::format("\"{}\" is no week; write 2026-W47", text), "week");
    if (text.size() != 8 || text[4] != '-' || (text[5] != 'W' && text[5] != 'w')) return wrong;
    auto const year = text.substr(0, 4), week = text.substr(6);
    if (!digits(year) || !digits(week) || !valid_date(number(year), 1, 1)) return wrong;
    auto const last = (monday_of_week(number(year) + 1, 1) - monday_of_week(number(year), 1)) / 7;
    if (number(week) < 1 || number(week) > last) return wrong;
    return week_from(monday_of_week(number(year), number(week)));
}

Result<Days> read_month(std::string const& text) {
    auto const first = text.size() == 7 ? read_date(text + "-01") : std::nullopt;
    if (!first) return invalid(fmt::format("\"{}\" is no month; write 2026-11", text), "month");
    auto const wall = london_wall(london_midnight(*first));
    return month_from(wall.year, wall.month);
}

Result<Days> read_range(std::string const& from, std::string const& to) {
    auto const first = read_date(from), last = read_date(to);
    if (!first) return invalid(fmt::format("\"{}\" is no date; write 2026-11-02", from), "from");
    if (!last) return invalid(fmt::format("\"{}\" is no date; write 2026-11-20", to), "to");
    if (*last < *first) return invalid("the period ends before it begins", "to");
    return Days{*first, *last, Span::range, true,
                fmt::format("{} to {}", with_year(*first), with_year(*last))};
}

Days last_complete(Date today, Span span) {
    if (span == Span::week) return week_from(today - (weekday(today) - 1) - 7);
    if (span != Span::month) return day_of(today - 1);
    auto const wall = london_wall(london_midnight(today));
    return wall.month == 1 ? month_from(wall.year - 1, 12) : month_from(wall.year, wall.month - 1);
}

Result<Days> named_days(core::State const& state, Options const& options, Span otherwise) {
    auto const date = given(options, "date"), week = given(options, "week"),
               month = given(options, "month"), from = given(options, "from"),
               to = given(options, "to");
    auto const ways = int{!date.empty()} + int{!week.empty()} + int{!month.empty()} +
                      int{!from.empty() || !to.empty()};
    if (ways > 1) return invalid("say the period in one way: date, week, month, or from and to");
    if (!week.empty()) return read_week(week);
    if (!month.empty()) return read_month(month);
    if (!from.empty() || !to.empty()) return read_range(from, to);
    if (date.empty()) return last_complete(state.today, otherwise);
    auto const day = read_date(date);
    if (!day) return invalid(fmt::format("\"{}\" is no date; write 2026-11-20", date), "date");
    return day_of(*day);
}

std::string blamed(Options const& options) {
    for (auto const& option : period_options) {
        if (!given(options, std::string(option.key).c_str()).empty())
            return std::string(option.key);
    }
    return "date";
}

}  // namespace

Result<Days> days_of(core::State const& state, Options const& options, Span otherwise) {
    auto days = named_days(state, options, otherwise);
    if (!days) return days;
    if (days->count() > period_days_max) {
        return Error{ErrorCode::too_large,
                     fmt::format("{} days are more than {}", days->count(), period_days_max), "to"};
    }
    auto const field = blamed(options);
    if (days->first >= state.today) {
        return invalid(fmt::format("{} is not over: reports are about complete days, and today is "
                                   "{}",
                                   to_iso(days->first), to_iso(state.today)),
                       field);
    }
    if (days->last >= state.today) {
        days->last = state.today - 1;
        days->whole = false;
        days->words += fmt::format(", so far to {}", day_month(days->last));
    }
    if (days->first < state.today - days_kept) {
        return invalid(
            fmt::format("{} is longer ago than stays are held after their end ({} days): ask with "
                        "--true-at \"{} 12:00\"",
                        to_iso(days->first), days_kept, to_iso(days->last + 1)),
            field);
    }
    return days;
}

std::string slashed(Date date) {
    auto const iso = to_iso(date);
    return iso.substr(8, 2) + "/" + iso.substr(5, 2) + "/" + iso.substr(0, 4);
}

}  // namespace washup::report
