#pragma once
// A screen that exists only in memory (Xvfb), and what is on it. Reads the X window dump that Xvfb
// keeps up to date in a file, so that no screenshot program is needed.

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "tests/support/process.hpp"

namespace washup::integration {

class Screen {
  public:
    Screen(int width, int height);
    bool up() const { return !display_.empty(); }
    std::string environment() const { return "DISPLAY=" + display_; }
    test_support::Process& server() { return *server_; }

    // One number a pixel, row by row; empty when the file is not readable (yet).
    std::vector<std::uint32_t> pixels() const;

  private:
    test_support::TempDir folder_;
    std::unique_ptr<test_support::Process> server_;
    std::string display_;
};

std::size_t colours(std::vector<std::uint32_t> const& pixels);
// How many of 1000 pixels have the most frequent colour: 1000 = blank.
std::size_t permille_of_one_colour(std::vector<std::uint32_t> const& pixels);
std::size_t different(std::vector<std::uint32_t> const& a, std::vector<std::uint32_t> const& b);

}  // namespace washup::integration
