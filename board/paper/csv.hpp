#pragma once
// A table as RFC 4180 has it: a head, lines that end in CR LF, cells quoted where they must be.
// Text in UTF-8; encoding.hpp makes octets of it. Nothing is changed to please a spreadsheet.

#include <string>

#include "board/model/report.hpp"

namespace washup::board::paper {

std::string csv_of(ReportTable const& table);

}  // namespace washup::board::paper
