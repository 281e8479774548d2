#include "board/theme/palette.hpp"

#include <algorithm>
#include <cmath>

namespace washup::board {
namespace {

double linear(std::uint8_t channel) {
    double const c = channel / 255.0;
    return c <= 0.04045 ? c / 12.92 : std::pow((c + 0.055) / 1.055, 2.4);
}

double luminance(Rgb c) {
    return 0.2126 * linear(c.r) + 0.7152 * linear(c.g) + 0.0722 * linear(c.b);
}

}  // namespace

Rgb colour(Ink ink) {
    switch (ink) {
        case Ink::ground:
            return {0x0f, 0x16, 0x1e};
        case Ink::primary:
            return {0xf3, 0xf6, 0xf8};
        case Ink::muted:
            return {0xa9, 0xb8, 0xc6};
        case Ink::greyed:
            return {0x8b, 0x9a, 0xa8};
        case Ink::hairline:
            return {0x2a, 0x36, 0x42};
        case Ink::hatch:
            return {0x22, 0x2e, 0x3a};
        case Ink::alarm:
            return {0xff, 0x7a, 0x3c};
        case Ink::due_today:
            return {0xf2, 0xae, 0x1c};
        case Ink::ideal:
            return {0x34, 0xc7, 0x94};
        case Ink::expected:
            return {0xf3, 0xf6, 0xf8};
        case Ink::track:
            return {0x4a, 0x5a, 0x69};
        case Ink::quantity:
            return {0x56, 0xb4, 0xe9};
        case Ink::quantity_rest:
            return {0x3b, 0x6b, 0x8c};
    }
    return {};
}

double contrast(Rgb a, Rgb b) {
    double const la = luminance(a), lb = luminance(b);
    return (std::max(la, lb) + 0.05) / (std::min(la, lb) + 0.05);
}

}  // namespace washup::board
