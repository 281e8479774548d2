#include "board/widgets/pen.hpp"

#include <imgui.h>

#include <algorithm>
#include <cmath>

namespace washup::board {
namespace {

ImU32 packed(Ink ink) {
    Rgb const c = colour(ink);
    return IM_COL32(c.r, c.g, c.b, 255);
}

// The em of a cut in pixels; ImGui's size is ascent minus descent.
float em_of(ImFont const& font) {
    return font.FontSize / line_height_of_em;
}

}  // namespace

float Pen::width(Cut cut, std::string_view text) const {
    ImFont const* font = fonts_[cut];
    return font->CalcTextSizeA(font->FontSize, 1e9f, 0, text.data(), text.data() + text.size()).x;
}

float Pen::cap_height(Cut cut) const {
    return em_of(*fonts_[cut]) * cap_height_of_em;
}

Measure Pen::measure(Cut cut) const {
    return [this, cut](std::string_view text) { return width(cut, text); };
}

float Pen::text(Cut cut, float x, float baseline, Ink ink, std::string_view text, Align align) {
    ImFont const* font = fonts_[cut];
    float const wide = width(cut, text);
    if (align == Align::right) x -= wide;
    if (align == Align::centre) x -= wide / 2;
    // ImGui sets text by the top of its line; whole pixels keep the letters sharp.
    ImVec2 const at(std::round(x), std::round(baseline - font->Ascent));
    list_.AddText(font, font->FontSize, at, packed(ink), text.data(), text.data() + text.size());
    return wide;
}

float Pen::phrase(Cut cut, float x, float baseline, float room, Ink ink, Phrase const& phrase,
                  Align align) {
    std::string const words = fit(phrase, room, measure(cut));
    return words.empty() ? 0.0f : text(cut, x, baseline, ink, words, align);
}

void Pen::hairline(float x0, float x1, float y, Ink ink) {
    float const thick = std::max(1.0f, std::round(px(2)));
    y = std::round(y);
    list_.AddRectFilled({std::round(x0), y}, {std::round(x1), y + thick}, packed(ink));
}

void Pen::upright(float x, float y0, float y1, Ink ink) {
    float const thick = std::max(1.0f, std::round(px(2)));
    x = std::round(x);
    list_.AddRectFilled({x, std::round(y0)}, {x + thick, std::round(y1)}, packed(ink));
}

void Pen::dotted_line(float x0, float x1, float y, Ink ink) {
    float const dot_px = std::max(1.0f, std::round(px(3)));
    float const step = std::max(2.0f, std::round(px(11)));
    y = std::round(y);
    for (float x = std::round(x0); x + dot_px <= x1; x += step) {
        list_.AddRectFilled({x, y}, {x + dot_px, y + dot_px}, packed(ink));
    }
}

void Pen::dotted_upright(float x, float y0, float y1, Ink ink) {
    float const dot_px = std::max(1.0f, std::round(px(3)));
    float const step = std::max(2.0f, std::round(px(11)));
    x = std::round(x - dot_px / 2);
    for (float y = std::round(y0); y + dot_px <= y1; y += step) {
        list_.AddRectFilled({x, y}, {x + dot_px, y + dot_px}, packed(ink));
    }
}

void Pen::bar(Box const& box, Ink ink) {
    list_.AddRectFilled({std::round(box.x0), std::round(box.y0)},
                        {std::round(box.x1), std::round(box.y1)}, packed(ink), px(3));
}

void Pen::dot(float x, float y, float radius, Ink ink) {
    list_.AddCircleFilled({x, y}, radius, packed(ink), 48);
}

void Pen::ring(float x, float y, float radius, float thickness, Ink ink) {
    list_.AddCircleFilled({x, y}, radius, packed(Ink::ground), 48);
    list_.AddCircle({x, y}, radius - thickness / 2, packed(ink), 48, thickness);
}

float Pen::triangle(Cut cut, float x, float baseline, Ink ink) {
    float const high = cap_height(cut);
    float const wide = high * sign_of_cap;
    list_.AddTriangleFilled({x, baseline}, {x + wide / 2, baseline - high}, {x + wide, baseline},
                            packed(ink));
    return wide;
}

void Pen::line(float x0, float y0, float x1, float y1, float thickness, Ink ink) {
    list_.AddLine({x0, y0}, {x1, y1}, packed(ink), thickness);
}

void Pen::hatch(Box const& box) {
    list_.PushClipRect({box.x0, box.y0}, {box.x1, box.y1}, true);
    float const step = px(22), thick = px(7);
    float const high = box.height();
    for (float x = box.x0 - high; x < box.x1; x += step) {
        list_.AddLine({x, box.y1}, {x + high, box.y0}, packed(Ink::hatch), thick);
    }
    list_.PopClipRect();
}

}  // namespace washup::board
