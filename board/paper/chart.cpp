#include "board/paper/chart.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "board/paper/html.hpp"
#include "board/paper/run_chart.hpp"
#include "board/paper/svg.hpp"

namespace washup::board::paper {
namespace {

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
        if (!value || *value <= 0) continue;  // what is gone has no bar
        Point point{line[table.chart_words], *value};
        point.vital = at < line.size() && line[at] == "yes";
        point.nobody = point.words == "Unattributed";
        points.push_back(std::move(point));
    }
    return points;
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

void sum_up(std::vector<Point>& points) {
    if (points.size() <= bars_max) return;
    Point rest{fmt::format("{} more", points.size() - bars_max + 1), 0, true};
    for (std::size_t i = bars_max - 1; i < points.size(); ++i) rest.value += points[i].value;
    points.resize(bars_max - 1);
    points.push_back(std::move(rest));
}

// What the bars are: dark, light, hatched.
std::string key(double y) {
    struct Entry {
        char const *fill, *words;
        double at;
    };
    std::string out;
    for (auto const& entry : {Entry{"#14446b", "vital few, in bold: the first that make 80%", 78},
                              Entry{"#8fb0cb", "the others", 336},
                              Entry{"url(#hatch)", "no cause named, or several in one", 424}}) {
        out +=
            fmt::format("<rect x=\"{:.0f}\" y=\"{:.1f}\" width=\"10\" height=\"10\" fill=\"{}\"/>",
                        entry.at, y - 9, entry.fill);
        out += svg_text(entry.at + 15, y, entry.words, "font-size=\"9.5\" fill=\"#45525f\"");
    }
    return out;
}

std::string pareto(ReportTable const& table) {
    auto points = points_of(table);
    sum_up(points);
    double all = 0, highest = 0;
    for (auto const& point : points) all += point.value;
    for (auto const& point : points) highest = std::max(highest, point.value);
    if (all <= 0) return {};
    auto const step = step_for(highest);
    Plot plot;
    plot.high_value = std::ceil(highest / step) * step;
    auto const left = plot.left, base = plot.base(), plot_high = plot.high;
    auto out = svg_opened(base + 122, table.title);
    out += svg_grid(plot, step, table.chart_axis);
    out += svg_text(picture_wide - 4, 13, "share so far",
                    "text-anchor=\"end\" font-size=\"10.5\" font-weight=\"600\" fill=\"#b4530a\"");
    auto const slot = plot.wide() / static_cast<double>(points.size());
    auto const thick = std::min(slot * 0.72, 54.0);
    std::string line, dots;
    double running = 0;
    for (std::size_t i = 0; i < points.size(); ++i) {
        auto const& point = points[i];
        auto const middle = left + slot * (static_cast<double>(i) + 0.5);
        auto const high = point.value / plot.high_value * plot_high;
        auto const unnamed = point.rest || point.nobody;
        auto const vital = point.vital && !unnamed;
        out += fmt::format(
            "<rect x=\"{:.1f}\" y=\"{:.1f}\" width=\"{:.1f}\" height=\"{:.1f}\" fill=\"{}\"/>",
            middle - thick / 2, base - high, thick, high,
            unnamed ? "url(#hatch)"
            : vital ? "#14446b"
                    : "#8fb0cb");
        out +=
            svg_text(middle, base - high - 4, plain(point.value),
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
    out += svg_line(left, mark, plot.end(), mark,
                    "stroke=\"#b4530a\" stroke-width=\"1\" stroke-dasharray=\"5 4\"");
    for (auto const percent : {0, 50, 80, 100}) {
        out += svg_text(plot.end() + 6, base - percent / 100.0 * plot_high + 3.5,
                        fmt::format("{}%", percent),
                        percent == 80 ? "font-size=\"10\" font-weight=\"700\" fill=\"#b4530a\""
                                      : "font-size=\"10\" fill=\"#b4530a\"");
    }
    out += fmt::format("<path d=\"{}\" fill=\"none\" stroke=\"#b4530a\" stroke-width=\"1.6\"/>{}",
                       line, dots);
    out += svg_line(left, base, plot.end(), base, "stroke=\"#45525f\" stroke-width=\"1\"");
    out += key(base + 116);
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
            return run_chart(table);
    }
    return {};
}

}  // namespace washup::board::paper
