#include "adapters/csv/charset.hpp"

#include <array>
#include <cstdint>

namespace washup::csv {
namespace {

// 0x80 to 0x9F of Windows-1252; the five holes read as the control of the same number, as every
// browser does.
constexpr std::array<std::uint16_t, 32> cp1252_high = {
    0x20AC, 0x0081, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160,
    0x2039, 0x0152, 0x008D, 0x017D, 0x008F, 0x0090, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
    0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0x009D, 0x017E, 0x0178};

constexpr std::uint32_t replacement = 0xFFFD;

void append_utf8(std::string& out, std::uint32_t point) {
    auto const put = [&](std::uint32_t octet) { out += static_cast<char>(octet); };
    if (point < 0x80) {
        put(point);
    } else if (point < 0x800) {
        put(0xC0 | (point >> 6));
        put(0x80 | (point & 0x3F));
    } else if (point < 0x10000) {
        put(0xE0 | (point >> 12));
        put(0x80 | ((point >> 6) & 0x3F));
        put(0x80 | (point & 0x3F));
    } else {
        put(0xF0 | (point >> 18));
        put(0x80 | ((point >> 12) & 0x3F));
        put(0x80 | ((point >> 6) & 0x3F));
        put(0x80 | (point & 0x3F));
    }
}

std::string from_cp1252(std::string_view octets) {
    std::string out;
    out.reserve(octets.size() + octets.size() / 8);
    for (char const c : octets) {
        auto const octet = static_cast<unsigned char>(c);
        append_utf8(out, octet >= 0x80 && octet < 0xA0 ? cp1252_high[octet - 0x80u] : octet);
    }
    return out;
}

Result<std::string> from_utf16le(std::string_view octets) {
    if (octets.size() % 2 != 0) return invalid("the file is cut: UTF-16 with an odd octet");
    std::string out;
    out.reserve(octets.size());
    auto const unit = [&](std::size_t at) {
        return static_cast<std::uint32_t>(static_cast<unsigned char>(octets[at])) |
               static_cast<std::uint32_t>(static_cast<unsigned char>(octets[at + 1])) << 8;
    };
    for (std::size_t at = 0; at < octets.size(); at += 2) {
        auto point = unit(at);
        if (point >= 0xD800 && point < 0xDC00 && at + 3 < octets.size()) {
            auto const low = unit(at + 2);
            if (low >= 0xDC00 && low < 0xE000) {
                point = 0x10000 + ((point - 0xD800) << 10) + (low - 0xDC00);
                at += 2;
            } else {
                point = replacement;
            }
        } else if (point >= 0xD800 && point < 0xE000) {
            point = replacement;
        }
        append_utf8(out, point);
    }
    return out;
}

// How many octets the character at `at` has; 0 when it is not UTF-8 (overlong, surrogate, cut).
std::size_t utf8_length(std::string_view text, std::size_t at) {
    auto const octet = [&](std::size_t i) {
        return i < text.size() ? static_cast<unsigned char>(text[i]) : 0u;
    };
    auto const tail = [&](std::size_t i) { return (octet(i) & 0xC0u) == 0x80u; };
    auto const first = octet(at);
    if (first < 0x80) return 1;
    if (first >= 0xC2 && first < 0xE0) return tail(at + 1) ? 2 : 0;
    if (first >= 0xE0 && first < 0xF0) {
        auto const second = octet(at + 1);
        if (first == 0xE0 && second < 0xA0) return 0;
        if (first == 0xED && second >= 0xA0) return 0;
        return tail(at + 1) && tail(at + 2) ? 3 : 0;
    }
    if (first >= 0xF0 && first < 0xF5) {
        auto const second = octet(at + 1);
        if (first == 0xF0 && second < 0x90) return 0;
        if (first == 0xF4 && second >= 0x90) return 0;
        return tail(at + 1) && tail(at + 2) && tail(at + 3) ? 4 : 0;
    }
    return 0;
}

}  // namespace

char const* name_of(Charset charset) {
    switch (charset) {
        case Charset::utf8:
            return "UTF-8";
        case Charset::utf16le:
            return "UTF-16LE";
        case Charset::cp1252:
            return "Windows-1252";
    }
    return "";
}

bool valid_utf8(std::string_view text) {
    for (std::size_t at = 0; at < text.size();) {
        auto const length = utf8_length(text, at);
        if (length == 0) return false;
        at += length;
    }
    return true;
}

Result<Decoded> decode_text(std::string_view octets) {
    if (octets.starts_with("\xFF\xFE")) {
        auto text = from_utf16le(octets.substr(2));
        if (!text) return text.error();
        if (text->find('\0') != std::string::npos) return invalid("the file holds NUL characters");
        return Decoded{std::move(*text), Charset::utf16le};
    }
    if (octets.find('\0') != std::string_view::npos) {
        return invalid("the file holds NUL octets: it is no CSV file in a known character set");
    }
    if (octets.starts_with("\xEF\xBB\xBF")) octets.remove_prefix(3);
    if (valid_utf8(octets)) return Decoded{std::string{octets}, Charset::utf8};
    return Decoded{from_cp1252(octets), Charset::cp1252};
}

}  // namespace washup::csv
