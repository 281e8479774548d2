#include "daemon/report/figure_reports.hpp"

#include <array>

#include "daemon/report/asked.hpp"

namespace washup::report {
namespace {

constexpr OptionKind window_option{"window", "now, 7, 28 or 91 complete days; 28 when left out"};
constexpr OptionKind level_option{"level",
                                  "theme, reason, local_reason or family; theme when left out"};
constexpr OptionKind weight_option{
    "weight", "bed_days, or in the window now: people, gap; bed_days when left out"};
constexpr OptionKind days_option{"days", "7, 28 or 91 complete days for flows; 28 when left out"};

constexpr std::array<OptionKind, 4> of_pareto{
    {scope_option, window_option, level_option, weight_option}};
constexpr std::array<OptionKind, 5> of_pareto_people{
    {scope_option,
     window_option,
     level_option,
     weight_option,
     {"bar", "one bar's code; all when left out"}}};
constexpr std::array<OptionKind, 2> of_measures{{scope_option, days_option}};

constexpr std::array<Kind, 4> kinds{{
    {"definitions", "what each measure is, in words", 0, {}, definitions},
    {"measures", "the measures of a scope, with numerator and denominator", 0, of_measures,
     measures},
    {"pareto", "what bed days, people or gaps wait for, most first", 0, of_pareto, pareto},
    {"pareto_people", "the people behind the bars of a Pareto", 3, of_pareto_people, pareto_people},
}};

}  // namespace

std::span<Kind const> figure_kinds() {
    return kinds;
}

}  // namespace washup::report
