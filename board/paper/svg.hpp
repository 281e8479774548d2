#pragma once
// The pieces that pictures on paper are made of: text, lines, a scale in round steps. Not what is
// drawn with them. Sizes are those of a picture 720 wide, which a page scales to its width.

#include <optional>
#include <string>

namespace washup::board::paper {

inline constexpr double picture_wide = 720;

// Where a picture's own area lies; numbers grow upwards from `base`.
struct Plot {
    double left = 78, right = 44, top = 34, high = 216;
    double low_value = 0, high_value = 1;
    double base() const { return top + high; }
    double wide() const { return picture_wide - left - right; }
    double end() const { return picture_wide - right; }
    double y_of(double value) const {
        return base() - (value - low_value) / (high_value - low_value) * high;
    }
};

std::optional<double> number_of(std::string const& cell);
std::string plain(double value);  // "12", "12.5"
// 1, 2 or 5 times a power of ten, so that at most six lines stand over so much.
double step_for(double range);

std::string svg_opened(double high, std::string const& about);
std::string svg_text(double x, double y, std::string const& words, char const* more);
std::string svg_line(double x1, double y1, double x2, double y2, char const* more);
// The lines of the scale with their numbers, and above them what the numbers are.
std::string svg_grid(Plot const& plot, double step, std::string const& axis);

// On a white edge, so that it can be read over lines.
inline constexpr char const* on_white =
    "stroke=\"#fff\" stroke-width=\"2.6\" paint-order=\"stroke\" stroke-linejoin=\"round\"";

}  // namespace washup::board::paper
