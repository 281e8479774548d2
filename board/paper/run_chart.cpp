#include "board/paper/run_chart.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>
#include <optional>
#include <vector>

#include "board/paper/html.hpp"
#include "board/paper/svg.hpp"
#include "proto/base/time.hpp"

namespace washup::board::paper {
namespace {

struct Point {
    std::string words;  // a date, or what else stands below it
    double value = 0;
    std::optional<double> mean, lower, upper;
    std::string signal, verdict, new_limits;
    bool trial = false;
};

std::vector<Point> points_of(ReportTable const& table) {
    auto const column = [&](char const* name) {
        auto const it = std::find(table.columns.begin(), table.columns.end(), name);
        return static_cast<std::size_t>(it - table.columns.begin());
    };
    auto const mean = column("mean"), lower = column("lower limit"), upper = column("upper limit");
    auto const signal = column("signal"), verdict = column("verdict"), trial = column("trial");
    auto const new_limits = column("new limits");
    std::vector<Point> points;
    for (auto const& line : table.lines) {
        auto const value = number_of(line[table.chart_value]);
        if (!value) continue;
        auto const cell = [&](std::size_t at) {
            return at < line.size() ? line[at] : std::string{};
        };
        points.push_back({line[table.chart_words], *value, number_of(cell(mean)),
                          number_of(cell(lower)), number_of(cell(upper)), cell(signal),
                          cell(verdict), cell(new_limits), cell(trial) == "yes"});
    }
    return points;
}

// How a verdict looks; and what it is called below the picture.
struct Look {
    char const *verdict, *colour, *words;
};
constexpr Look looks[] = {{"improvement", "#1b6e3c", "improvement: square"},
                          {"concern", "#a3280f", "concern: diamond"},
                          {"high", "#5a3a8a", "high, neither better nor worse: triangle up"},
                          {"low", "#5a3a8a", "low, neither better nor worse: triangle down"}};

Look const* look_of(std::string const& verdict) {
    for (auto const& look : looks) {
        if (verdict == look.verdict) return &look;
    }
    return nullptr;
}

std::string mark(std::string const& verdict, double x, double y) {
    auto const* const look = look_of(verdict);
    if (look == nullptr)
        return fmt::format("<circle cx=\"{:.1f}\" cy=\"{:.1f}\" r=\"2.7\" fill=\"#14446b\"/>", x,
                           y);
    std::string_view const kind = look->verdict;
    std::string path;
    if (kind == "improvement")
        path = fmt::format("M{:.1f},{:.1f} h8 v8 h-8 z", x - 4, y - 4);
    else if (kind == "concern")
        path = fmt::format("M{:.1f},{:.1f} l5.4,5.4 l-5.4,5.4 l-5.4,-5.4 z", x, y - 5.4);
    else if (kind == "high")
        path = fmt::format("M{:.1f},{:.1f} l5,8.6 h-10 z", x, y - 5.4);
    else
        path = fmt::format("M{:.1f},{:.1f} l5,-8.6 h-10 z", x, y + 5.4);
    return fmt::format("<path d=\"{}\" fill=\"#fff\" stroke=\"{}\" stroke-width=\"2\"/>", path,
                       look->colour);
}

// "2026-10-05" is read as "5 Oct"; other words stay.
std::optional<Date> date_of(std::string const& words) {
    if (words.size() != 10) return {};
    auto const moment = parse_moment(words);
    if (!moment || moment->precision != Precision::date) return {};
    return london_date(moment->at);
}

std::string short_date(std::string const& words) {
    auto const date = date_of(words);
    return date ? day_month(*date) : words;
}

class Drawing {
  public:
    Drawing(ReportTable const& table, std::vector<Point> points)
        : table_(table), points_(std::move(points)) {
        plot_.right = points_.front().mean ? 96 : 30;
        scale();
        gap_ = plot_.wide() / static_cast<double>(points_.size());
    }
    std::string draw() {
        dates();
        stretches();
        line_and_marks();
        signals();
        keys();
        auto out = svg_opened(below_ + 6, table_.title);
        auto axis = table_.chart_axis;
        if (plot_.low_value > 0)
            axis += fmt::format("{}the scale begins at {}, not 0", axis.empty() ? "" : "; ",
                                plain(plot_.low_value));
        out += svg_grid(plot_, step_, axis);
        return out + lines_ + over_ + "</svg>";
    }

  private:
    double x_of(std::size_t point) const {
        return plot_.left + gap_ * (static_cast<double>(point) + 0.5);
    }
    void scale() {
        auto lowest = points_.front().value, highest = lowest;
        auto const hold = [&](std::optional<double> value) {
            if (!value) return;
            lowest = std::min(lowest, *value);
            highest = std::max(highest, *value);
        };
        for (auto const& point : points_) {
            hold(point.value);
            hold(point.upper);
            // Nothing that is counted is below nought, though its limit may be.
            if (point.lower && (*point.lower >= 0 || point.value < 0)) hold(point.lower);
        }
        // Far from nought the picture begins near the points, and says so.
        if (lowest > 0 && lowest < highest / 2) lowest = 0;
        lowest = std::min(lowest, highest);
        step_ = step_for(highest - lowest);
        plot_.low_value = std::floor(lowest / step_) * step_;
        plot_.high_value = std::ceil(highest / step_) * step_;
        if (plot_.high_value <= plot_.low_value) plot_.high_value = plot_.low_value + step_;
    }
    void dates() {
        constexpr double apart_min = 46;
        auto const every = static_cast<std::size_t>(std::ceil(apart_min / gap_));
        std::string year;
        for (std::size_t i = 0; i < points_.size(); i += std::max<std::size_t>(1, every)) {
            auto const date = date_of(points_[i].words);
            auto const at = x_of(i);
            lines_ += svg_line(at, plot_.base(), at, plot_.base() + 4,
                               "stroke=\"#45525f\" stroke-width=\"1\"");
            lines_ += svg_text(at, plot_.base() + 15, short_date(points_[i].words),
                               "text-anchor=\"middle\" font-size=\"9.5\" fill=\"#17212b\"");
            if (!date || to_iso(*date).substr(0, 4) == year) continue;
            year = to_iso(*date).substr(0, 4);
            lines_ += svg_text(at, plot_.base() + 27, year,
                               "text-anchor=\"middle\" font-size=\"9.5\" fill=\"#45525f\"");
        }
        below_ = plot_.base() + 30;
    }
    static bool same_limits(Point const& a, Point const& b) {
        return b.new_limits.empty() && a.mean == b.mean && a.lower == b.lower && a.upper == b.upper;
    }
    // Mean and limits as far as each is one, with their numbers at the right end of the last.
    void stretches() {
        for (std::size_t first = 0; first < points_.size();) {
            auto end = first + 1;
            while (end < points_.size() && same_limits(points_[first], points_[end])) ++end;
            stretch(first, end);
            first = end;
        }
        if (!points_.back().mean) return;
        auto const& last = points_.back();
        auto const kind = last.trial ? "trial " : "";
        struct Label {
            double y;
            std::string words;
        };
        std::vector<Label> labels;
        auto const add = [&](std::optional<double> value, std::string const& words) {
            if (value && *value >= plot_.low_value && *value <= plot_.high_value)
                labels.push_back({plot_.y_of(*value) + 3.5, words + " " + plain(*value)});
        };
        add(last.upper, fmt::format("{}upper", kind));
        add(last.mean, "mean");
        add(last.lower, fmt::format("{}lower", kind));
        for (std::size_t i = 1; i < labels.size(); ++i)
            labels[i].y = std::max(labels[i].y, labels[i - 1].y + 11);
        for (auto const& label : labels)
            over_ += svg_text(plot_.end() + 5, label.y, label.words,
                              "font-size=\"10\" fill=\"#17212b\"");
        if (last.lower && *last.lower < plot_.low_value)
            over_ += svg_text(plot_.end() + 5, plot_.base() + 3.5, "lower below 0",
                              "font-size=\"10\" fill=\"#45525f\"");
    }
    void stretch(std::size_t first, std::size_t end) {
        auto const& point = points_[first];
        auto const from = first == 0 ? plot_.left : x_of(first) - gap_ / 2;
        auto const to = end == points_.size() ? plot_.end() : x_of(end - 1) + gap_ / 2;
        auto const level = [&](std::optional<double> value, char const* how) {
            if (value && *value >= plot_.low_value && *value <= plot_.high_value)
                lines_ += svg_line(from, plot_.y_of(*value), to, plot_.y_of(*value), how);
        };
        auto const* const dashes =
            point.trial ? "stroke=\"#45525f\" stroke-width=\"1.1\" stroke-dasharray=\"2 4\""
                        : "stroke=\"#45525f\" stroke-width=\"1.1\" stroke-dasharray=\"7 4\"";
        level(point.mean, "stroke=\"#45525f\" stroke-width=\"1.1\"");
        level(point.upper, dashes);
        level(point.lower, dashes);
        if (point.new_limits.empty()) return;
        auto const letter = std::string(1, static_cast<char>('A' + reasons_.size() % 26));
        lines_ += svg_line(from, plot_.top - 4, from, plot_.base(),
                           "stroke=\"#17212b\" stroke-width=\"1\" stroke-dasharray=\"1 3\"");
        over_ += fmt::format(
            "<rect x=\"{:.1f}\" y=\"{:.1f}\" width=\"14\" height=\"14\" fill=\"#17212b\"/>",
            from - 7, plot_.top - 17);
        over_ += svg_text(from, plot_.top - 6.5, letter,
                          "text-anchor=\"middle\" font-size=\"10\" font-weight=\"700\" "
                          "fill=\"#fff\"");
        reasons_.push_back(letter + "  new limits from " + point.new_limits);
    }
    void line_and_marks() {
        std::string path, marks;
        for (std::size_t i = 0; i < points_.size(); ++i) {
            auto const x = x_of(i), y = plot_.y_of(points_[i].value);
            path += fmt::format("{}{:.1f},{:.1f}", i == 0 ? "M" : " L", x, y);
            marks += mark(points_[i].verdict, x, y);
        }
        lines_ += fmt::format(
            "<path d=\"{}\" fill=\"none\" stroke=\"#14446b\" stroke-width=\"1.6\"/>", path);
        lines_ += svg_line(plot_.left, plot_.base(), plot_.end(), plot_.base(),
                           "stroke=\"#45525f\" stroke-width=\"1\"");
        lines_ += marks;
    }
    // Points in a row that mean the same are one spell: it has a number where it begins, and below
    // the picture its dates and rules in words.
    void signals() {
        for (std::size_t first = 0; first < points_.size();) {
            auto const& point = points_[first];
            auto end = first + 1;
            if (point.signal.empty()) {
                first = end;
                continue;
            }
            while (end < points_.size() && !points_[end].signal.empty() &&
                   points_[end].verdict == point.verdict && points_[end].new_limits.empty())
                ++end;
            spell(first, end);
            first = end;
        }
    }
    void spell(std::size_t first, std::size_t end) {
        auto const& point = points_[first];
        auto const number = std::to_string(spells_.size() + 1);
        auto const high = point.mean && point.value >= *point.mean;
        auto const y = plot_.y_of(point.value) + (high ? -9 : 17);
        over_ += fmt::format(
            "<text x=\"{:.1f}\" y=\"{:.1f}\" text-anchor=\"middle\" font-size=\"10.5\" "
            "font-weight=\"700\" fill=\"#17212b\" {}>{}</text>",
            x_of(first), y, on_white, number);
        std::vector<std::string> rules;
        for (auto i = first; i < end; ++i) {
            if (std::find(rules.begin(), rules.end(), points_[i].signal) == rules.end())
                rules.push_back(points_[i].signal);
        }
        auto const until = end - first > 1 ? " to " + short_date(points_[end - 1].words) : "";
        spells_.push_back(fmt::format("{}  {}, {}{}: {}", number, point.verdict,
                                      short_date(point.words), until, fmt::join(rules, "; ")));
    }
    void keys() {
        auto x = plot_.left;
        auto any = false;
        for (auto const& look : looks) {
            auto const seen = std::any_of(points_.begin(), points_.end(), [&](auto const& point) {
                return point.verdict == look.verdict;
            });
            if (!seen) continue;
            if (!any) below_ += 14;
            any = true;
            over_ += mark(look.verdict, x + 5, below_ - 3.5);
            over_ += svg_text(x + 15, below_, look.words, "font-size=\"9.5\" fill=\"#17212b\"");
            x += 40 + 5 * static_cast<double>(std::string_view{look.words}.size());
        }
        for (auto const& words : spells_) {
            below_ += 14;
            over_ += svg_text(plot_.left, below_, words, "font-size=\"9.5\" fill=\"#17212b\"");
        }
        for (auto const& reason : reasons_) {
            below_ += 14;
            over_ += svg_text(plot_.left, below_, reason, "font-size=\"9.5\" fill=\"#17212b\"");
        }
    }

    ReportTable const& table_;
    std::vector<Point> points_;
    Plot plot_;
    double step_ = 1, gap_ = 1, below_ = 0;
    std::string lines_, over_;                   // what lies below, and the words over it
    std::vector<std::string> reasons_, spells_;  // said below
};

}  // namespace

std::string run_chart(ReportTable const& table) {
    auto points = points_of(table);
    if (points.size() < 2) return {};
    return Drawing{table, std::move(points)}.draw();
}

}  // namespace washup::board::paper
