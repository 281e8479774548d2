#pragma once
// RFC 4180 as files really are: cells, rows, line numbers; comma, semicolon or tab. It knows no
// column and no meaning. Pure: UTF-8 text in, rows out. A row that cannot be read is a row with a
// fault, never the end of the file: reading goes on at the next line.

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "proto/base/result.hpp"

namespace washup::csv {

inline constexpr std::size_t file_bytes_max = 64u << 20;
inline constexpr std::size_t row_bytes_max = 64u << 10;
inline constexpr std::size_t field_bytes_max = 16u << 10;
inline constexpr std::size_t columns_max = 256;
inline constexpr std::size_t rows_max = 200'000;

struct Row {
    std::uint32_t line = 0;          // of the file, from 1, where the row begins
    std::string_view raw;            // as it stands in the text, without its line end
    std::vector<std::string> cells;  // unquoted, outer blanks trimmed; empty when there is a fault
    std::string fault;               // words; no content of the row
    std::uint32_t fault_column = 0;  // from 1; 0 = the row as a whole
};

struct Sheet {
    char delimiter = ',';
    std::string_view header_raw;
    std::vector<std::string> header;
    std::vector<Row> rows;  // without blank lines
};

// The whole file. Its strings point into `text`, which must outlive it. Error: nothing in it can be
// read as rows: empty, no header, too large, or more rows than rows_max.
Result<Sheet> read_sheet(std::string_view text);

// One row again, from its raw text.
Row read_row(std::string_view raw, char delimiter);

}  // namespace washup::csv
