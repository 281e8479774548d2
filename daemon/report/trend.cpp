#include "daemon/derive/trend.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <optional>

#include "daemon/derive/decimal.hpp"
#include "daemon/report/asked.hpp"
#include "daemon/report/figure_reports.hpp"

// One measure over days or weeks, as an XmR chart.

namespace washup::report {
namespace {

constexpr int chart_decimals = 3;

// Dates from which limits are worked out anew, with the reason.
using Dates = std::map<Date, std::string>;

// "2026-09-01,2026-10-05"
Result<Dates> dates_of(std::string const& text) {
    Dates dates;
    for (std::size_t at = 0; at < text.size();) {
        auto const end = std::min(text.find(',', at), text.size());
        auto const moment = parse_moment(text.substr(at, end - at));
        if (!moment) return invalid(moment.error().words, "recalculated");
        dates[london_date(moment->at)] = "as asked for";
        at = end + 1;
    }
    return dates;
}

// Those of the configuration, and those that were asked for.
void add_configured(core::Config const& config, std::string_view measure, std::string const& scope,
                    Dates& dates) {
    for (auto const& each : config.recalculations) {
        if (each.measure == measure && each.scope == scope) dates[each.from] = each.why;
    }
}

struct Drawn {
    std::vector<derive::SeriesPoint> points;
    std::vector<double> values;
    derive::XmrSettings settings;
    std::map<std::size_t, std::string> reasons;  // by the point that begins new limits
};

Drawn drawn(derive::Definition const& measure, std::vector<derive::SeriesPoint> const& series,
            Dates const& recalculated, bool screened) {
    Drawn out;
    out.settings.better = measure.better;
    out.settings.screen_outliers = screened;
    for (auto const& point : series) {
        auto const value = derive::value_of(measure, point);
        if (!value) continue;
        // The first point on or after the date begins the new limits.
        auto const before = out.points.empty() ? Date{} : out.points.back().date;
        for (auto const& [date, why] : recalculated) {
            if (before >= date || date > point.date || out.points.empty()) continue;
            out.settings.recalculated_at.insert(out.values.size());
            auto& words = out.reasons[out.values.size()];
            words += (words.empty() ? "" : "; ") + to_iso(date) + ": " + why;
        }
        out.points.push_back(point);
        out.values.push_back(*value);
    }
    return out;
}

// A point's cells: a whole number as one; a share with what it is made of.
struct Parts {
    std::optional<std::string> whole;
    std::string numerator, denominator;
};

Parts parts_of(derive::Definition const& measure, derive::SeriesPoint const& point) {
    Parts parts;
    auto const of = std::max<std::int64_t>(point.of, 1);
    if (measure.shape == derive::Shape::count && point.value % of == 0)
        parts.whole = std::to_string(point.value / of);
    if (measure.imported) return parts;  // it came as one number
    parts.numerator = std::to_string(point.value);
    if (point.of != 0) parts.denominator = std::to_string(point.of);
    return parts;
}

}  // namespace

Result<Document> trend(core::State const& state, Options const& options) {
    auto const scope = scope_asked(state, options);
    if (!scope) return scope.error();
    auto const* const measure = derive::definition_of(option(options, "measure"));
    if (measure == nullptr)
        return invalid("this is no measure; `report definitions` lists them", "measure");
    auto recalculated = dates_of(option(options, "recalculated"));
    if (!recalculated) return recalculated.error();
    add_configured(state.config, measure->code, derive::name_of(*scope), *recalculated);
    auto const outliers = one_of(options, "outliers", {"screened", "kept"}, 0);
    if (!outliers) return outliers.error();
    auto chart =
        drawn(*measure, derive::series(state, *measure, *scope), *recalculated, *outliers == 0);
    Table table;
    table.title = fmt::format("{}, {}", measure->words, derive::words_of(state.config, *scope));
    table.definition = fmt::format(
        "{} A point a {}. XmR: centre line = mean, limits = mean -/+ 2.66 x mean moving range; "
        "Making Data Count rules: outside a limit, 7 points rising or falling, 2 of 3 near a "
        "limit, 7 points on one side. Trial: limits of fewer than {} points. New limits: worked "
        "out "
        "anew from this point on, and why.",
        measure->text,
        measure->imported ? "figure, by the first day it is of"
        : measure->flow   ? "complete week, by its Monday"
                          : "day",
        derive::settled_points_min);
    table.columns = {"date",    "value", "mean",      "lower limit", "upper limit", "signal",
                     "verdict", "trial", "numerator", "denominator", "new limits"};
    table.name = "chart";
    table.chart = {ChartKind::run, 0, 1,
                   fmt::format("{}, a point a {}", measure->unit,
                               measure->flow && !measure->imported ? "week"
                               : measure->imported                 ? "figure"
                                                                   : "day")};
    auto const points = derive::xmr(chart.values, chart.settings);
    for (std::size_t i = 0; i < points.size(); ++i) {
        auto const number = [](double value) { return derive::decimal(value, chart_decimals); };
        auto const parts = parts_of(*measure, chart.points[i]);
        table.lines.push_back(
            {to_iso(chart.points[i].date), parts.whole ? *parts.whole : number(points[i].value),
             number(points[i].mean), number(points[i].lower), number(points[i].upper),
             derive::name_of(points[i].signal), derive::name_of(points[i].verdict),
             yes_no(points[i].trial), parts.numerator, parts.denominator, chart.reasons[i]});
    }
    Document document{{std::move(table)}};
    document.title = measure->words;
    document.about = derive::words_of(state.config, *scope);
    return document;
}

}  // namespace washup::report
