#include <algorithm>

#include "board/panels/layout.hpp"
#include "board/panels/sign_in.hpp"
#include "board/widgets/pen.hpp"

namespace washup::board {
namespace {

// In pixels of the reference, from below the head.
constexpr float why_ref = 110;
constexpr float first_field_ref = 300;
constexpr float field_pitch_ref = 190;
constexpr float field_width_ref = 900;
constexpr float name_above_ref = 70;
constexpr float rule_below_ref = 28;
constexpr float dot_pitch_ref = 52;
constexpr float dot_radius_ref = 13;

// A name in grey, what is typed below it on a line; the line that is typed on is white.
void draw_field(Pen& pen, float baseline, float width, char const* name, bool active) {
    float const x = pen.px(margin_ref);
    pen.text(Cut::small, x, baseline - pen.px(name_above_ref), Ink::muted, name);
    float const rule = baseline + pen.px(rule_below_ref);
    pen.hairline(x, x + width, rule, active ? Ink::primary : Ink::hairline);
}

}  // namespace

void draw_sign_in(Pen& pen, SignInView const& view) {
    float const x = pen.px(margin_ref), top = pen.px(head_height_ref);
    float const room = pen.sizes().width - 2 * x;
    float const width = std::min(pen.px(field_width_ref), room);
    if (!view.why.empty()) {
        pen.phrase(Cut::strong, x, top + pen.px(why_ref), room, Ink::primary, view.why);
    }
    float const staff = top + pen.px(first_field_ref);
    draw_field(pen, staff, width, "Staff id", !view.at_pin);
    pen.phrase(Cut::strong, x, staff, width, Ink::primary, view.staff);
    float const pin = staff + pen.px(field_pitch_ref);
    draw_field(pen, pin, width, "PIN", view.at_pin && !view.checking);
    float const radius = pen.px(dot_radius_ref);
    for (std::size_t i = 0; i < view.pin_digits; ++i) {
        pen.dot(x + radius + pen.px(dot_pitch_ref) * static_cast<float>(i),
                pin - pen.cap_height(Cut::strong) / 2, radius, Ink::primary);
    }
    pen.phrase(Cut::small, x, pin + pen.px(field_pitch_ref) - pen.px(name_above_ref), room,
               Ink::muted, view.help);
}

}  // namespace washup::board
