#include "daemon/report/figure_reports.hpp"

#include <array>

#include "daemon/report/asked.hpp"
#include "daemon/report/suppress.hpp"

namespace washup::report {
namespace {

constexpr OptionKind window_option{"window", "now, 7, 28 or 91 complete days; 28 when left out"};
constexpr OptionKind level_option{"level",
                                  "theme, reason, local_reason or family; theme when left out"};
constexpr OptionKind weight_option{
    "weight", "bed_days, or in the window now: people, gap; bed_days when left out"};
constexpr OptionKind days_option{"days", "7, 28 or 91 complete days for flows; 28 when left out"};

constexpr std::array<OptionKind, 5> of_pareto{
    {scope_option, window_option, level_option, weight_option, suppress_option}};
constexpr std::array<OptionKind, 5> of_pareto_people{
    {scope_option,
     window_option,
     level_option,
     weight_option,
     {"bar", "one bar's code; all when left out"}}};
constexpr std::array<OptionKind, 2> of_measures{{scope_option, days_option}};

constexpr std::array<OptionKind, 1> of_days{{days_option}};
constexpr std::array<OptionKind, 1> of_matching{
    {{"service", "one service's code; all that accept somebody when left out"}}};
constexpr std::array<OptionKind, 4> of_trend{
    {{"measure", "a measure's code, of the report definitions", true},
     scope_option,
     {"recalculated", "dates from which limits are worked out anew: 2026-09-01,2026-10-05"},
     {"outliers", "screened (out of the limits) or kept; screened when left out"}}};

constexpr std::array<Kind, 10> kinds{{
    {"bottlenecks", "how long and how often more is asked for than accepted", 0, of_days,
     bottlenecks},
    {"capacity", "demand against capacity by kind, zone and pathway", 0, {}, capacity},
    {"definitions", "what each measure is, in words", 0, {}, definitions},
    {"matching", "who could take a free place, and the best assignment of several", 3, of_matching,
     matching},
    {"measures", "the measures of a scope, with numerator and denominator", 0, of_measures,
     measures},
    {"pareto", "what bed days, people or gaps wait for, most first", 0, of_pareto, pareto, true},
    {"pareto_people", "the people behind the bars of a Pareto", 3, of_pareto_people, pareto_people},
    {"requests", "open requests with their age", 3, {}, requests},
    {"trend", "a measure over days or weeks, as an XmR chart", 0, of_trend, trend},
    {"unmet_need", "what was wanted, by kind, zone and hour, and what came of it", 0, of_days,
     unmet_need},
}};

}  // namespace

std::span<Kind const> figure_kinds() {
    return kinds;
}

}  // namespace washup::report
