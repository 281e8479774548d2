#include "daemon/core/vocabulary.hpp"

#include <algorithm>
#include <array>
#include <cstdint>

namespace washup::core {
namespace {

// ---- characters ---------------------------------------------------------------------------------

// Windows-1252's 0x80 to 0x9F, as far as they matter for comparing; the others stand for
// themselves.
char32_t from_windows_1252(unsigned char octet) {
    switch (octet) {
        case 0x91:
        case 0x92:
            return U'\'';
        case 0x93:
        case 0x94:
            return U'"';
        case 0x96:
        case 0x97:
            return U'-';
        default:
            return octet;
    }
}

// The character at `at`, which is moved behind it.
char32_t next_character(std::string_view text, std::size_t& at) {
    auto const octet = [&text](std::size_t i) {
        return i < text.size() ? static_cast<unsigned char>(text[i]) : 0u;
    };
    auto const first = octet(at);
    auto const length = first < 0x80                    ? 1u
                        : first >= 0xC2 && first < 0xE0 ? 2u
                        : first >= 0xE0 && first < 0xF0 ? 3u
                        : first >= 0xF0 && first < 0xF5 ? 4u
                                                        : 0u;
    auto character = static_cast<char32_t>(length < 2 ? first : first & (0x7Fu >> length));
    bool valid = length != 0;
    for (std::size_t i = 1; i < length && valid; ++i) {
        valid = (octet(at + i) & 0xC0u) == 0x80u;
        character = character << 6 | (octet(at + i) & 0x3Fu);
    }
    if (!valid) return from_windows_1252(static_cast<unsigned char>(text[at++]));
    at += length;
    return character;
}

bool is_blank(char32_t c) {
    return (c >= 0x09 && c <= 0x0D) || c == 0x20 || c == 0x85 || c == 0xA0 || c == 0x1680 ||
           (c >= 0x2000 && c <= 0x200A) || c == 0x2028 || c == 0x2029 || c == 0x202F ||
           c == 0x205F || c == 0x3000;
}

bool is_dash(char32_t c) {
    return c == '-' || c == '_' || (c >= 0x2010 && c <= 0x2015) || c == 0x2212 || c == 0xFE58 ||
           c == 0xFE63;
}

// Seen by nobody: soft hyphen, zero-width characters, marks of direction, combining accents.
bool is_invisible(char32_t c) {
    return c == 0xAD || (c >= 0x200B && c <= 0x200F) || c == 0x2060 || c == 0xFEFF ||
           (c >= 0x0300 && c <= 0x036F);
}

// U+00C0 to U+00FF without accents, in lower case; '?' stands for those that stay.
constexpr std::string_view latin_1_letters =
    "aaaaaa?ceeeeiiiidnooooo?ouuuuy??aaaaaa?ceeeeiiiidnooooo?ouuuuy?y";

void append_utf8(std::string& out, char32_t c) {
    if (c < 0x80) {
        out += static_cast<char>(c);
    } else if (c < 0x800) {
        out += static_cast<char>(0xC0 | c >> 6);
        out += static_cast<char>(0x80 | (c & 0x3F));
    } else if (c < 0x10000) {
        out += static_cast<char>(0xE0 | c >> 12);
        out += static_cast<char>(0x80 | (c >> 6 & 0x3F));
        out += static_cast<char>(0x80 | (c & 0x3F));
    } else {
        out += static_cast<char>(0xF0 | c >> 18);
        out += static_cast<char>(0x80 | (c >> 12 & 0x3F));
        out += static_cast<char>(0x80 | (c >> 6 & 0x3F));
        out += static_cast<char>(0x80 | (c & 0x3F));
    }
}

// One character that is neither blank, dash nor invisible, as it is compared.
void append_folded(std::string& out, char32_t c) {
    if (c >= 'A' && c <= 'Z') c += 'a' - 'A';
    if (c >= 0xC0 && c <= 0xFF && latin_1_letters[c - 0xC0] != '?') {
        c = static_cast<char32_t>(latin_1_letters[c - 0xC0]);
    }
    switch (c) {
        case 0x2018:
        case 0x2019:
        case 0x201A:
        case 0x201B:
        case 0x2032:
        case 0xB4:
        case '`':
            out += '\'';
            break;
        case 0x201C:
        case 0x201D:
        case 0x201E:
        case 0x201F:
        case 0x2033:
            out += '"';
            break;
        case 0x2044:
        case 0x2215:
            out += '/';
            break;
        case 0xC6:
        case 0xE6:
            out += "ae";
            break;
        case 0xDF:
            out += "ss";
            break;
        case 0xFB01:
            out += "fi";
            break;
        case 0xFB02:
            out += "fl";
            break;
        case 0x2026:
            out += "...";
            break;
        default:
            append_utf8(out, c);
    }
}

// ---- spellings ----------------------------------------------------------------------------------

// "Capacity – Equipment ..." without "Capacity – ".
std::string_view without_family(std::string_view label) {
    for (std::string_view const dash : {" – ", " - "}) {
        auto const at = label.find(dash);
        if (at != std::string_view::npos) return label.substr(at + dash.size());
    }
    return label;
}

std::string_view without_pathway(std::string_view label) {
    auto const at = label.rfind(" (Pathway");
    return at == std::string_view::npos ? label : label.substr(0, at);
}

struct BandWords {
    std::string_view folded, code;
};
constexpr std::array<BandWords, 6> bands{{{"home", "home"},
                                          {"short bed", "short_bed"},
                                          {"short term bed", "short_bed"},
                                          {"long bed", "long_bed"},
                                          {"long term bed", "long_bed"},
                                          {"long term care", "long_bed"}}};

}  // namespace

std::string fold(std::string_view text) {
    std::string out;
    out.reserve(text.size());
    bool blank = false;  // owed before the next character
    for (std::size_t at = 0; at < text.size();) {
        auto c = next_character(text, at);
        if (c >= 0xFF01 && c <= 0xFF5E) c -= 0xFEE0;  // full-width forms of ASCII
        if (is_invisible(c)) continue;
        if (is_blank(c) || is_dash(c)) {
            blank = true;
            continue;
        }
        auto const slash = c == '/' || c == 0x2044 || c == 0x2215;
        auto const owed = blank && !out.empty() && !slash && out.back() != '/';
        if (owed) out += ' ';
        blank = false;
        if (c == '&') {
            if (!out.empty() && out.back() != ' ' && out.back() != '/') out += ' ';
            out += "and";
            blank = true;
        } else {
            append_folded(out, c);
        }
    }
    return out;
}

std::vector<std::string> spellings(ReasonConfig const& reason) {
    std::vector<std::string> all{fold(reason.code)};
    auto const add = [&all](std::string_view text) {
        auto folded = fold(text);
        if (!folded.empty() && std::find(all.begin(), all.end(), folded) == all.end())
            all.push_back(std::move(folded));
    };
    add(reason.label);
    add(without_family(reason.label));
    add(without_pathway(reason.label));
    add(without_family(without_pathway(reason.label)));
    add(reason.words);
    for (auto const& alias : reason.aliases) add(alias);
    return all;
}

Code default_holder(Config const& config, ReasonMatch const& reason) {
    Code holder;
    for (auto const& entry : config.reasons) {
        if (entry.code == reason.local_reason && !entry.holder.empty()) return entry.holder;
        if (entry.code == reason.reason) holder = entry.holder;
    }
    return holder;
}

std::optional<ReasonMatch> match_reason(Config const& config, std::string_view text) {
    auto const match = [](ReasonConfig const& reason) {
        return reason.parent.empty() ? ReasonMatch{reason.code, {}}
                                     : ReasonMatch{reason.parent, reason.code};
    };
    // Most sources send codes; folding every label is left to the others.
    for (auto const& reason : config.reasons) {
        if (reason.code == text) return match(reason);
    }
    auto const folded = fold(text);
    if (folded.empty()) return std::nullopt;
    for (auto const& reason : config.reasons) {
        auto const all = spellings(reason);
        if (std::find(all.begin(), all.end(), folded) != all.end()) return match(reason);
    }
    return std::nullopt;
}

std::optional<Code> match_outcome(Config const& config, std::string_view text) {
    auto const folded = fold(text);
    if (folded.empty()) return std::nullopt;
    for (auto const& [words, code] : bands) {
        if (folded == words) return Code(code);
    }
    for (auto const& step : config.ladder) {
        if (folded == fold(step.code) || folded == fold(step.words) ||
            folded == fold(step.short_words))
            return step.code;
    }
    return std::nullopt;
}

std::optional<Code> match_milestone(Config const& config, std::string_view text) {
    auto const folded = fold(text);
    if (folded.empty()) return std::nullopt;
    for (auto const& milestone : config.milestones) {
        if (folded == fold(milestone.code) || folded == fold(milestone.words)) {
            return milestone.code;
        }
    }
    return std::nullopt;
}

std::optional<Code> match_holder(Config const& config, std::string_view text) {
    auto const folded = fold(text);
    for (auto const& holder : config.holders) {
        if (folded == fold(holder)) return holder;
    }
    return std::nullopt;
}

}  // namespace washup::core
