#pragma once
// How much of a long-running proof to run: all of it under WASHUP_LONG=1 (tests/run --long), else a
// tenth and never nothing.

#include <cstdint>
#include <cstdlib>
#include <string_view>

namespace washup::test_support {

inline bool long_run() {
    auto const* const value = std::getenv("WASHUP_LONG");
    return value != nullptr && std::string_view{value} == "1";
}

inline std::uint64_t long_count(std::uint64_t full) {
    return long_run() ? full : (full + 9) / 10;
}

}  // namespace washup::test_support
