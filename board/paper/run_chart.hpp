#pragma once
// A table of points in time as an SVG: the points, and where the table says them the mean and the
// limits of an XmR chart, what is a signal and of what kind, and where limits were worked out anew
// and why. What a point means is a shape and a word; colour only repeats it.

#include <string>

#include "board/model/report.hpp"

namespace washup::board::paper {

// Columns by name, each of which may be missing: "mean", "lower limit", "upper limit", "signal",
// "verdict", "trial", "new limits". Empty with fewer than two points.
std::string run_chart(ReportTable const& table);

}  // namespace washup::board::paper
