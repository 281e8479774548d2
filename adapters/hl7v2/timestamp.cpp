#include "adapters/hl7v2/timestamp.hpp"

#include <date/date.h>
#include <date/tz.h>

#include <chrono>
#include <cstdlib>

#include "adapters/hl7v2/framer.hpp"

namespace washup::hl7v2 {
namespace {

using Ms = std::chrono::milliseconds;

// What stands in the text, before anybody asks whether there is such a time.
struct Spelled {
    int year = 0, month = 0, day = 0;  // 0 = not said
    int hour = -1, minute = 0, second = 0, millisecond = 0;
    std::optional<int> offset_minutes;
};

class Reader {
  public:
    explicit Reader(std::string_view text) : text_(text) {}
    bool done() const { return text_.empty(); }
    char peek() const { return text_.empty() ? '\0' : text_.front(); }
    bool skip(char c) {
        if (peek() != c) return false;
        text_.remove_prefix(1);
        return true;
    }
    bool digit() const { return peek() >= '0' && peek() <= '9'; }
    bool digits(std::size_t count, int& out) {
        if (text_.size() < count) return false;
        int value = 0;
        for (std::size_t i = 0; i < count; ++i) {
            if (text_[i] < '0' || text_[i] > '9') return false;
            value = value * 10 + (text_[i] - '0');
        }
        out = value;
        text_.remove_prefix(count);
        return true;
    }

  private:
    std::string_view text_;
};

bool read_offset(Reader& in, Spelled& out) {
    if (in.skip('Z')) {
        out.offset_minutes = 0;
        return true;
    }
    auto const negative = in.peek() == '-';
    if (!in.skip('+') && !in.skip('-')) return false;
    // A sign with nothing behind it is dirt after the value (seen after birth dates), no offset.
    if (in.done()) return true;
    int hours = 0, minutes = 0;
    if (!in.digits(2, hours)) return false;
    in.skip(':');
    if (!in.done() && !in.digits(2, minutes)) return false;
    if (hours > 14 || minutes > 59) return false;
    out.offset_minutes = (hours * 60 + minutes) * (negative ? -1 : 1);
    return true;
}

bool read_clock(Reader& in, Spelled& out) {
    if (!in.digits(2, out.hour)) return false;
    auto const colons = in.skip(':');
    if (in.digit() && !in.digits(2, out.minute)) return false;
    if (colons) in.skip(':');
    if (in.digit() && !in.digits(2, out.second)) return false;
    if (in.skip('.')) {
        for (int scale = 100; in.digit(); scale /= 10) {
            int figure = 0;
            in.digits(1, figure);
            out.millisecond += figure * scale;
        }
    }
    auto const whole_day = out.hour == 24 && out.minute == 0 && out.second == 0;
    return (out.hour < 24 || whole_day) && out.minute < 60 && out.second < 60;
}

// Error words hold no value: they end in logs.
Result<Spelled> spell(std::string_view text) {
    Reader in{trimmed(text)};
    Spelled out;
    if (!in.digits(4, out.year)) return invalid("it does not begin with a year of four digits");
    auto const dashes = in.peek() == '-' && text.find('-', 5) != std::string_view::npos;
    if (dashes) in.skip('-');
    if (in.digit() && !in.digits(2, out.month)) return invalid("the month is not two digits");
    if (dashes) in.skip('-');
    if (in.digit() && !in.digits(2, out.day)) return invalid("the day is not two digits");
    if (out.day != 0) {
        auto const blank = in.skip('T') || in.skip(' ');
        while (blank && in.skip(' ')) {
        }
        if (in.digit() && !read_clock(in, out)) return invalid("there is no such time of day");
    }
    if (in.peek() == ' ') in.skip(' ');
    if (!in.done() && !read_offset(in, out)) return invalid("something follows the time");
    if (!in.done()) return invalid("something follows the time");
    // 0001 and 9999 are what programs write when they know no date.
    if (out.year < 1850 || out.year > 2199) return invalid("the year cannot be meant");
    if (out.month > 12) return invalid("there is no such month");
    auto const day = static_cast<unsigned>(out.day);
    if (out.day != 0 && !valid_date(out.year, static_cast<unsigned>(out.month), day)) {
        return invalid("there is no such day");
    }
    return out;
}

Instant to_instant(Ms since_epoch) {
    return Instant{since_epoch.count()};
}

Instant from_wall(date::time_zone const& zone, date::local_time<Ms> local,
                  std::optional<Instant> near) {
    auto const info = zone.get_info(date::floor<std::chrono::seconds>(local));
    if (info.result == date::local_info::nonexistent) {
        return to_instant(std::chrono::duration_cast<Ms>(info.first.end.time_since_epoch()));
    }
    auto const first = to_instant(local.time_since_epoch() - info.first.offset);
    if (info.result == date::local_info::unique || !near) return first;
    auto const second = to_instant(local.time_since_epoch() - info.second.offset);
    auto const distance = [&](Instant at) { return Duration{std::abs((*near - at).ms)}; };
    return distance(second) <= hours(2) && distance(second) < distance(first) ? second : first;
}

date::time_zone const* rules_of(Zone const& zone) {
    return static_cast<date::time_zone const*>(zone.rules());
}

}  // namespace

Zone::Zone() {
    static date::time_zone const* const london = date::locate_zone("Europe/London");
    rules_ = london;
}

Result<Zone> Zone::find(std::string const& name) {
    try {
        return Zone{date::locate_zone(name)};
    } catch (std::exception const&) {
        return invalid("\"" + name +
                       "\" is not a time zone of the system's tzdata; write "
                       "Europe/London");
    }
}

Result<Moment> read_time(std::string_view text, Zone const& zone, std::optional<Instant> near) {
    auto const spelled = spell(text);
    if (!spelled) return spelled.error();
    auto const& s = *spelled;
    if (s.day == 0) return invalid("it has no day");
    auto const date =
        make_date(s.year, static_cast<unsigned>(s.month), static_cast<unsigned>(s.day));
    if (s.hour < 0) return Moment{london_midnight(date), Precision::date};
    auto const day_time = std::chrono::hours{s.hour} + std::chrono::minutes{s.minute} +
                          std::chrono::seconds{s.second} + Ms{s.millisecond};
    if (s.offset_minutes) {
        auto const utc = date::sys_days{date::days{date.days}} + day_time -
                         std::chrono::minutes{*s.offset_minutes};
        return Moment{to_instant(std::chrono::duration_cast<Ms>(utc.time_since_epoch())),
                      Precision::minute};
    }
    date::local_time<Ms> const local = date::local_days{date::days{date.days}} + day_time;
    return Moment{from_wall(*rules_of(zone), local, near), Precision::minute};
}

Result<std::string> read_birth_date(std::string_view text) {
    auto const spelled = spell(text);
    if (!spelled) return spelled.error();
    auto const two = [](int n) { return (n < 10 ? "-0" : "-") + std::to_string(n); };
    auto out = std::to_string(spelled->year);
    if (spelled->month != 0) out += two(spelled->month);
    if (spelled->day != 0) out += two(spelled->day);
    return out;
}

std::string time_digits(std::string_view text) {
    std::string out;
    for (char const c : trimmed(text)) {
        if (c == '+' || c == 'Z' || c == '.' || out.size() == 12) break;
        if (c >= '0' && c <= '9') out += c;
    }
    return out;
}

}  // namespace washup::hl7v2
