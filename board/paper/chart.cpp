#include "board/paper/chart.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <optional>

#include "board/paper/html.hpp"

namespace washup::board::paper {
namespace {

constexpr double wide = 720, left = 78, right = 44, top = 20, plot_high = 216;
constexpr double base = top + plot_high, plot_wide = wide - left - right;

std::optional<double> number_of(std::string const& cell) {
    double value = 0;
    auto const [end, error] = std::from_chars(cell.data(), cell.data() + cell.size(), value);
    if (error != std::errc{} || end != cell.data() + cell.size()) return {};
    return value;
}

struct Point {
    std::string words;
    double value = 0;
    bool rest = false;   // several bars in one
    bool vital = false;  // as the table says
    bool nobody = false;
};

std::vector<Point> points_of(ReportTable const& table) {
    auto const vital = std::find(table.columns.begin(), table.columns.end(), "vital few");
    auto const at = static_cast<std::size_t>(vital - table.columns.begin());
    std::vector<Point> points;
    for (auto const& line : table.lines) {
        auto const value = number_of(line[table.chart_value]);
        if (!value) continue;
        Point point{line[table.chart_words], *value};
        point.vital = at < line.size() && line[at] == "yes";
        point.nobody = point.words == "Unattributed";
        points.push_back(std::move(point));
    }
    return points;
}

std::string text(double x, double y, std::string const& words, char const* more) {
    return fmt::format("<text x=\"{:.1f}\" y=\"{:.1f}\" {}>{}</text>", x, y, more, escaped(words));
}
std::string rule(double x1, double y1, double x2, double y2, char const* more) {
    return fmt::format("<line x1=\"{:.1f}\" y1=\"{:.1f}\" x2=\"{:.1f}\" y2=\"{:.1f}\" {}/>", x1, y1,
                       x2, y2, more);
}
std::string plain(double value) {
    return value == std::floor(value) ? fmt::format("{:.0f}", value) : fmt::format("{:.1f}", value);
}

// 1, 2 or 5 times a power of ten, so that at most six lines stand.
double step_for(double most) {
    auto const rough = std::max(most, 1.0) / 5;
    auto const power = std::pow(10, std::floor(std::log10(rough)));
    for (auto const times : {1.0, 2.0, 5.0}) {
        if (times * power >= rough) return std::max(1.0, times * power);
    }
    return std::max(1.0, 10 * power);
}

// So much of the words as a slanted label has room for.
std::string label_of(std::string const& words) {
    constexpr std::size_t characters = 22;
    std::size_t count = 0, at = 0;
    while (at < words.size() && count < characters) {
        ++at;
        while (at < words.size() && (static_cast<unsigned char>(words[at]) & 0xC0) == 0x80) ++at;
        ++count;
    }
    return at < words.size() ? words.substr(0, at) + "…" : words;
}

std::string grid(double most, double step) {
    std::string out;
    for (double value = 0; value <= most + 1e-9; value += step) {
        auto const y = base - value / most * plot_high;
        out += rule(left, y, wide - right, y, "stroke=\"#dbe2e8\" stroke-width=\"0.8\"");
        out += text(left - 6, y + 3.5, plain(value),
                    "text-anchor=\"end\" font-size=\"10\" fill=\"#5a6672\"");
    }
    return out;
}

std::string opened(double high, std::string const& about) {
    return fmt::format(
        "<svg viewBox=\"0 0 {:.0f} {:.0f}\" role=\"img\" aria-label=\"{}\" font-family=\"Inter, "
        "Helvetica, Arial, sans-serif\"><defs><pattern id=\"hatch\" width=\"5\" height=\"5\" "
        "patternUnits=\"userSpaceOnUse\" patternTransform=\"rotate(45)\"><rect width=\"5\" "
        "height=\"5\" fill=\"#e3e8ed\"/><line x1=\"0\" y1=\"0\" x2=\"0\" y2=\"5\" "
        "stroke=\"#9aa7b3\" stroke-width=\"1.6\"/></pattern></defs>",
        wide, high, escaped(about));
}

void sum_up(std::vector<Point>& points) {
    if (points.size() <= bars_max) return;
    Point rest{fmt::format("{} more", points.size() - bars_max + 1), 0, true};
    for (std::size_t i = bars_max - 1; i < points.size(); ++i) rest.value += points[i].value;
    points.resize(bars_max - 1);
    points.push_back(std::move(rest));
}

std::string pareto(ReportTable const& table) {
    auto points = points_of(table);
    sum_up(points);
    double all = 0, highest = 0;
    for (auto const& point : points) all += point.value;
    for (auto const& point : points) highest = std::max(highest, point.value);
    if (all <= 0) return {};
    auto const step = step_for(highest);
    auto const most = std::ceil(highest / step) * step;
    auto out = opened(base + 104, table.title);
    out += grid(most, step);
    auto const slot = plot_wide / static_cast<double>(points.size());
    auto const thick = std::min(slot * 0.72, 54.0);
    std::string line, dots;
    double running = 0;
    for (std::size_t i = 0; i < points.size(); ++i) {
        auto const& point = points[i];
        auto const middle = left + slot * (static_cast<double>(i) + 0.5);
        auto const high = point.value / most * plot_high;
        auto const unnamed = point.rest || point.nobody;
        auto const vital = point.vital && !unnamed;
        out += fmt::format(
            "<rect x=\"{:.1f}\" y=\"{:.1f}\" width=\"{:.1f}\" height=\"{:.1f}\" fill=\"{}\"/>",
            middle - thick / 2, base - high, thick, high,
            unnamed ? "url(#hatch)"
            : vital ? "#14446b"
                    : "#8fb0cb");
        out += text(middle, base - high - 4, plain(point.value),
                    "text-anchor=\"middle\" font-size=\"10\" font-weight=\"600\" fill=\"#17212b\" "
                    "stroke=\"#fff\" stroke-width=\"2.6\" paint-order=\"stroke\" "
                    "stroke-linejoin=\"round\"");
        out += fmt::format(
            "<text transform=\"translate({:.1f},{:.1f}) rotate(-36)\" text-anchor=\"end\" "
            "font-size=\"10.5\" font-weight=\"{}\" fill=\"#17212b\">{}</text>",
            middle + 4, base + 14, vital ? 700 : 400, escaped(label_of(point.words)));
        running += point.value;
        auto const y = base - running / all * plot_high;
        line += fmt::format("{}{:.1f},{:.1f}", i == 0 ? "M" : " L", middle, y);
        dots += fmt::format("<circle cx=\"{:.1f}\" cy=\"{:.1f}\" r=\"2.6\" fill=\"#b4530a\"/>",
                            middle, y);
    }
    auto const mark = base - 0.8 * plot_high;
    out += rule(left, mark, wide - right, mark,
                "stroke=\"#b4530a\" stroke-width=\"1\" stroke-dasharray=\"5 4\"");
    for (auto const percent : {0, 50, 80, 100}) {
        out += text(wide - right + 6, base - percent / 100.0 * plot_high + 3.5,
                    fmt::format("{}%", percent),
                    percent == 80 ? "font-size=\"10\" font-weight=\"700\" fill=\"#b4530a\""
                                  : "font-size=\"10\" fill=\"#b4530a\"");
    }
    out += fmt::format("<path d=\"{}\" fill=\"none\" stroke=\"#b4530a\" stroke-width=\"1.6\"/>{}",
                       line, dots);
    out += rule(left, base, wide - right, base, "stroke=\"#45525f\" stroke-width=\"1\"");
    return out + "</svg>";
}

// Where a column of that name says it, a level line for the whole of the chart.
std::optional<double> level_of(ReportTable const& table, char const* column) {
    auto const it = std::find(table.columns.begin(), table.columns.end(), column);
    if (it == table.columns.end() || table.lines.empty()) return {};
    return number_of(table.lines.back()[static_cast<std::size_t>(it - table.columns.begin())]);
}

std::string run(ReportTable const& table) {
    auto const points = points_of(table);
    if (points.size() < 2) return {};
    auto const upper = level_of(table, "upper limit"), lower = level_of(table, "lower limit"),
               mean = level_of(table, "mean");
    auto highest = upper.value_or(0);
    for (auto const& point : points) highest = std::max(highest, point.value);
    if (highest <= 0) highest = 1;
    auto const step = step_for(highest);
    auto const most = std::ceil(highest / step) * step;
    auto out = opened(base + 34, table.title);
    out += grid(most, step);
    auto const y_of = [&](double value) { return base - value / most * plot_high; };
    auto const level = [&](std::optional<double> value, char const* words, char const* how) {
        if (!value || *value < 0) return;
        out += rule(left, y_of(*value), wide - right, y_of(*value), how);
        out +=
            text(wide - right + 5, y_of(*value) + 3.5, words, "font-size=\"9.5\" fill=\"#5a6672\"");
    };
    level(mean, "mean", "stroke=\"#45525f\" stroke-width=\"1\"");
    level(upper, "limit", "stroke=\"#6c7884\" stroke-width=\"1\" stroke-dasharray=\"5 4\"");
    level(lower, "limit", "stroke=\"#6c7884\" stroke-width=\"1\" stroke-dasharray=\"5 4\"");
    auto const gap = plot_wide / static_cast<double>(points.size());
    auto const every = std::max<std::size_t>(1, (points.size() + 11) / 12);
    std::string line, dots;
    for (std::size_t i = 0; i < points.size(); ++i) {
        auto const x = left + gap * (static_cast<double>(i) + 0.5);
        auto const y = y_of(points[i].value);
        auto const outside =
            (upper && points[i].value > *upper) || (lower && points[i].value < *lower);
        line += fmt::format("{}{:.1f},{:.1f}", i == 0 ? "M" : " L", x, y);
        dots += fmt::format(
            "<circle cx=\"{:.1f}\" cy=\"{:.1f}\" r=\"{}\" fill=\"{}\" "
            "stroke=\"#14446b\" stroke-width=\"1.6\"/>",
            x, y, outside ? "4.4" : "2.8", outside ? "#fff" : "#14446b");
        if (i % every == 0)
            out += text(x, base + 16, points[i].words,
                        "text-anchor=\"middle\" font-size=\"10\" fill=\"#45525f\"");
    }
    out += fmt::format("<path d=\"{}\" fill=\"none\" stroke=\"#14446b\" stroke-width=\"1.8\"/>{}",
                       line, dots);
    out += rule(left, base, wide - right, base, "stroke=\"#45525f\" stroke-width=\"1\"");
    return out + "</svg>";
}

}  // namespace

std::string chart_of(ReportTable const& table) {
    switch (table.chart) {
        case ReportChart::none:
            return {};
        case ReportChart::pareto:
            return pareto(table);
        case ReportChart::run:
            return run(table);
    }
    return {};
}

}  // namespace washup::board::paper
