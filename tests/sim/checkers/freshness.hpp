#pragma once
// Freshness: a board that looks live shows what the daemon published a few seconds ago at most. The
// measure is true simulated time; what the board believes is its own model's link state.

#include <cstdint>
#include <deque>
#include <string>

#include "board/model/freshness.hpp"
#include "proto/base/time.hpp"
#include "tests/sim/checkers/objections.hpp"

namespace washup::sim {

class Freshness {
  public:
    explicit Freshness(Objections& objections) : objections_(objections) {}

    // The daemon shows this record from now on.
    void published(std::uint64_t head, SteadyInstant now);
    // `delay_max`: the longest that a frame may be under way in this weather without being held.
    void look(std::string const& board, board::Model const& model, SteadyInstant now,
              Duration delay_max);

  private:
    struct Change {
        std::uint64_t head = 0;
        SteadyInstant at;
    };
    Objections& objections_;
    std::deque<Change> changes_;
};

}  // namespace washup::sim
