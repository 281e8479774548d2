#pragma once
// Times as a test writes them: "2026-11-09 08:30" in London, or a date alone.

#include <string_view>

#include "proto/base/check.hpp"
#include "proto/base/time.hpp"

namespace washup::test_support {

inline Moment moment(std::string_view text) {
    auto const parsed = parse_moment(text);
    WASHUP_CHECK(parsed.has_value(), "a test writes times that exist");
    return *parsed;
}
inline Instant instant(std::string_view text) {
    return moment(text).at;
}
inline Date day(std::string_view text) {
    return london_date(instant(text));
}

}  // namespace washup::test_support
