#include "board/theme/sizes.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace washup::board {
namespace {

// 55 inch, 1920x1080, 4 m: the panel the composition was drawn for.
constexpr float reference_width = 1920, reference_height = 1080;
constexpr float mm_of_inch = 25.4f;

}  // namespace

float pixels_of(Panel const& panel, float arcmin) {
    float const diagonal_px = std::hypot(panel.width_px, panel.height_px);
    float const mm_of_px = panel.inches * mm_of_inch / diagonal_px;
    float const half_angle = arcmin / 2.0f / 60.0f * std::numbers::pi_v<float> / 180.0f;
    return 2.0f * panel.distance_m * 1000.0f * std::tan(half_angle) / mm_of_px;
}

Sizes sizes_for(Panel const& panel) {
    Sizes sizes;
    sizes.width = panel.width_px;
    sizes.height = panel.height_px;
    float const legible_em = pixels_of(panel, primary_arcmin) / cap_height_of_em;
    float const reference_em = pixels_of(Panel{}, primary_arcmin) / cap_height_of_em;
    float const fill =
        std::min(panel.width_px / reference_width, panel.height_px / reference_height);
    sizes.unit = std::max(legible_em / reference_em, fill);
    sizes.em = sizes.unit * reference_em;
    sizes.small_em = sizes.em * floor_arcmin / primary_arcmin;
    return sizes;
}

}  // namespace washup::board
