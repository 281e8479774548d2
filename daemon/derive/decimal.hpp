#pragma once
// Numbers as reports publish them: fixed decimals, rounded half away from nought, made without
// floating point where both parts are whole. What cannot be told is empty, which is not 0.

#include <cstdint>
#include <string>

namespace washup::derive {

// numerator / denominator; empty when the denominator is not above 0. Up to 6 decimals.
std::string ratio(std::int64_t numerator, std::int64_t denominator, int decimals);
inline std::string percent(std::int64_t part, std::int64_t whole, int decimals = 1) {
    return ratio(100 * part, whole, decimals);
}
std::string decimal(double value, int decimals);  // never "-0.0"

}  // namespace washup::derive
