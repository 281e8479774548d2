#pragma once
// The composition every page shares, in pixels of the 1920x1080 reference; a page scales them by
// Sizes::unit. Pure numbers, so that "six rows fit" is a test and not a hope.

#include <cstdint>
#include <vector>

#include "board/theme/sizes.hpp"

namespace washup::board {

inline constexpr float margin_ref = 47;
inline constexpr float head_height_ref = 102;
inline constexpr float foot_height_ref = 103;
inline constexpr float head_baseline_ref = 71;
inline constexpr float column_head_height_ref = 65;
inline constexpr float row_height_ref = 134.5f;
inline constexpr float row_height_max_ref = 170;
inline constexpr int rows_a_page_max = 6;

// The words below a ladder end so far before the next column, whose second line they would
// otherwise seem to run into.
inline constexpr float ladder_words_end_ref = 16;

// How many rows of two lines fit; at least one.
int rows_a_page(Sizes const& sizes);

enum class ColumnId : std::uint8_t { person, ready, ladder, waiting, action, due };
struct Column {
    ColumnId id;
    float x = 0, width = 0;  // pixels
};
// The columns that fit, left to right. When space is short the action goes first, then the ladder,
// then the days; person, what they wait for and the due word always stay.
std::vector<Column> wash_up_columns(Sizes const& sizes, int tier);

// The Flow page's composition, in pixels of the reference. A narrow panel puts the four numbers on
// two lines and leaves the curve out; a far one has fewer bars, never smaller words.
inline constexpr int pareto_bars_max = 9;
struct FlowLayout {
    int number_columns = 4;
    float number_pitch_ref = 0;
    float numbers_height_ref = 0;  // of all their lines
    bool curve = true;
    float words_ref = 500;  // room of a bar's words
    int bars = pareto_bars_max;
};
FlowLayout flow_layout(Sizes const& sizes);

inline constexpr float number_line_ref = 252;
inline constexpr float pareto_head_ref = 82;
inline constexpr float pareto_pitch_ref = 56;  // of a bar, at least
inline constexpr float pareto_end_ref = 10;    // above the foot

}  // namespace washup::board
