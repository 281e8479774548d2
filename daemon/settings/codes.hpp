#pragma once
// The codes of one kind (wards, themes, ...) with the places where they were given, and the
// references to them, which can be judged only when every file is read. Knows no files.

#include <cstddef>
#include <deque>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "config/load/tree.hpp"

namespace washup::settings {

inline constexpr std::size_t code_chars_max = 32;
inline constexpr std::size_t codes_of_a_kind_max = 2000;

// What a code may look like: `plain` codes are ours (letters, digits, _ and -), `lower` the same
// without capitals; `foreign` codes are written by others and hold any visible characters and
// single blanks.
enum class CodeShape { plain, lower, foreign };

class Codes {
  public:
    // `reserved`: codes that mean something of their own, by why.
    explicit Codes(std::string kind, CodeShape shape = CodeShape::plain,
                   std::map<std::string, std::string> reserved = {})
        : kind_(std::move(kind)), shape_(shape), reserved_(std::move(reserved)) {}

    // Tells a code of wrong shape and one given before. Gives whether it is new and usable.
    bool give(config::Placed const& code, config::Faults& faults);
    // Same, within a scope: the same ward code may stand at two sites.
    bool give(config::Placed const& code, std::string const& scope, config::Faults& faults);
    // Judged by `judge`: a code that nobody gave is a fault at its place.
    void refer(config::Placed code);
    void judge(config::Faults& faults) const;

    bool has(std::string_view code) const { return places_.count(std::string(code)) != 0; }
    std::vector<std::string> const& all() const { return codes_; }
    std::size_t size() const { return places_.size(); }

  private:
    std::string a_kind() const;  // "an area"
    bool good_shape(config::Placed const& code, config::Faults& faults) const;

    std::string kind_;
    CodeShape shape_;
    std::map<std::string, std::string> reserved_;
    std::map<std::string, config::Position> places_;  // by code, with its scope in front
    std::vector<std::string> codes_;
    std::vector<config::Placed> references_;
};

// Words of a person or a screen: not empty, no line break, at most `chars_max` characters.
void check_words(config::Placed const& words, std::size_t chars_max, config::Faults& faults);
std::size_t characters(std::string_view utf8);

// "demo.toml:12"
std::string short_place(config::Position const& at);

}  // namespace washup::settings
