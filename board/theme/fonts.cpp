#include "board/theme/fonts.hpp"

#include <imgui.h>

#include <algorithm>
#include <filesystem>

namespace washup::board {
namespace {

struct CutSpec {
    char const* file;
    float em_factor;  // of the primary em
};

constexpr float floor_factor = floor_arcmin / primary_arcmin;

CutSpec spec(Cut cut) {
    switch (cut) {
        case Cut::title:
            return {"Inter-Bold.otf", 1.0f};
        case Cut::strong:
            return {"Inter-SemiBold.otf", 1.0f};
        case Cut::plain:
            return {"Inter-Regular.otf", 1.0f};
        case Cut::small:
            return {"Inter-Regular.otf", floor_factor};
        case Cut::small_strong:
            return {"Inter-SemiBold.otf", floor_factor};
        case Cut::number:
            return {"Inter-Bold.otf", 1.76f};
        case Cut::count:
            break;
    }
    return {"Inter-Regular.otf", 1.0f};
}

// Everything but the figures: Latin with its first extension (Welsh, Polish, Turkish names), the
// punctuation and the signs.
constexpr ImWchar face_ranges[] = {
    0x0020, 0x002F, 0x003A, 0x017F, 0x2010, 0x2027, 0x2030, 0x203A, 0x2190, 0x2193, 0x2212, 0x2212,
    0x2264, 0x2265, 0x25B2, 0x25B2, 0x25CB, 0x25CB, 0x25CF, 0x25CF, 0x2713, 0x2713, 0,
};
// Letters that are rare in names here (Romanian, Vietnamese): there, in a plainer raster.
constexpr ImWchar rare_ranges[] = {0x0218, 0x021B, 0x1E00, 0x1EFF, 0};
constexpr ImWchar figure_range[] = {0x0030, 0x0039, 0};
// Headline figures need no alphabet; they stand alone, so they keep their own widths.
constexpr ImWchar number_ranges[] = {0x0020, 0x007E, 0x2013, 0x2014, 0};

// The widest figure's advance at a size, measured on an atlas of its own.
float widest_figure(std::string const& path, float size_px) {
    ImFontAtlas atlas;
    ImFontConfig config;
    config.OversampleH = 1;
    ImFont* font = atlas.AddFontFromFileTTF(path.c_str(), size_px, &config, figure_range);
    if (font == nullptr || !atlas.Build()) return 0;
    float widest = 0;
    for (ImWchar c = '0'; c <= '9'; ++c) {
        widest = std::max(widest, font->FindGlyph(c)->AdvanceX);
    }
    return widest;
}

ImFont* add_cut(ImFontAtlas& atlas, Cut cut, std::string const& folder, float primary_em) {
    CutSpec const s = spec(cut);
    std::string const path = folder + "/" + s.file;
    float const size_px = primary_em * s.em_factor * line_height_of_em;
    ImFontConfig face;
    face.OversampleH = 2;
    face.OversampleV = 1;
    ImWchar const* ranges = cut == Cut::number ? number_ranges : face_ranges;
    ImFont* font = atlas.AddFontFromFileTTF(path.c_str(), size_px, &face, ranges);
    if (cut == Cut::number) return font;
    if (cut != Cut::title) {
        ImFontConfig rare = face;
        rare.MergeMode = true;
        rare.OversampleH = 1;
        atlas.AddFontFromFileTTF(path.c_str(), size_px, &rare, rare_ranges);
    }
    ImFontConfig figures = face;
    figures.MergeMode = true;
    figures.GlyphMinAdvanceX = figures.GlyphMaxAdvanceX = widest_figure(path, size_px);
    atlas.AddFontFromFileTTF(path.c_str(), size_px, &figures, figure_range);
    return font;
}

}  // namespace

Result<Fonts> load_fonts(ImFontAtlas& atlas, Sizes const& sizes, std::string const& folder) {
    for (std::size_t i = 0; i < static_cast<std::size_t>(Cut::count); ++i) {
        std::string const path = folder + "/" + spec(static_cast<Cut>(i)).file;
        std::error_code failed;
        if (!std::filesystem::exists(path, failed)) {
            return Error{ErrorCode::unavailable,
                         "the typeface is not there: " + path + " (Debian package fonts-inter)"};
        }
    }
    Fonts fonts;
    atlas.Flags |= ImFontAtlasFlags_NoMouseCursors;
    for (std::size_t i = 0; i < fonts.cuts.size(); ++i) {
        fonts.cuts[i] = add_cut(atlas, static_cast<Cut>(i), folder, sizes.em);
    }
    if (!atlas.Build()) {
        return Error{ErrorCode::unavailable, "the typeface cannot be read: " + folder};
    }
    // Each cut loaded its file several times; what was drawn from it stays.
    atlas.ClearInputData();
    return fonts;
}

}  // namespace washup::board
