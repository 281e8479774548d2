#include "adapters/csv/fold.hpp"

namespace washup::csv {
namespace {

char lower(char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

// Blanks and dashes beyond ASCII that exports hold: U+00A0, U+202F, U+2010 to U+2015, U+2212.
std::size_t foreign_punctuation(std::string_view text) {
    if (text.starts_with("\xC2\xA0")) return 2;
    if (text.starts_with("\xE2\x80\xAF") || text.starts_with("\xE2\x88\x92")) return 3;
    if (text.size() >= 3 && text.starts_with("\xE2\x80") && text[2] >= '\x90' &&
        text[2] <= '\x95') {
        return 3;
    }
    return 0;
}

}  // namespace

std::string folded(std::string_view text) {
    std::string out;
    while (!text.empty()) {
        if (auto const skip = foreign_punctuation(text); skip > 0) {
            text.remove_prefix(skip);
            continue;
        }
        char const c = lower(text.front());
        bool const counts = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') ||
                            static_cast<unsigned char>(c) >= 128;
        if (counts) out += c;
        text.remove_prefix(1);
    }
    return out;
}

bool name_matches(std::string_view pattern, std::string_view name) {
    std::size_t p = 0, n = 0, star = std::string_view::npos, mark = 0;
    while (n < name.size()) {
        if (p < pattern.size() && pattern[p] == '*') {
            star = p++;
            mark = n;
        } else if (p < pattern.size() &&
                   (pattern[p] == '?' || lower(pattern[p]) == lower(name[n]))) {
            ++p;
            ++n;
        } else if (star != std::string_view::npos) {
            p = star + 1;
            n = ++mark;
        } else {
            return false;
        }
    }
    while (p < pattern.size() && pattern[p] == '*') ++p;
    return p == pattern.size();
}

}  // namespace washup::csv
