#pragma once
// The days a report is about, from its options: one of `date`, `week` (2026-W47), `month`
// (2026-11), or `from` and `to`. London dates, both included, and complete: today is none of them.

#include <vector>

#include "daemon/report/report.hpp"

namespace washup::report {

inline constexpr int period_days_max = 366;
// Stays are here for that many days after their end was recorded; older periods are asked of a
// state of their time.
inline constexpr int days_kept = 100;

enum class Span { day, week, month, range };

struct Days {
    Date first, last;
    Span span = Span::range;
    bool whole = true;  // false: it has not ended yet, and `last` is yesterday
    std::string words;  // "November 2026", "week 47 of 2026 (16 to 22 Nov)"
    bool hold(Date date) const { return first <= date && date <= last; }
    int count() const { return last - first + 1; }
};

// Without an option: the last complete one of `otherwise`. Error: more than one way to say it, no
// such date, longer than period_days_max, not begun yet, or before what the state still holds.
Result<Days> days_of(core::State const& state, Options const& options, Span otherwise);

// dd/mm/yyyy, as the published returns write dates.
std::string slashed(Date date);

inline constexpr OptionKind period_options[] = {
    {"date", "a day: 2026-11-20"}, {"week", "an ISO week: 2026-W47"},
    {"month", "a month: 2026-11"}, {"from", "the first day of a period"},
    {"to", "its last day"},
};

}  // namespace washup::report
