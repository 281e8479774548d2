#include "board/paper/encoding.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace washup::board::paper {
namespace {

// 0x80 to 0x9F; 0 = nothing there.
constexpr std::array<char32_t, 32> upper{
    0x20AC, 0,      0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160,
    0x2039, 0x0152, 0,      0x017D, 0,      0,      0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
    0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0,      0x017E, 0x0178};

// The character that begins at `at`, which moves behind it; U+FFFD for octets that are no UTF-8.
char32_t take(std::string_view text, std::size_t& at) {
    auto const first = static_cast<unsigned char>(text[at++]);
    if (first < 0x80) return first;
    auto const more = first >= 0xF0 ? 3 : first >= 0xE0 ? 2 : first >= 0xC2 ? 1 : 0;
    if (more == 0) return 0xFFFD;
    auto point = static_cast<char32_t>(first & (0x3F >> more));
    for (int i = 0; i < more; ++i) {
        if (at >= text.size() || (static_cast<unsigned char>(text[at]) & 0xC0) != 0x80)
            return 0xFFFD;
        point = (point << 6) | (static_cast<unsigned char>(text[at++]) & 0x3F);
    }
    return point;
}

}  // namespace

char const* name_of(Encoding encoding) {
    return encoding == Encoding::utf8 ? "utf-8" : "cp1252";
}

Result<Encoding> encoding_of(std::string_view name) {
    if (name == "utf-8" || name == "utf8") return Encoding::utf8;
    if (name == "cp1252") return Encoding::cp1252;
    return invalid(fmt::format("there is no encoding \"{}\": write utf-8 or cp1252", name),
                   "--encoding");
}

Result<std::string> encoded(std::string_view utf8, Encoding encoding) {
    if (encoding == Encoding::utf8) return std::string{utf8};
    std::string out;
    out.reserve(utf8.size());
    for (std::size_t at = 0; at < utf8.size();) {
        auto const from = at;
        auto const point = take(utf8, at);
        auto const place = std::find(upper.begin(), upper.end(), point);
        if (point < 0x80 || (point >= 0xA0 && point <= 0xFF)) {
            out.push_back(static_cast<char>(point));
        } else if (place != upper.end() && point != 0) {
            out.push_back(static_cast<char>(0x80 + (place - upper.begin())));
        } else {
            return invalid(
                fmt::format("the character U+{:04X} \"{}\" has no place in cp1252: use "
                            "--encoding utf-8",
                            static_cast<std::uint32_t>(point), utf8.substr(from, at - from)),
                "--encoding");
        }
    }
    return out;
}

}  // namespace washup::board::paper
