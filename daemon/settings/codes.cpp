#include "daemon/settings/codes.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace washup::settings {
namespace {

bool capital(char c) {
    return c >= 'A' && c <= 'Z';
}

bool plain_letter(char c) {
    return (c >= 'a' && c <= 'z') || capital(c) || (c >= '0' && c <= '9') || c == '_' || c == '-';
}

bool control(char c) {
    return static_cast<unsigned char>(c) < 0x20 || c == 0x7F;
}

// No control characters, no blank at an end, none doubled: a feed would not send it like that.
bool visible(std::string_view text) {
    if (text.front() == ' ' || text.back() == ' ' || text.find("  ") != std::string_view::npos)
        return false;
    return std::none_of(text.begin(), text.end(), control);
}

}  // namespace

std::string Codes::a_kind() const {
    auto const vowel = std::string_view("aeiou").find(kind_.front()) != std::string_view::npos;
    return (vowel ? "an " : "a ") + kind_;
}

bool Codes::good_shape(config::Placed const& code, config::Faults& faults) const {
    auto const& text = code.text;
    if (!code.given()) return false;
    if (text.empty()) {
        faults.add(code.at, fmt::format("the code of {} cannot be empty", a_kind()));
        return false;
    }
    if (characters(text) > code_chars_max) {
        faults.add(code.at, fmt::format("the code of {} has at most {} characters, this one has {}",
                                        a_kind(), code_chars_max, characters(text)));
        return false;
    }
    if (auto const taken = reserved_.find(text); taken != reserved_.end()) {
        faults.add(code.at, fmt::format("\"{}\" cannot be the code of {}", text, a_kind()),
                   taken->second);
        return false;
    }
    auto const good =
        shape_ == CodeShape::foreign
            ? visible(text)
            : std::all_of(text.begin(), text.end(), [this](char c) {
                  return plain_letter(c) && (shape_ == CodeShape::plain || !capital(c));
              });
    if (!good) {
        faults.add(code.at, fmt::format("\"{}\" cannot be the code of {}", text, a_kind()),
                   shape_ == CodeShape::foreign ? "no control characters and no needless blanks"
                   : shape_ == CodeShape::lower ? "small letters, digits, _ and - only"
                                                : "letters, digits, _ and - only");
    }
    return good;
}

bool Codes::give(config::Placed const& code, config::Faults& faults) {
    return give(code, {}, faults);
}

bool Codes::give(config::Placed const& code, std::string const& scope, config::Faults& faults) {
    if (!good_shape(code, faults)) return false;
    if (places_.size() == codes_of_a_kind_max) {
        faults.add(code.at, fmt::format("this is one {} more than the {} there can be", kind_,
                                        codes_of_a_kind_max));
        return false;
    }
    auto const name = scope.empty() ? code.text : scope + '\n' + code.text;
    auto const [found, added] = places_.emplace(name, code.at);
    if (!added) {
        faults.add(code.at, fmt::format("{} \"{}\" is there twice", kind_, code.text),
                   fmt::format("the first is at {}", short_place(found->second)));
        return false;
    }
    codes_.push_back(code.text);
    return true;
}

void Codes::refer(config::Placed code) {
    if (!code.text.empty()) references_.push_back(std::move(code));
}

void Codes::judge(config::Faults& faults) const {
    for (auto const& reference : references_) {
        if (std::find(codes_.begin(), codes_.end(), reference.text) != codes_.end()) continue;
        faults.add(reference.at, fmt::format("there is no {} \"{}\"", kind_, reference.text),
                   config::did_you_mean(reference.text, codes_));
    }
}

std::size_t characters(std::string_view utf8) {
    return static_cast<std::size_t>(std::count_if(utf8.begin(), utf8.end(), [](char c) {
        return (static_cast<unsigned char>(c) & 0xC0) != 0x80;
    }));
}

void check_words(config::Placed const& words, std::size_t chars_max, config::Faults& faults) {
    if (!words.given()) return;
    if (words.text.find_first_not_of(' ') == std::string::npos) {
        faults.add(words.at, "these words are empty");
    } else if (words.text.find('\n') != std::string::npos) {
        faults.add(words.at, "these words must stand on one line");
    } else if (std::any_of(words.text.begin(), words.text.end(), control)) {
        faults.add(words.at, "these words hold a control character");
    } else if (characters(words.text) > chars_max) {
        faults.add(words.at, fmt::format("these words have {} characters; {} fit",
                                         characters(words.text), chars_max));
    }
}

std::string short_place(config::Position const& at) {
    return fmt::format("{}:{}", at.file, at.line);
}

}  // namespace washup::settings
