#pragma once
// ImDrawData to pixels on the CPU: for pictures without display or GPU, and for the golden tests.
// The same draw data gives the same bytes on every machine: positions are rounded to 1/256 pixel
// and all coverage is whole-number arithmetic. A wall picture takes some 30 ms.

#include <cstdint>
#include <string>
#include <vector>

#include "proto/base/result.hpp"

struct ImDrawData;

namespace washup::board {

inline constexpr int picture_side_px_max = 8192;

struct Picture {
    int width = 0, height = 0;
    std::vector<std::uint8_t> rgba;  // rows from the top, 4 octets a pixel
};

// One channel of coverage, as ImFontAtlas::GetTexDataAsAlpha8 gives it.
struct AlphaTexture {
    std::uint8_t const* pixels = nullptr;
    int width = 0, height = 0;
};

// Every draw command is taken to use `texture`. Error: a side above picture_side_px_max.
Result<Picture> rasterise(ImDrawData const& data, AlphaTexture texture, std::uint32_t ground_rgb);

// Writes beside the path and renames, so that a reader never sees half a picture.
Result<void> write_png(Picture const& picture, std::string const& path);
Result<Picture> read_png(std::string const& path);

// How far two pictures are apart.
struct Difference {
    bool same_size = false;
    int worst = 0;             // largest difference of any channel
    double share_apart = 0.0;  // of pixels with a channel more than `apart_above` away
    static constexpr int apart_above = 16;
};
Difference compare(Picture const& a, Picture const& b);
// White where they differ, over a dimmed `b`.
Picture picture_of_difference(Picture const& a, Picture const& b);

}  // namespace washup::board
