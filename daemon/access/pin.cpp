#include "daemon/access/pin.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace washup::access {

Result<void> fit_for_a_pin(std::string_view text) {
    auto const digit = [](char c) { return c >= '0' && c <= '9'; };
    if (text.size() < pin_digits_min || text.size() > pin_digits_max ||
        !std::all_of(text.begin(), text.end(), digit)) {
        return refused(fmt::format("a PIN is {} to {} digits", pin_digits_min, pin_digits_max),
                       "pin");
    }
    for (int const step : {-1, 0, 1}) {
        auto const follows = [step](char a, char b) { return b - a != step; };
        if (std::adjacent_find(text.begin(), text.end(), follows) == text.end()) {
            return refused(
                "this PIN is guessed first: take digits that are no run and not all alike", "pin");
        }
    }
    return boost::system::in_place_value;
}

}  // namespace washup::access
