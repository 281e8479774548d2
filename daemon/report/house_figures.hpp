#pragma once
// Measures that are more than a sum over stays: against a baseline, with somebody's confirmation,
// as another system counted them, a team's sustainability matrix. For the report of measures alone.

#include "daemon/derive/figures.hpp"
#include "daemon/report/report.hpp"

namespace washup::report {

// One line of the measures, as text; empty = unknown.
struct HouseFigure {
    core::Code measure;
    std::string value, window, numerator, denominator, note;
};

// Of exactly this scope; nothing in it when the configuration says nothing.
core::MeasureTarget target_of(core::Config const& config, std::string_view measure,
                              derive::Scope const& scope);
std::string thousandths(std::int64_t value);  // "62", "62.5"

// (home % - baseline %) x discharges.
HouseFigure extra_home(core::State const& state, derive::Scope const& scope,
                       derive::Figure const& home, std::string window);
HouseFigure per_100k(core::State const& state, derive::Scope const& scope, std::int64_t bed_days,
                     derive::Days days);
// A zero only when somebody answers for the whole of the 14 days.
HouseFigure inappropriate(core::State const& state, derive::Scope const& scope);
// The latest of each imported measure, with its source and age.
std::vector<HouseFigure> imported(core::State const& state, derive::Scope const& scope);

Table sustainability(core::State const& state, derive::Scope const& scope);

}  // namespace washup::report
