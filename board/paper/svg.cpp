#include "board/paper/svg.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>

#include "board/paper/html.hpp"

namespace washup::board::paper {

std::optional<double> number_of(std::string const& cell) {
    double value = 0;
    auto const [end, error] = std::from_chars(cell.data(), cell.data() + cell.size(), value);
    if (error != std::errc{} || end != cell.data() + cell.size() || !std::isfinite(value))
        return {};
    return value;
}

std::string plain(double value) {
    auto const tenth = std::round(value * 10) / 10 + 0.0;  // never "-0"
    return tenth == std::floor(tenth) ? fmt::format("{:.0f}", tenth) : fmt::format("{:.1f}", tenth);
}

double step_for(double range) {
    auto const rough = std::max(range, 1.0) / 5;
    auto const power = std::pow(10, std::floor(std::log10(rough)));
    for (auto const times : {1.0, 2.0, 5.0}) {
        if (times * power >= rough) return std::max(1.0, times * power);
    }
    return std::max(1.0, 10 * power);
}

std::string svg_text(double x, double y, std::string const& words, char const* more) {
    return fmt::format("<text x=\"{:.1f}\" y=\"{:.1f}\" {}>{}</text>", x, y, more, escaped(words));
}

std::string svg_line(double x1, double y1, double x2, double y2, char const* more) {
    return fmt::format("<line x1=\"{:.1f}\" y1=\"{:.1f}\" x2=\"{:.1f}\" y2=\"{:.1f}\" {}/>", x1, y1,
                       x2, y2, more);
}

std::string svg_grid(Plot const& plot, double step, std::string const& axis) {
    std::string out;
    for (auto value = plot.low_value; value <= plot.high_value + step * 1e-6; value += step) {
        auto const y = plot.y_of(value);
        out += svg_line(plot.left, y, plot.end(), y, "stroke=\"#dbe2e8\" stroke-width=\"0.8\"");
        out += svg_text(plot.left - 6, y + 3.5, plain(value),
                        "text-anchor=\"end\" font-size=\"10\" fill=\"#45525f\"");
    }
    if (!axis.empty())
        out += svg_text(4, 13, axis, "font-size=\"10.5\" font-weight=\"600\" fill=\"#17212b\"");
    return out;
}

std::string svg_opened(double high, std::string const& about) {
    return fmt::format(
        "<svg viewBox=\"0 0 {:.0f} {:.0f}\" role=\"img\" aria-label=\"{}\" font-family=\"Inter, "
        "Helvetica, Arial, sans-serif\"><defs><pattern id=\"hatch\" width=\"5\" height=\"5\" "
        "patternUnits=\"userSpaceOnUse\" patternTransform=\"rotate(45)\"><rect width=\"5\" "
        "height=\"5\" fill=\"#e3e8ed\"/><line x1=\"0\" y1=\"0\" x2=\"0\" y2=\"5\" "
        "stroke=\"#9aa7b3\" stroke-width=\"1.6\"/></pattern></defs>",
        picture_wide, high, escaped(about));
}

}  // namespace washup::board::paper
