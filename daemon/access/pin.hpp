#pragma once
// What may be a PIN. Pure; what is kept of one is made by the shell (pin_thread.hpp).

#include <string_view>

#include "proto/base/result.hpp"

namespace washup::access {

inline constexpr std::size_t pin_digits_min = 4;
inline constexpr std::size_t pin_digits_max = 12;

// Digits alone, so that a row of number keys is enough; not one digit again and again, nor a run
// such as 1234. Error::field = pin; the words hold nothing of it.
Result<void> fit_for_a_pin(std::string_view text);

}  // namespace washup::access
