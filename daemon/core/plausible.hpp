#pragma once
// Times that can be written and can hardly be true: a ready date of next year, a plan for the year
// 2150. A source's is applied and shown doubtful, a person's is refused (product.md section 3).
// What is before or after something else of the stay is judged elsewhere.

#include <string>
#include <string_view>

#include "daemon/core/value.hpp"

namespace washup::core {

// What has happened may be dated this far ahead: a discharge entered for this evening.
inline constexpr Duration happened_ahead_max = hours(24);
// A plan, a review or a deadline further ahead is the wrong year.
inline constexpr Duration planned_ahead_max = hours(2 * 366 * 24);
// What is dated further back is the wrong year too; nobody waits ten years.
inline constexpr Duration long_past_max = hours(10 * 366 * 24);
// A blocker may be older than the admission, but not by more.
inline constexpr Duration blocker_early_max = hours(366 * 24);

// Why this time can hardly be true, in words; empty when it can.
std::string doubt_of_time(Field field, Moment const& at, Instant now);

// Why a value cannot be one of this field: a date without a date, an ending of no known kind. Empty
// when it can, and when nothing is said: that takes a value away.
std::string wrong_shape(Field field, Value const& value);

// Adds one doubt to others: "opened 0001-01-01, which is no time; reason to be mapped".
void add_doubt(std::string& doubts, std::string const& more);
void drop_doubt(std::string& doubts, std::string_view one);
// Of a blocker in words that no vocabulary knows yet.
inline constexpr char const* reason_to_be_mapped = "reason to be mapped";

inline constexpr char const* closed_before_opened = "closed before it opened";

// A reason in the form of a code is counted and stays open; a sentence may name somebody.
struct Why {
    Code code;
    Sealed words;
};
Why why_of(std::string const& said);

}  // namespace washup::core
