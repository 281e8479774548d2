#include "proto/base/z85.hpp"

#include <cstdint>

#include "proto/base/check.hpp"

namespace washup {
namespace {

constexpr std::string_view alphabet =
    "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ.-:+=^!/*?&<>()[]{}@%$#";
static_assert(alphabet.size() == 85);

}  // namespace

std::string to_z85(std::string_view octets) {
    WASHUP_CHECK(octets.size() % 4 == 0, "Z85 writes four octets at a time");
    std::string out;
    out.reserve(octets.size() / 4 * 5);
    for (std::size_t at = 0; at < octets.size(); at += 4) {
        std::uint32_t number = 0;
        for (std::size_t i = 0; i < 4; ++i) {
            number = number << 8 | static_cast<unsigned char>(octets[at + i]);
        }
        for (std::uint32_t power = 85u * 85 * 85 * 85; power > 0; power /= 85) {
            out += alphabet[number / power % 85];
        }
    }
    return out;
}

std::optional<Bytes> from_z85(std::string_view letters) {
    if (letters.size() % 5 != 0) return std::nullopt;
    Bytes out;
    out.reserve(letters.size() / 5 * 4);
    for (std::size_t at = 0; at < letters.size(); at += 5) {
        std::uint64_t number = 0;
        for (std::size_t i = 0; i < 5; ++i) {
            auto const digit = alphabet.find(letters[at + i]);
            if (digit == std::string_view::npos) return std::nullopt;
            number = number * 85 + digit;
        }
        if (number > 0xFFFF'FFFFu) return std::nullopt;
        for (int shift = 24; shift >= 0; shift -= 8) {
            out += static_cast<char>(number >> shift & 0xFFu);
        }
    }
    return out;
}

bool is_key(std::string_view letters) {
    return letters.size() == key_letters && from_z85(letters).has_value();
}

}  // namespace washup
