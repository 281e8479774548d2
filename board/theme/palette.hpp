#pragma once
// Colours by meaning, never by name: a panel asks for `alarm`, not for vermilion. One sign has one
// meaning, and no meaning is told by colour alone (product.md section 10). A test computes every
// contrast that the rules ask for.

#include <cstdint>

namespace washup::board {

enum class Ink : std::uint8_t {
    ground,   // behind everything
    primary,  // what matters
    muted,    // everything else that is said
    greyed,   // a row of somebody who has gone
    hairline,
    hatch,      // stripes behind what is old
    alarm,      // overdue, without a plan, silent, link lost
    due_today,  // the Due column only
    ideal,      // the ring; the dot when on track
    expected,   // the dot and the bar of the gap
    track,      // the ladder's rail and steps
    quantity,   // the quantity compared: bars of the vital few
    quantity_rest,
};

struct Rgb {
    std::uint8_t r = 0, g = 0, b = 0;
    friend constexpr bool operator==(Rgb, Rgb) = default;
};

Rgb colour(Ink ink);

// WCAG 2.2 contrast ratio, 1 to 21.
double contrast(Rgb a, Rgb b);

}  // namespace washup::board
