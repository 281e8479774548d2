#pragma once
// What happened, one line an event: printed, kept, or neither. Of the same seed the lines are the
// same, octet by octet, on any day: nothing in them comes from the machine.

#include <cstdint>
#include <string>

#include <fmt/format.h>

#include "proto/base/time.hpp"

namespace washup::sim {

class Log {
  public:
    enum class To { nowhere, stdout_, memory };
    explicit Log(To to = To::nowhere) : to_(to) {}

    template <class... Args>
    void line(SteadyInstant now, fmt::format_string<Args...> words, Args&&... args) {
        if (to_ == To::nowhere) return;
        auto const text =
            fmt::format("{:>9} {}\n", now.ms, fmt::format(words, std::forward<Args>(args)...));
        if (to_ == To::stdout_) fmt::print("{}", text);
        if (to_ == To::memory) text_ += text;
    }
    std::string const& text() const { return text_; }

  private:
    To to_;
    std::string text_;
};

}  // namespace washup::sim
