#include "daemon/core/plausible.hpp"

namespace washup::core {

std::string doubt_of_time(Field field, Moment const& at, Instant now) {
    auto const plan = field == Field::expected_discharge || field == Field::review_on;
    if (at.at > now + (plan ? planned_ahead_max : happened_ahead_max)) {
        return plan ? "more than two years ahead" : "in the future";
    }
    if (field != Field::birth_date && at.at < now - long_past_max) return "more than ten years ago";
    return {};
}

void add_doubt(std::string& doubts, std::string const& more) {
    if (more.empty()) return;
    if (!doubts.empty()) doubts += "; ";
    doubts += more;
}

}  // namespace washup::core
