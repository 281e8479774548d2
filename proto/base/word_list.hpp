#pragma once
// An enumeration and its words: the one that a text names. The words stand in the order of the
// enumerators, whose numbers are their places and are stored nowhere.

#include <array>
#include <optional>
#include <string_view>

namespace washup {

template <class Enum, std::size_t N>
std::optional<Enum> named(std::array<std::string_view, N> const& words, std::string_view text) {
    for (std::size_t i = 0; i < N; ++i) {
        if (words[i] == text) return static_cast<Enum>(i);
    }
    return std::nullopt;
}

}  // namespace washup
