#include "tests/sim/checkers/bounds.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "proto/wire/envelope.hpp"

namespace washup::sim {

void Bounds::look(char const* what, std::size_t is, std::size_t max) {
    if (is > max) objections_.add("bounds", fmt::format("{} is {}, above {}", what, is, max));
}

void Bounds::frame(std::size_t bytes) {
    highest_frame_ = std::max(highest_frame_, bytes);
    look("a frame", bytes, wire::frame_bytes_max);
}

}  // namespace washup::sim
