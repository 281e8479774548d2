#pragma once
// What is wrong with a file that a person wrote, and where: a list that is filled while reading
// goes on, so that a person mends everything in one round. It decides nothing and prints nothing.

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace washup::config {

struct Position {
    std::string file;          // as the reader was given it
    std::uint32_t line = 0;    // from 1; 0 = the file as a whole
    std::uint32_t column = 0;  // from 1, in characters
    friend auto operator<=>(Position const&, Position const&) = default;
};

struct Fault {
    Position at;
    std::string words;       // "unknown key `expected_witin`"
    std::string suggestion;  // "did you mean `expected_within`?"; may be empty
};
std::string to_text(Fault const& fault);  // file:line:column: words (suggestion)

class Faults {
  public:
    // More than this is no longer a list a person reads; the rest is counted in one last line.
    static constexpr std::size_t faults_max = 500;

    void add(Position at, std::string words, std::string suggestion = {});
    // By file in the order in which files first had a fault, then by place; the same fault twice is
    // one fault.
    std::vector<Fault> list() const;
    bool empty() const { return faults_.empty(); }
    std::size_t size() const { return faults_.size() + left_out_; }

  private:
    std::vector<Fault> faults_;
    std::size_t left_out_ = 0;
};

// A word may be long by mistake; comparing it would cost its square. Longer ones have no nearest.
inline constexpr std::size_t compared_chars_max = 64;

// The candidate that `word` was probably meant to be; empty when none is near. Used for keys and
// for codes alike.
std::string nearest(std::string_view word, std::vector<std::string> const& candidates);
// "did you mean `x`?", or empty.
std::string did_you_mean(std::string_view word, std::vector<std::string> const& candidates);

}  // namespace washup::config
