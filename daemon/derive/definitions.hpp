#pragma once
// What each measure is, in words that are served to whoever looks at it (product.md section 8):
// its code, its unit, which way is better, and its definition. The numbers are figures.hpp's.

#include <span>
#include <string_view>

#include "daemon/core/ids.hpp"
#include "daemon/derive/xmr.hpp"

namespace washup::derive {

enum class Shape { count, percent, mean };

struct Definition {
    std::string_view code, words, unit;
    Shape shape = Shape::count;
    Better better = Better::neither;
    // A flow is counted over days, and its trend has a point a week; the others are of an instant.
    bool flow = false;
    bool imported = false;  // another system counts it
    std::string_view text;
};

std::span<Definition const> definitions();
Definition const* definition_of(std::string_view measure);

}  // namespace washup::derive
