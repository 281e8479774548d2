#include "daemon/core/calendar.hpp"

#include <algorithm>

namespace washup::core {
namespace {

Instant wall(Date date, std::int32_t minute) {
    if (minute >= 24 * 60) return london_midnight(date + 1);
    return london_time(date, minute / 60, minute % 60);
}

// The same time of day on another date.
Instant same_time(Instant at, Date date) {
    auto const time = london_wall(at);
    auto const ms = static_cast<int>((at.ms % 1000 + 1000) % 1000);
    return london_time(date, time.hour, time.minute, time.second, ms);
}

}  // namespace

Calendar Calendar::always() {
    Week week;
    for (auto& day : week) day = {OpenHours{}};
    return {std::move(week), {}};
}

std::vector<Calendar::Span> Calendar::spans_of(Date date) const {
    std::vector<Span> spans;
    if (closed_.contains(date)) return spans;
    for (auto const& open : week_[static_cast<std::size_t>(weekday(date) - 1)]) {
        // In the hour that is skipped in March both ends may be one instant.
        Span const span{wall(date, open.from), wall(date, open.to)};
        if (span.from < span.to) spans.push_back(span);
    }
    return spans;
}

bool Calendar::open_at(Instant at) const {
    auto const spans = spans_of(london_date(at));
    return std::any_of(spans.begin(), spans.end(),
                       [at](Span const& span) { return span.from <= at && at < span.to; });
}

Instant Calendar::next_open(Instant at) const {
    auto const first = london_date(at);
    for (auto date = first; date <= first + calendar_days_max; date = date + 1) {
        for (auto const& span : spans_of(date)) {
            if (at < span.to) return std::max(at, span.from);
        }
    }
    return {};
}

Instant Calendar::after(Instant from, Length length) const {
    auto const start = next_open(from);
    if (start.ms == 0 || length.count <= 0) return start;
    auto const first = london_date(start);
    if (length.unit == Length::Unit::days) {
        auto left = length.count;
        for (auto date = first + 1; date <= first + calendar_days_max; date = date + 1) {
            if (!spans_of(date).empty() && --left == 0) return same_time(start, date);
        }
        return {};
    }
    auto left = minutes(length.count);
    for (auto date = first; date <= first + calendar_days_max; date = date + 1) {
        for (auto const& span : spans_of(date)) {
            auto const begin = std::max(span.from, start);
            if (begin >= span.to) continue;
            if (left <= span.to - begin) return begin + left;
            left = left - (span.to - begin);
        }
    }
    return {};
}

Duration Calendar::between(Instant from, Instant to) const {
    Duration sum;
    if (to <= from) return sum;
    auto const last = london_date(to);
    for (auto date = london_date(from); date <= last; date = date + 1) {
        for (auto const& span : spans_of(date)) {
            auto const begin = std::max(span.from, from), end = std::min(span.to, to);
            if (begin < end) sum = sum + (end - begin);
        }
    }
    return sum;
}

}  // namespace washup::core
