#include "board/raster/raster.hpp"

#include <gtest/gtest.h>
#include <imgui.h>

#include <filesystem>

namespace washup::board {
namespace {

constexpr std::uint8_t solid_texel = 255;
AlphaTexture const solid{&solid_texel, 1, 1};

// A draw list of our own making, without a context.
class Canvas {
  public:
    Canvas(int width, int height) : width_(width), height_(height) {
        data_.DisplaySize = {static_cast<float>(width), static_cast<float>(height)};
    }
    void quad(float x0, float y0, float x1, float y1, ImU32 colour, ImVec4 clip) {
        auto const base = static_cast<unsigned>(list_.VtxBuffer.Size);
        for (auto [x, y] : {std::pair{x0, y0}, {x1, y0}, {x1, y1}, {x0, y1}}) {
            list_.VtxBuffer.push_back({{x, y}, {0.5f, 0.5f}, colour});
        }
        ImDrawCmd command;
        command.ClipRect = clip;
        command.VtxOffset = base;  // indices count from here, as in lists above 65536 vertices
        command.IdxOffset = static_cast<unsigned>(list_.IdxBuffer.Size);
        command.ElemCount = 6;
        for (int i : {0, 1, 2, 0, 2, 3}) list_.IdxBuffer.push_back(static_cast<ImDrawIdx>(i));
        list_.CmdBuffer.push_back(command);
    }
    void quad(float x0, float y0, float x1, float y1, ImU32 colour) {
        quad(x0, y0, x1, y1, colour,
             {0, 0, static_cast<float>(width_), static_cast<float>(height_)});
    }
    Picture draw() {
        ImDrawList* lists[] = {&list_};
        data_.CmdLists = lists;
        data_.CmdListsCount = 1;
        return rasterise(data_, solid, 0x000000).value();
    }

  private:
    int width_, height_;
    ImDrawList list_{nullptr};
    ImDrawData data_;
};

int red(Picture const& picture, int x, int y) {
    return picture.rgba[static_cast<std::size_t>((y * picture.width + x) * 4)];
}

TEST(Raster, PaintsEachPixelOfTwoTrianglesOnce) {
    Canvas canvas(8, 8);
    canvas.quad(1, 1, 7, 7, IM_COL32(255, 255, 255, 128));
    Picture const picture = canvas.draw();
    for (int y = 0; y < 8; ++y) {
        for (int x = 0; x < 8; ++x) {
            bool const inside = x >= 1 && x < 7 && y >= 1 && y < 7;
            // Painted twice along the diagonal it would be 192.
            EXPECT_EQ(red(picture, x, y), inside ? 128 : 0) << x << "," << y;
        }
    }
}

TEST(Raster, StaysInsideTheClip) {
    Canvas canvas(8, 8);
    canvas.quad(-20, -20, 30, 30, IM_COL32_WHITE, {2, 3, 5, 6});
    Picture const picture = canvas.draw();
    int painted = 0;
    for (int y = 0; y < 8; ++y) {
        for (int x = 0; x < 8; ++x) painted += red(picture, x, y) == 255 ? 1 : 0;
    }
    EXPECT_EQ(painted, 9);
    EXPECT_EQ(red(picture, 2, 3), 255);
    EXPECT_EQ(red(picture, 5, 3), 0);
}

TEST(Raster, CountsIndicesFromTheCommandsOwnOffset) {
    Canvas canvas(8, 4);
    canvas.quad(0, 0, 4, 4, IM_COL32(10, 0, 0, 255));
    canvas.quad(4, 0, 8, 4, IM_COL32(200, 0, 0, 255));
    Picture const picture = canvas.draw();
    EXPECT_EQ(red(picture, 1, 1), 10);
    EXPECT_EQ(red(picture, 6, 1), 200);
}

TEST(Raster, CoversAPixelWhoseMiddleIsInside) {
    Canvas canvas(4, 1);
    canvas.quad(0.6f, 0, 2.6f, 1, IM_COL32_WHITE);
    Picture const picture = canvas.draw();
    EXPECT_EQ(red(picture, 0, 0), 0);
    EXPECT_EQ(red(picture, 1, 0), 255);
    EXPECT_EQ(red(picture, 2, 0), 255);
    EXPECT_EQ(red(picture, 3, 0), 0);
}

TEST(Raster, RefusesAPictureThatIsTooLarge) {
    ImDrawData data;
    data.DisplaySize = {static_cast<float>(picture_side_px_max + 1), 10};
    EXPECT_FALSE(rasterise(data, solid, 0).has_value());
    data.DisplaySize = {0, 10};
    EXPECT_FALSE(rasterise(data, solid, 0).has_value());
    data.DisplaySize = {static_cast<float>(picture_side_px_max), 1};
    EXPECT_TRUE(rasterise(data, solid, 0).has_value());
}

TEST(Png, ComesBackAsItWasWrittenAndLeavesNoPartBehind) {
    Canvas canvas(9, 7);
    canvas.quad(2, 2, 6, 6, IM_COL32(1, 2, 3, 255));
    Picture const picture = canvas.draw();
    std::string const path = testing::TempDir() + "/washup_raster_test.png";
    ASSERT_TRUE(write_png(picture, path).has_value());
    auto const back = read_png(path);
    ASSERT_TRUE(back.has_value());
    EXPECT_EQ(back->rgba, picture.rgba);
    EXPECT_FALSE(std::filesystem::exists(path + ".part"));
    std::filesystem::remove(path);
    EXPECT_FALSE(write_png(picture, "/nowhere/at/all.png").has_value());
    EXPECT_FALSE(read_png("/nowhere/at/all.png").has_value());
}

TEST(Compare, CountsPixelsThatAreApart) {
    Canvas canvas(10, 10);
    Picture const empty = canvas.draw();
    canvas.quad(0, 0, 1, 1, IM_COL32_WHITE);
    Picture const dot = canvas.draw();
    EXPECT_EQ(compare(empty, empty).worst, 0);
    EXPECT_NEAR(compare(empty, dot).share_apart, 0.01, 1e-9);
    EXPECT_FALSE(compare(empty, Canvas(3, 3).draw()).same_size);
}

}  // namespace
}  // namespace washup::board
