#include "proto/base/fold.hpp"

#include <utf8proc.h>

#include <array>
#include <cstdint>
#include <cstdlib>
#include <memory>

#include "proto/base/check.hpp"

namespace washup {
namespace {

// Windows-1252's 0x80 to 0x9F; 0 = stands for itself.
constexpr std::array<std::int32_t, 32> windows_1252{
    0x20AC, 0,      0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160,
    0x2039, 0x0152, 0,      0x017D, 0,      0,      0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
    0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0,      0x017E, 0x0178};

std::int32_t from_windows_1252(unsigned char octet) {
    auto const mapped = octet >= 0x80 && octet < 0xA0 ? windows_1252[octet - 0x80] : 0;
    return mapped != 0 ? mapped : octet;
}

void append(std::string& out, std::int32_t character) {
    std::array<utf8proc_uint8_t, 4> octets{};
    auto const length = utf8proc_encode_char(character, octets.data());
    out.append(reinterpret_cast<char const*>(octets.data()), static_cast<std::size_t>(length));
}

// Calls `each` with every character of the text.
template <class Each>
void each_character(std::string_view text, Each&& each) {
    auto const* at = reinterpret_cast<utf8proc_uint8_t const*>(text.data());
    auto left = static_cast<utf8proc_ssize_t>(text.size());
    while (left > 0) {
        utf8proc_int32_t character = 0;
        auto length = utf8proc_iterate(at, left, &character);
        if (length <= 0) {
            character = from_windows_1252(*at);
            length = 1;
        }
        each(character);
        at += length;
        left -= length;
    }
}

// What Unicode does not take apart and a reader takes for the plain letter.
char const* plain_letters(std::int32_t c) {
    switch (c) {
        case 0xE6:
            return "ae";
        case 0xF8:
            return "o";
        case 0x153:
            return "oe";
        case 0xF0:
        case 0x111:
            return "d";
        case 0x142:
            return "l";
        default:
            return nullptr;
    }
}

bool is_blank(std::int32_t c) {
    return c <= 0x20 || (c >= 0x7F && c <= 0x9F) || c == 0x2028 || c == 0x2029 ||
           utf8proc_category(c) == UTF8PROC_CATEGORY_ZS;
}

bool is_dash(std::int32_t c) {
    return c == '_' || c == 0x2212 || utf8proc_category(c) == UTF8PROC_CATEGORY_PD;
}

char plain_mark(std::int32_t c) {
    switch (c) {
        case '`':
        case 0xB4:
        case 0x2018:
        case 0x2019:
        case 0x201A:
        case 0x201B:
        case 0x2032:
            return '\'';
        case 0x201C:
        case 0x201D:
        case 0x201E:
        case 0x201F:
        case 0x2033:
            return '"';
        case 0x2044:
        case 0x2215:
            return '/';
        default:
            return 0;
    }
}

// NFKC, case folded, without accents and without what nobody sees.
std::string unicode_folded(std::string const& utf8) {
    utf8proc_uint8_t* made = nullptr;
    constexpr auto how =
        static_cast<utf8proc_option_t>(UTF8PROC_STABLE | UTF8PROC_COMPAT | UTF8PROC_COMPOSE |
                                       UTF8PROC_IGNORE | UTF8PROC_CASEFOLD | UTF8PROC_STRIPMARK);
    auto const length = utf8proc_map(reinterpret_cast<utf8proc_uint8_t const*>(utf8.data()),
                                     static_cast<utf8proc_ssize_t>(utf8.size()), &made, how);
    WASHUP_CHECK(length >= 0, "every octet was made a character before");
    std::unique_ptr<utf8proc_uint8_t, decltype(&std::free)> const owned{made, &std::free};
    return {reinterpret_cast<char const*>(made), static_cast<std::size_t>(length)};
}

// ASCII stays what it is but for its capitals; most words of sources are nothing else.
std::string characters_folded(std::string_view text) {
    std::string plain;
    plain.reserve(text.size());
    for (auto const c : text) {
        if (static_cast<unsigned char>(c) >= 0x80) {
            std::string utf8;
            each_character(text, [&](std::int32_t character) {
                if (auto const mark = plain_mark(character)) {
                    utf8 += mark;  // U+00B4 would become a blank and an accent
                } else if (character != 0) {
                    append(utf8, character);
                }
            });
            return unicode_folded(utf8);
        }
        plain += static_cast<char>(c >= 'A' && c <= 'Z' ? c + ('a' - 'A') : c);
    }
    return plain;
}

}  // namespace

std::string fold(std::string_view text) {
    std::string out;
    out.reserve(text.size());
    bool blank = false;  // owed before the next character
    auto const words = [&](std::string_view more) {
        if (blank && !out.empty() && more != "/" && out.back() != '/') out += ' ';
        blank = false;
        out += more;
    };
    each_character(characters_folded(text), [&](std::int32_t c) {
        if (is_blank(c) || is_dash(c)) {
            blank = true;
        } else if (c == '&') {
            blank = true;
            words("and");
            blank = true;
        } else if (auto const mark = plain_mark(c)) {
            words(std::string_view{&mark, 1});
        } else if (auto const* letters = plain_letters(c)) {
            words(letters);
        } else {
            std::string one;
            append(one, c);
            words(one);
        }
    });
    return out;
}

}  // namespace washup
