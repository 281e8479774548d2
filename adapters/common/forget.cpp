#include "adapters/common/forget.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <sstream>

namespace washup::adapters {
namespace {

constexpr std::string_view wide_mark = "\xFF\xFE";

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}
// Letters beyond ASCII count as letters, whatever their encoding.
bool is_letter(char c) {
    return is_digit(c) || (c >= 'a' && c <= 'z') || static_cast<unsigned char>(c) >= 0x80;
}

std::string lower(std::string_view text) {
    std::string out{text};
    for (auto& c : out) {
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    }
    return out;
}

bool ends_word(std::string_view text, std::size_t at) {
    return at >= text.size() || !is_letter(text[at]);
}

// Where `word` ends when it stands at `at`; npos when it does not. Numbers are written in groups.
std::size_t end_of_match(std::string_view text, std::size_t at, std::string_view word,
                         bool number) {
    for (std::size_t i = 0; i < word.size(); ++i, ++at) {
        if (number && i > 0 && at < text.size() && (text[at] == ' ' || text[at] == '-')) ++at;
        if (at >= text.size() || text[at] != word[i]) return std::string_view::npos;
    }
    return at;
}

bool holds(std::string_view text, std::string_view word) {
    auto const number = std::all_of(word.begin(), word.end(), is_digit);
    for (auto at = text.find(word[0]); at != std::string_view::npos;
         at = text.find(word[0], at + 1)) {
        if (at > 0 && is_letter(text[at - 1])) continue;
        auto const end = end_of_match(text, at, word, number);
        if (end != std::string_view::npos && ends_word(text, end)) return true;
    }
    return false;
}

std::string narrow(std::string_view wide) {
    std::string out;
    for (std::size_t i = 0; i + 1 < wide.size(); i += 2) out += wide[i + 1] == 0 ? wide[i] : '\x80';
    return out;
}

}  // namespace

Result<ForgetWords> ForgetWords::of(std::string_view lines) {
    ForgetWords out;
    std::istringstream in{std::string{lines}};
    std::string line;
    for (std::size_t number = 1; std::getline(in, line); ++number) {
        while (!line.empty() && (line.back() == '\r' || line.back() == ' ')) line.pop_back();
        if (line.empty()) continue;
        auto word = lower(line);
        auto compact = word;
        std::erase_if(compact, [](char c) { return c == ' ' || c == '-'; });
        if (std::all_of(compact.begin(), compact.end(), is_digit)) word = compact;
        if (word.size() < forget_letters_min || out.words_.size() >= forget_words_max) {
            return invalid(
                fmt::format("line {}: a word has {} letters at least, and there are {} "
                            "words at most",
                            number, forget_letters_min, forget_words_max));
        }
        out.words_.push_back(std::move(word));
    }
    if (out.words_.empty()) return invalid("no word to forget by; one a line");
    return out;
}

bool ForgetWords::in(std::string_view text) const {
    auto const comparable = lower(text);
    return std::any_of(words_.begin(), words_.end(),
                       [&](auto const& word) { return holds(comparable, word); });
}

namespace {

// False: it ended inside quotes, so a quote is no quote there.
bool take_rows(std::string const& octets, ForgetWords const& words, bool quotes, std::string& out,
               std::uint64_t& gone) {
    auto const wide = octets.starts_with(wide_mark);
    std::size_t const step = wide ? 2 : 1;
    std::size_t begin = wide ? wide_mark.size() : 0;
    out = octets.substr(0, begin);
    auto quoted = false;
    for (auto at = begin; at < octets.size(); at += step) {
        auto const plain = !wide || at + 1 >= octets.size() || octets[at + 1] == 0;
        if (quotes && plain && octets[at] == '"') quoted = !quoted;
        auto const last = at + step >= octets.size();
        if (!last && (quoted || !plain || octets[at] != '\n')) continue;
        auto const row = std::string_view{octets}.substr(begin, at + step - begin);
        if (words.in(wide ? narrow(row) : std::string{row})) {
            ++gone;
        } else {
            out += row;
        }
        begin = at + step;
    }
    return !quoted;
}

}  // namespace

std::string without_rows(std::string const& octets, ForgetWords const& words, std::uint64_t& gone) {
    std::string out;
    gone = 0;
    if (take_rows(octets, words, true, out, gone)) return out;
    gone = 0;
    take_rows(octets, words, false, out, gone);
    return out;
}

}  // namespace washup::adapters
