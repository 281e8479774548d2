#include <gtest/gtest.h>
#include <imgui.h>

#include <cmath>

#include "board/theme/fonts.hpp"
#include "board/theme/palette.hpp"
#include "board/theme/sizes.hpp"

namespace washup::board {
namespace {

TEST(Palette, GivesPrimaryTextSevenToOneAndAllTextFourAndAHalf) {
    Rgb const ground = colour(Ink::ground);
    EXPECT_GE(contrast(colour(Ink::primary), ground), 7.0);
    for (Ink ink : {Ink::muted, Ink::greyed, Ink::alarm, Ink::due_today}) {
        EXPECT_GE(contrast(colour(ink), ground), 4.5) << static_cast<int>(ink);
    }
    // Alarm and due words stand in the primary cells.
    EXPECT_GE(contrast(colour(Ink::alarm), ground), 7.0);
    EXPECT_GE(contrast(colour(Ink::due_today), ground), 7.0);
}

TEST(Palette, KeepsTextLegibleOverTheHatchOfOldCells) {
    Rgb const hatch = colour(Ink::hatch);
    EXPECT_GE(contrast(colour(Ink::primary), hatch), 7.0);
    for (Ink ink : {Ink::muted, Ink::greyed, Ink::alarm, Ink::due_today}) {
        EXPECT_GE(contrast(colour(ink), hatch), 4.5) << static_cast<int>(ink);
    }
    EXPECT_GT(contrast(hatch, colour(Ink::ground)), 1.3);  // and it is seen
}

TEST(Palette, GivesMarksThatCarryMeaningThreeToOne) {
    for (Ink ink : {Ink::ideal, Ink::expected, Ink::quantity, Ink::quantity_rest}) {
        EXPECT_GE(contrast(colour(ink), colour(Ink::ground)), 3.0) << static_cast<int>(ink);
    }
}

TEST(Palette, ComputesContrastAsTheStandardDoes) {
    EXPECT_NEAR(contrast({0, 0, 0}, {255, 255, 255}), 21.0, 1e-9);
    EXPECT_NEAR(contrast({255, 255, 255}, {255, 255, 255}), 1.0, 1e-9);
    EXPECT_NEAR(contrast({0xd5, 0x28, 0x1b}, {255, 255, 255}), 5.06, 0.01);
}

TEST(Sizes, AreThoseOfTheReferencePanel) {
    Sizes const sizes = sizes_for(Panel{});
    EXPECT_NEAR(pixels_of(Panel{}, primary_arcmin), 37, 0.5);
    EXPECT_NEAR(sizes.em, 50, 1.0);
    EXPECT_NEAR(sizes.small_em, 40, 1.0);
    EXPECT_NEAR(sizes.unit, 1.0, 1e-6);
}

TEST(Sizes, NeverGoBelowTwentyArcMinutesOnAnyPanel) {
    for (float inches : {43.0f, 55.0f, 65.0f, 75.0f}) {
        for (float distance : {3.0f, 4.0f, 5.0f}) {
            for (float width : {1280.0f, 1920.0f, 3840.0f}) {
                Panel const panel{width, width * 9 / 16, inches, distance};
                Sizes const sizes = sizes_for(panel);
                EXPECT_GE(sizes.em * cap_height_of_em, pixels_of(panel, primary_arcmin) - 0.01f);
                EXPECT_GE(sizes.small_em * cap_height_of_em,
                          pixels_of(panel, floor_arcmin) - 0.01f);
            }
        }
    }
}

TEST(Sizes, FillALargerPanelInsteadOfLeavingItEmpty) {
    Sizes const near = sizes_for(Panel{1920, 1080, 75, 3});
    EXPECT_NEAR(near.unit, 1.0, 1e-6);
    Sizes const uhd = sizes_for(Panel{3840, 2160, 55, 4});
    EXPECT_NEAR(uhd.unit, 2.0, 1e-4);
}

class FontsAtReference : public testing::Test {
  protected:
    void SetUp() override {
        auto loaded = load_fonts(atlas_, sizes_for(Panel{}));
        ASSERT_TRUE(loaded.has_value()) << loaded.error().words;
        fonts_ = *loaded;
    }
    ImFontAtlas atlas_;
    Fonts fonts_;
};

TEST_F(FontsAtReference, HaveTheCapHeightTheDistanceAsksFor) {
    auto const cap = [&](Cut cut) {
        ImFontGlyph const* glyph = fonts_[cut]->FindGlyphNoFallback('H');
        return glyph == nullptr ? 0.0f : glyph->Y1 - glyph->Y0;
    };
    Panel const panel;
    for (Cut cut : {Cut::title, Cut::strong, Cut::plain}) {
        EXPECT_GE(cap(cut), std::floor(pixels_of(panel, primary_arcmin)));
        EXPECT_LE(cap(cut), pixels_of(panel, primary_arcmin) + 2);
    }
    for (Cut cut : {Cut::small, Cut::small_strong}) {
        EXPECT_GE(cap(cut), std::floor(pixels_of(panel, floor_arcmin)));
        EXPECT_LE(cap(cut), pixels_of(panel, floor_arcmin) + 2);
    }
}

TEST_F(FontsAtReference, HaveFiguresOfOneWidth) {
    for (Cut cut : {Cut::title, Cut::strong, Cut::plain, Cut::small, Cut::small_strong}) {
        float const width = fonts_[cut]->GetCharAdvance('0');
        for (ImWchar c = '1'; c <= '9'; ++c) {
            EXPECT_FLOAT_EQ(fonts_[cut]->GetCharAdvance(c), width) << static_cast<char>(c);
        }
    }
}

std::vector<ImWchar> characters(char const* text) {
    std::vector<ImWchar> out;
    for (unsigned char const* at = reinterpret_cast<unsigned char const*>(text); *at != 0;) {
        if (*at < 0x80) {
            out.push_back(*at);
            at += 1;
        } else if (*at < 0xE0) {
            out.push_back(static_cast<ImWchar>(((at[0] & 0x1F) << 6) | (at[1] & 0x3F)));
            at += 2;
        } else {
            out.push_back(static_cast<ImWchar>(((at[0] & 0x0F) << 12) | ((at[1] & 0x3F) << 6) |
                                               (at[2] & 0x3F)));
            at += 3;
        }
    }
    return out;
}

TEST_F(FontsAtReference, HaveEverySignAPanelUses) {
    for (Cut cut : {Cut::title, Cut::strong, Cut::plain, Cut::small, Cut::small_strong}) {
        for (ImWchar c : characters(signs_used)) {
            EXPECT_NE(fonts_[cut]->FindGlyphNoFallback(c), nullptr)
                << "cut " << static_cast<int>(cut) << " U+" << std::hex << c;
        }
        for (ImWchar c : characters("ŴŷÂêïÉëøñßčłżąęĐğ")) {
            EXPECT_NE(fonts_[cut]->FindGlyphNoFallback(c), nullptr) << "U+" << std::hex << c;
        }
        if (cut == Cut::title) continue;  // says the page, never a name
        for (ImWchar c : characters("ȘțễẄ")) {
            EXPECT_NE(fonts_[cut]->FindGlyphNoFallback(c), nullptr) << "U+" << std::hex << c;
        }
    }
    for (ImWchar c : characters("0123456789–%")) {
        EXPECT_NE(fonts_[Cut::number]->FindGlyphNoFallback(c), nullptr);
    }
}

TEST(Fonts, SayWhichFileIsMissing) {
    ImFontAtlas atlas;
    auto const loaded = load_fonts(atlas, sizes_for(Panel{}), "/nowhere");
    ASSERT_FALSE(loaded.has_value());
    EXPECT_NE(loaded.error().words.find("/nowhere/Inter"), std::string::npos);
}

}  // namespace
}  // namespace washup::board
