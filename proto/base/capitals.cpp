#include "proto/base/capitals.hpp"

#include <utf8proc.h>

#include <algorithm>

namespace washup {
namespace {

constexpr utf8proc_int32_t sharp_s = 0xDF;  // utf8proc knows a capital that no record writes

}  // namespace

std::string capitals(std::string_view utf8) {
    std::string out;
    out.reserve(utf8.size());
    auto const* const bytes = reinterpret_cast<utf8proc_uint8_t const*>(utf8.data());
    for (std::size_t at = 0; at < utf8.size();) {
        utf8proc_int32_t letter = -1;
        auto const length =
            utf8proc_iterate(bytes + at, static_cast<utf8proc_ssize_t>(utf8.size() - at), &letter);
        auto const taken = static_cast<std::size_t>(std::max<utf8proc_ssize_t>(length, 1));
        if (letter < 0 || letter == sharp_s) {
            out += utf8.substr(at, taken);
        } else {
            utf8proc_uint8_t made[4];
            auto const size = utf8proc_encode_char(utf8proc_toupper(letter), made);
            out.append(reinterpret_cast<char const*>(made), static_cast<std::size_t>(size));
        }
        at += taken;
    }
    return out;
}

}  // namespace washup
