#pragma once
// The report beside a processed file: which rows were not taken as they stand, and why. RFC 4180,
// so that it opens in the spreadsheet the file came from. It names columns and rows, never what
// stands in them.

#include <cstdint>
#include <string>
#include <vector>

namespace washup::csv {

struct Rejection {
    std::uint32_t row = 0;  // line of the file; 0 = the file as a whole
    std::string column;
    std::string reason;
};

std::string make_report(std::string const& file_name, std::vector<Rejection> const& rejections);

}  // namespace washup::csv
