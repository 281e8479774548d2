#include "daemon/core/plausible.hpp"

namespace washup::core {

std::string doubt_of_time(Field field, Moment const& at, Instant now) {
    auto const plan = field == Field::expected_discharge || field == Field::review_on;
    if (at.at > now + (plan ? planned_ahead_max : happened_ahead_max)) {
        return plan ? "more than two years ahead" : "said before it happened";
    }
    if (field != Field::birth_date && at.at < now - long_past_max) return "more than ten years ago";
    return {};
}

std::string wrong_shape(Field field, Value const& value) {
    if (value.empty()) return {};
    switch (field) {
        case Field::admitted_at:
        case Field::expected_discharge:
        case Field::medically_optimised:
        case Field::discharge_ready:
        case Field::review_on:
        case Field::referred_at:
            return value.moment ? "" : "a date is needed";
        case Field::ideal_outcome:
        case Field::expected_outcome:
        case Field::actual_outcome:
        case Field::proposed_outcome:
        case Field::team:
            return value.code.empty() ? "a code is needed" : "";
        case Field::location:
            return value.location ? "" : "a place is needed";
        case Field::ending:
            for (auto const* how :
                 {ended::discharged, ended::died, ended::self_discharge, ended::transferred,
                  ended::left_without_notice, ended::recorded_in_error}) {
                if (value.code == how) return {};
            }
            return "this is no way that a stay ends";
        default:
            return {};
    }
}

void add_doubt(std::string& doubts, std::string const& more) {
    if (more.empty()) return;
    if (!doubts.empty()) doubts += "; ";
    doubts += more;
}

}  // namespace washup::core
