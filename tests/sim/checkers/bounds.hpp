#pragma once
// Bounds: nothing that waits grows above the bound that has a name, and no frame is larger than a
// frame may be.

#include <cstddef>
#include <string>

#include "tests/sim/checkers/objections.hpp"

namespace washup::sim {

class Bounds {
  public:
    explicit Bounds(Objections& objections) : objections_(objections) {}
    void look(char const* what, std::size_t is, std::size_t max);
    void frame(std::size_t bytes);
    std::size_t highest_frame() const { return highest_frame_; }

  private:
    Objections& objections_;
    std::size_t highest_frame_ = 0;
};

}  // namespace washup::sim
