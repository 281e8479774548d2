#include "adapters/csv/plain_name.hpp"

#include <fmt/format.h>

#include "adapters/csv/row_mapper.hpp"

namespace washup::csv {
namespace {

constexpr std::size_t digest_octets_told = 4;

bool tells_nothing(std::string_view text) {
    std::size_t digits = 0;
    for (char const c : text) {
        if (c >= '0' && c <= '9') {
            ++digits;
        } else if (c != '-' && c != '_' && c != 'T') {
            return false;
        }
    }
    auto const time = time_in_name(text);
    std::size_t const of_date = 8, of_minute = 12, of_second = 14;
    auto const of_time = !time                                ? 0
                         : time->precision == Precision::date ? of_date
                         : digits >= of_second                ? of_second
                                                              : of_minute;
    return digits <= of_time + count_digits_max;
}

// "-2026-11-22", "-20261122T093000": as time_in_name reads it again.
std::string time_told(std::string_view file_name) {
    auto const time = time_in_name(file_name);
    if (!time) return {};
    if (time->precision == Precision::date) return "-" + to_iso(london_date(time->at));
    auto const wall = london_wall(time->at);
    return fmt::format("-{:04}{:02}{:02}T{:02}{:02}{:02}", wall.year, wall.month, wall.day,
                       wall.hour, wall.minute, wall.second);
}

}  // namespace

std::string plain_name(Profile const& profile, std::string_view file_name,
                       Digest256 const& digest) {
    auto const mark = "-" + to_hex(as_bytes(digest).substr(0, digest_octets_told));
    auto const* const kind = kind_of_file(profile, file_name);
    if (kind == nullptr) {
        auto const is_csv = file_name.ends_with(".csv") || file_name.ends_with(".CSV");
        return "file" + mark + (is_csv ? ".csv" : "");
    }
    auto const& pattern = kind->pattern;
    auto const first = pattern.find_first_of("*?");
    if (first == std::string::npos) return std::string{file_name};
    auto const after = pattern.size() - pattern.find_last_of("*?") - 1;
    auto const middle = file_name.substr(first, file_name.size() - first - after);
    if (tells_nothing(middle)) return std::string{file_name};
    auto plain = pattern.substr(0, first) + time_told(file_name) + mark +
                 pattern.substr(pattern.size() - after);
    // A pattern with more than one sign may not take it; then its kind is all that is left to tell.
    return kind_of_file(profile, plain) == kind ? plain : std::string{file_name};
}

}  // namespace washup::csv
