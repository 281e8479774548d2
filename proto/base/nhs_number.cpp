#include "proto/base/nhs_number.hpp"

namespace washup {

std::string nhs_number_digits(std::string_view text) {
    std::string digits;
    for (char const c : text) {
        if (c >= '0' && c <= '9') {
            digits += c;
        } else if (c != ' ' && c != '-') {
            return {};
        }
    }
    return digits.size() == 10 ? digits : std::string{};
}

bool valid_nhs_number(std::string_view digits) {
    if (digits.size() != 10) return false;
    int sum = 0;
    bool repeated = true;
    for (std::size_t i = 0; i < 10; ++i) {
        if (digits[i] < '0' || digits[i] > '9') return false;
        repeated = repeated && digits[i] == digits[0];
        if (i < 9) sum += (digits[i] - '0') * static_cast<int>(10 - i);
    }
    auto check = 11 - sum % 11;
    if (check == 11) check = 0;
    return !repeated && check == digits[9] - '0';
}

}  // namespace washup
