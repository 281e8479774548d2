#pragma once
// Drawing in the wall's own words: text by cut and meaning, set on a baseline; hairlines; the few
// signs. Everything is a primitive of ImDrawList; no ImGui window or widget is used.

#include <string_view>

#include "board/model/phrase.hpp"
#include "board/theme/fonts.hpp"
#include "board/theme/palette.hpp"
#include "board/theme/sizes.hpp"

struct ImDrawList;

namespace washup::board {

enum class Align : std::uint8_t { left, right, centre };

struct Box {
    float x0 = 0, y0 = 0, x1 = 0, y1 = 0;
    float width() const { return x1 - x0; }
    float height() const { return y1 - y0; }
};

class Pen {
  public:
    Pen(ImDrawList& list, Fonts const& fonts, Sizes const& sizes)
        : list_(list), fonts_(fonts), sizes_(sizes) {}

    Sizes const& sizes() const { return sizes_; }
    // Pixels of a length in the 1920x1080 reference.
    float px(float reference) const { return reference * sizes_.unit; }

    float width(Cut cut, std::string_view text) const;
    float cap_height(Cut cut) const;
    Measure measure(Cut cut) const;

    // Returns the width drawn. `x` is the left, right or middle by `align`.
    float text(Cut cut, float x, float baseline, Ink ink, std::string_view text,
               Align align = Align::left);
    // The longest form that fits in `room`.
    float phrase(Cut cut, float x, float baseline, float room, Ink ink, Phrase const& phrase,
                 Align align = Align::left);

    void hairline(float x0, float x1, float y, Ink ink = Ink::hairline);
    void upright(float x, float y0, float y1, Ink ink = Ink::hairline);
    void dotted_line(float x0, float x1, float y, Ink ink);
    void dotted_upright(float x, float y0, float y1, Ink ink);
    void bar(Box const& box, Ink ink);
    void dot(float x, float y, float radius, Ink ink);
    void ring(float x, float y, float radius, float thickness, Ink ink);
    static constexpr float sign_of_cap = 1.1f;  // width of a sign before a word, by cap height
    // The sign of alarm, its base on the baseline and as high as a capital of `cut`. Returns its
    // width.
    float triangle(Cut cut, float x, float baseline, Ink ink);
    void line(float x0, float y0, float x1, float y1, float thickness, Ink ink);
    // Stripes that say: this is old.
    void hatch(Box const& box);

  private:
    ImDrawList& list_;
    Fonts const& fonts_;
    Sizes sizes_;
};

}  // namespace washup::board
