#pragma once
// The outcome ladder, Washup's own mark: the steps from own home to nursing care in three bands, a
// hollow green ring at the ideal, a filled dot at the expected, the gap as a thick bar between. On
// track = a green dot inside the ring. No ring = the ideal is not known. It is to be read from four
// metres before any word. Geometry apart from drawing, so that it can be tested by numbers.

#include <cstdint>
#include <optional>
#include <vector>

#include "board/model/model.hpp"

namespace washup::board {

class Pen;

struct LadderMark {
    std::uint32_t steps = 0;                 // on the ladder; 0 = no ladder is known
    std::vector<std::uint32_t> band_starts;  // first step of the second, third ... band
    std::uint32_t ideal = 0, expected = 0;   // step; 0 = unknown
    // Known to its band only: the far end of that band, to which the truth may reach. 0 = exact.
    std::uint32_t ideal_as_far_as = 0, expected_as_far_as = 0;
    bool off_ladder = false;
    friend bool operator==(LadderMark const&, LadderMark const&) = default;
};

LadderMark ladder_mark(Model const& model, Stay const& stay);

struct LadderGeometry {
    std::vector<float> steps;                    // x of each step
    std::vector<float> edges;                    // x of each boundary between bands
    std::optional<float> ring, dot;              // x
    bool on_track = false;                       // expected at least as independent as the ideal
    bool together = false;                       // dot inside ring
    std::optional<std::pair<float, float>> bar;  // the gap
    std::vector<std::pair<float, float>> open;   // where the truth may reach
};
LadderGeometry place_ladder(LadderMark const& mark, float x, float width);

void draw_ladder(Pen& pen, LadderMark const& mark, float x, float y, float width, bool greyed);

}  // namespace washup::board
