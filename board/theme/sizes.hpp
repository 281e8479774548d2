#pragma once
// How large a letter must be, from the panel's inches and the viewing distance (product.md section
// 10): 20 arc minutes of cap height for what matters, nothing below 16. Pure arithmetic. When space
// is short a page drops columns, then takes more pages; it never shrinks.

namespace washup::board {

struct Panel {
    float width_px = 1920, height_px = 1080;
    float inches = 55;     // diagonal
    float distance_m = 4;  // of the viewer
};

inline constexpr float primary_arcmin = 20.0f;
inline constexpr float floor_arcmin = 16.0f;
inline constexpr float cap_height_of_em = 2048.0f / 2816.0f;  // Inter
inline constexpr float line_height_of_em = 1.21f;             // Inter's ascent minus descent

struct Sizes {
    float em = 50.5f;  // primary, in pixels
    float small_em = 40.4f;
    float unit = 1.0f;  // pixels per pixel of the 1920x1080 reference
    float width = 1920, height = 1080;
};

// Pixels that an angle covers at the viewer's distance.
float pixels_of(Panel const& panel, float arcmin);

// The reference composition, scaled so that it fills the panel, but never to smaller letters than
// the distance asks for.
Sizes sizes_for(Panel const& panel);

}  // namespace washup::board
