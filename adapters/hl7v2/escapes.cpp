// Escape sequences of HL7 v2 chapter 2: \F\ \S\ \T\ \R\ \E\ give the delimiters back, \X..\ gives
// bytes, \.br\ breaks a line. Highlighting and character set switches mean nothing to a board.

#include "adapters/hl7v2/charset.hpp"
#include "adapters/hl7v2/message.hpp"

namespace washup::hl7v2 {
namespace {

int hex_digit(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    return -1;
}

std::string hex_bytes(std::string_view digits) {
    std::string out;
    for (std::size_t i = 0; i + 1 < digits.size(); i += 2) {
        auto const high = hex_digit(digits[i]), low = hex_digit(digits[i + 1]);
        if (high < 0 || low < 0) return {};
        out += static_cast<char>(high * 16 + low);
    }
    return to_utf8(out, {});
}

// False: not a sequence we know; the text stays as it is, because somebody's name may hold a
// backslash that nobody escaped.
bool append_sequence(std::string_view body, Delimiters const& d, std::string& out) {
    if (body.size() == 1) {
        switch (body[0]) {
            case 'F':
                out += d.field;
                return true;
            case 'S':
                out += d.component;
                return true;
            case 'T':
                out += d.subcomponent;
                return true;
            case 'R':
                out += d.repetition;
                return true;
            case 'E':
                out += d.escape;
                return true;
            case 'P':
                return true;  // truncation, from 2.7: the rest was cut off by the sender
            case 'H':
            case 'N':
                return true;
            default:
                return false;
        }
    }
    if (body.empty()) return false;
    if (body[0] == 'X') {
        out += hex_bytes(body.substr(1));
        return true;
    }
    if (body[0] == '.') {
        out += ' ';
        return true;
    }
    auto const charset_switch = body[0] == 'C' || body[0] == 'M';
    return charset_switch && body.size() >= 5 && hex_digit(body[1]) >= 0;
}

}  // namespace

std::string unescaped(std::string_view text, Delimiters const& delimiters) {
    std::string out;
    out.reserve(text.size());
    while (!text.empty()) {
        if (delimiters.escape != '\0' && text.front() == delimiters.escape) {
            auto const end = text.find(delimiters.escape, 1);
            if (end != std::string_view::npos &&
                append_sequence(text.substr(1, end - 1), delimiters, out)) {
                text.remove_prefix(end + 1);
                continue;
            }
        }
        out += text.front();
        text.remove_prefix(1);
    }
    for (char& c : out) {
        if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f) c = ' ';
    }
    return out;
}

}  // namespace washup::hl7v2
