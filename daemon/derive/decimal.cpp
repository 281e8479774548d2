#include "daemon/derive/decimal.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>

#include "proto/base/check.hpp"

namespace washup::derive {
namespace {

std::int64_t scale_of(int decimals) {
    WASHUP_CHECK(decimals >= 0 && decimals <= 6, "as many decimals as reports have use for");
    std::int64_t scale = 1;
    for (int i = 0; i < decimals; ++i) scale *= 10;
    return scale;
}

}  // namespace

std::string ratio(std::int64_t numerator, std::int64_t denominator, int decimals) {
    if (denominator <= 0) return {};
    auto const scale = scale_of(decimals);
    auto const size = static_cast<std::uint64_t>(std::llabs(numerator));
    auto const by = static_cast<std::uint64_t>(denominator);
    auto const units = (2 * size * static_cast<std::uint64_t>(scale) + by) / (2 * by);
    auto const* const sign = numerator < 0 && units != 0 ? "-" : "";
    auto const whole = units / static_cast<std::uint64_t>(scale);
    if (decimals == 0) return fmt::format("{}{}", sign, whole);
    return fmt::format("{}{}.{:0{}}", sign, whole, units % static_cast<std::uint64_t>(scale),
                       decimals);
}

std::string decimal(double value, int decimals) {
    auto const scale = static_cast<double>(scale_of(decimals));
    auto const rounded = std::round(value * scale) / scale;
    return fmt::format("{:.{}f}", rounded == 0 ? 0.0 : rounded, decimals);
}

}  // namespace washup::derive
