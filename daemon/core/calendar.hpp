#pragma once
// Which hours count: always, the hours of a service, or working days without bank holidays. Clocks
// and the limits of escalations are counted on one of these. Pure arithmetic on London's wall
// times; the days of the two clock changes have 23 and 25 hours. Not a diary of meetings.

#include <array>
#include <cstdint>
#include <set>
#include <string>
#include <vector>

#include "daemon/core/ids.hpp"
#include "proto/base/time.hpp"

namespace washup::core {

// Open from `from` until before `to`, in minutes of the London day; 1440 = its end.
struct OpenHours {
    std::int32_t from = 0, to = 24 * 60;
    static void describe(auto& self, auto&& field) {
        field(1, self.from);
        field(2, self.to);
    }
    friend bool operator==(OpenHours const&, OpenHours const&) = default;
};

// How long something may take, as the rule says it: "48h" are hours that count, "7d" are days that
// count, to the same time of day.
struct Length {
    enum class Unit : std::uint32_t { minutes = 1, days = 2 };
    Unit unit = Unit::minutes;
    std::int64_t count = 0;
    static void describe(auto& self, auto&& field) {
        field(1, self.unit);
        field(2, self.count);
    }
    friend bool operator==(Length const&, Length const&) = default;
};

// Days looked through before a calendar is taken to be closed for ever.
inline constexpr int calendar_days_max = 3660;

class Calendar {
  public:
    using Week = std::array<std::vector<OpenHours>, 7>;  // Monday first; spans in order, apart

    // `closed`: bank holidays, on which nothing counts.
    Calendar(Week week, std::set<Date> closed)
        : week_(std::move(week)), closed_(std::move(closed)) {}
    static Calendar always();

    bool open_at(Instant at) const;
    // The first instant from `at` on that counts; 0 = none within calendar_days_max.
    Instant next_open(Instant at) const;
    // When `length` has passed that counts; 0 = not within calendar_days_max. What starts outside
    // the hours that count starts with the next of them.
    Instant after(Instant from, Length length) const;
    // The time between two instants that counts; nothing when `to` is not after `from`.
    Duration between(Instant from, Instant to) const;

  private:
    struct Span {
        Instant from, to;
    };
    std::vector<Span> spans_of(Date date) const;

    Week week_;
    std::set<Date> closed_;
};

}  // namespace washup::core
