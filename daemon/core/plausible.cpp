#include "daemon/core/plausible.hpp"

#include <algorithm>

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

void drop_doubt(std::string& doubts, std::string_view one) {
    constexpr std::string_view between = "; ";
    std::string kept;
    for (std::size_t at = 0; at < doubts.size();) {
        auto const end = std::min(doubts.find(between, at), doubts.size());
        auto const part = doubts.substr(at, end - at);
        if (part != one) add_doubt(kept, part);
        at = end + between.size();
    }
    doubts = std::move(kept);
}

Why why_of(std::string const& said) {
    constexpr std::size_t code_letters = 32;
    auto const in_code = [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
    };
    auto const is_code =
        said.size() <= code_letters && std::all_of(said.begin(), said.end(), in_code);
    return is_code ? Why{said, {}} : Why{{}, Sealed{said, {}}};
}

}  // namespace washup::core
