#include "adapters/hl7v2/charset.hpp"

#include <iconv.h>

#include <array>
#include <cstdint>
#include <optional>

namespace washup::hl7v2 {
namespace {

// Windows-1252 above 0x7F; ISO 8859-1 is the same but for 0x80 to 0x9F, where it has control codes
// that no message means. The five bytes Windows leaves out become the replacement character.
char32_t from_cp1252(unsigned char byte) {
    static constexpr std::array<char16_t, 32> upper{
        0x20AC, 0xFFFD, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160,
        0x2039, 0x0152, 0xFFFD, 0x017D, 0xFFFD, 0xFFFD, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
        0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0xFFFD, 0x017E, 0x0178};
    if (byte >= 0x80 && byte < 0xA0) return upper[byte - 0x80u];
    return byte;
}

void append_utf8(std::string& out, char32_t c) {
    if (c < 0x80) {
        out += static_cast<char>(c);
    } else if (c < 0x800) {
        out += static_cast<char>(0xC0 | (c >> 6));
        out += static_cast<char>(0x80 | (c & 0x3F));
    } else {
        out += static_cast<char>(0xE0 | (c >> 12));
        out += static_cast<char>(0x80 | ((c >> 6) & 0x3F));
        out += static_cast<char>(0x80 | (c & 0x3F));
    }
}

// Length of the well-formed sequence at the front (Unicode table 3-7); 0 when there is none.
std::size_t sequence_length(std::string_view bytes) {
    auto const at = [&](std::size_t i) { return static_cast<unsigned char>(bytes[i]); };
    auto const lead = at(0);
    if (lead < 0x80) return 1;
    auto const length = lead >= 0xC2 && lead < 0xE0   ? 2u
                        : lead >= 0xE0 && lead < 0xF0 ? 3u
                        : lead >= 0xF0 && lead < 0xF5 ? 4u
                                                      : 0u;
    if (length == 0 || bytes.size() < length) return 0;
    auto const low = lead == 0xE0 ? 0xA0 : lead == 0xF0 ? 0x90 : 0x80;
    auto const high = lead == 0xED ? 0x9F : lead == 0xF4 ? 0x8F : 0xBF;
    if (at(1) < low || at(1) > high) return 0;
    for (std::size_t i = 2; i < length; ++i) {
        if (at(i) < 0x80 || at(i) > 0xBF) return 0;
    }
    return length;
}

// Sequences that are well formed stay, every other byte is read as Windows-1252.
std::string mend_utf8(std::string_view bytes) {
    std::string out;
    out.reserve(bytes.size() + bytes.size() / 8);
    while (!bytes.empty()) {
        auto const length = sequence_length(bytes);
        if (length > 0) {
            out.append(bytes.substr(0, length));
        } else {
            append_utf8(out, from_cp1252(static_cast<unsigned char>(bytes.front())));
        }
        bytes.remove_prefix(length > 0 ? length : 1);
    }
    return out;
}

std::string decode_cp1252(std::string_view bytes) {
    std::string out;
    out.reserve(bytes.size() + bytes.size() / 8);
    for (char const c : bytes) append_utf8(out, from_cp1252(static_cast<unsigned char>(c)));
    return out;
}

std::optional<std::string> decode_by_name(std::string_view bytes, std::string const& name) {
    auto const handle = iconv_open("UTF-8", name.c_str());
    if (handle == reinterpret_cast<iconv_t>(-1)) return std::nullopt;
    std::string in{bytes}, out(bytes.size() * 4 + 16, '\0');
    char* from = in.data();
    char* to = out.data();
    std::size_t from_left = in.size(), to_left = out.size();
    auto const failed = iconv(handle, &from, &from_left, &to, &to_left);
    iconv_close(handle);
    if (failed == static_cast<std::size_t>(-1)) return std::nullopt;
    out.resize(out.size() - to_left);
    return out;
}

// "ISO 8859/15" and "8859-15" are one name: capitals and digits only.
std::string folded(std::string_view name) {
    std::string out;
    for (char const c : name) {
        if (c >= 'a' && c <= 'z') out += static_cast<char>(c - 'a' + 'A');
        if ((c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9')) out += c;
    }
    return out.starts_with("ISO8859") || out.starts_with("ISO646") ? out.substr(3) : out;
}

}  // namespace

bool valid_utf8(std::string_view bytes) {
    while (!bytes.empty()) {
        auto const length = sequence_length(bytes);
        if (length == 0) return false;
        bytes.remove_prefix(length);
    }
    return true;
}

std::string to_utf8(std::string_view bytes, std::string_view declared) {
    auto const name = folded(declared);
    if (name == "88591" || name == "CP1252" || name == "WINDOWS1252" || name == "LATIN1") {
        return decode_cp1252(bytes);
    }
    if (name.starts_with("8859") && name.size() > 4) {
        if (auto text = decode_by_name(bytes, "ISO-8859-" + name.substr(4))) return *text;
    }
    if (name == "UTF8" || name.starts_with("UNICODE")) return mend_utf8(bytes);
    return valid_utf8(bytes) ? std::string{bytes} : decode_cp1252(bytes);
}

}  // namespace washup::hl7v2
