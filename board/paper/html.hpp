#pragma once
// A report as one HTML page that needs nothing else: no script, no other file. Made for paper (A4)
// and good on a screen.

#include <string>

#include "board/model/report.hpp"

namespace washup::board::paper {

std::string html_of(Report const& report);
std::string escaped(std::string_view text);

}  // namespace washup::board::paper
