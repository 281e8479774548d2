#include <fmt/format.h>

#include <array>
#include <charconv>
#include <utility>

#include "config/load/tree.hpp"

namespace washup::config {
namespace {

constexpr std::array<std::pair<std::string_view, std::int64_t>, 5> units{
    {{"d", 86'400'000}, {"h", 3'600'000}, {"m", 60'000}, {"s", 1000}, {"ms", 1}}};

}  // namespace

Result<Duration> parse_duration(std::string_view text) {
    std::int64_t count = 0;
    auto const* const end = text.data() + text.size();
    auto const [after, failure] = std::from_chars(text.data(), end, count);
    if (failure == std::errc{} && count >= 0) {
        auto const unit = std::string_view(after, static_cast<std::size_t>(end - after));
        for (auto const& [name, ms] : units) {
            if (unit == name && count <= std::numeric_limits<std::int64_t>::max() / ms)
                return Duration{count * ms};
        }
    }
    return invalid("a length of time is a whole number and ms, s, m, h or d");
}

std::string to_text(Duration duration) {
    for (auto const& [name, ms] : units) {
        if (duration.ms != 0 && duration.ms % ms == 0)
            return fmt::format("{}{}", duration.ms / ms, name);
    }
    return fmt::format("{}s", duration.ms / 1000);
}

}  // namespace washup::config
