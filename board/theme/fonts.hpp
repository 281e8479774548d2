#pragma once
// The typeface of the house in the few cuts a wall needs, rasterised once at the sizes that the
// distance asks for. ImGui has no OpenType features, so figures are made tabular here: the face is
// loaded without 0-9, which then join with one fixed advance.

#include <array>
#include <cstdint>
#include <string>

#include "board/theme/sizes.hpp"
#include "proto/base/result.hpp"

struct ImFont;
struct ImFontAtlas;

namespace washup::board {

enum class Cut : std::uint8_t {
    title,         // the page's name: primary size, bold
    strong,        // primary size, semi-bold
    plain,         // primary size, regular
    small,         // floor size, regular
    small_strong,  // floor size, semi-bold
    number,        // headline figures
    count
};

inline constexpr char const* fonts_folder_default = "/usr/share/fonts/opentype/inter";

struct Fonts {
    std::array<ImFont*, static_cast<std::size_t>(Cut::count)> cuts{};
    ImFont* operator[](Cut cut) const { return cuts[static_cast<std::size_t>(cut)]; }
};

// The signs beyond letters that panels may use; a test proves that every cut has them.
inline constexpr char const* signs_used = "▲●→✓·–—…×≥−’“”%+?";

// Adds every cut to the atlas and builds it. The ranges must live as long as the atlas: they are
// static. Error: the typeface is not there.
Result<Fonts> load_fonts(ImFontAtlas& atlas, Sizes const& sizes,
                         std::string const& folder = fonts_folder_default);

}  // namespace washup::board
