#pragma once
// Charts as SVG, drawn from the cells of a table: what the bars and points are is the report's
// matter. Pure geometry; numbers in user units, one page wide.

#include <string>

#include "board/model/report.hpp"

namespace washup::board::paper {

// Bars of a Pareto drawn; more are summed up in one that says so.
inline constexpr std::size_t bars_max = 14;

// Empty when the table has no number to draw.
std::string chart_of(ReportTable const& table);

}  // namespace washup::board::paper
