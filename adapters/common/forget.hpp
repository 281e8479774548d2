#pragma once
// By which words a person's records are known to an adapter that is to forget them, and a CSV file
// without the rows that hold one. Pure; what is done with it is forget_shell's.

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "proto/base/result.hpp"

namespace washup::adapters {

// A shorter word would be found in other people's records.
inline constexpr std::size_t forget_letters_min = 4;
inline constexpr std::size_t forget_words_max = 1000;

class ForgetWords {
  public:
    // One word a line: numbers, a family name. Error invalid names the line.
    static Result<ForgetWords> of(std::string_view lines);

    // A whole word of the text, whatever the case; of a number also with blanks or dashes inside.
    bool in(std::string_view text) const;

  private:
    std::vector<std::string> words_;
};

// Takes out the rows that hold a word; `gone` says how many. UTF-8, one octet a letter, or UTF-16LE
// with its mark; a row may have line breaks in quotes.
std::string without_rows(std::string const& octets, ForgetWords const& words, std::uint64_t& gone);

}  // namespace washup::adapters
