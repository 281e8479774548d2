#include "board/paper/csv.hpp"

namespace washup::board::paper {
namespace {

void put_line(std::vector<std::string> const& cells, std::string& out) {
    for (std::size_t i = 0; i < cells.size(); ++i) {
        if (i != 0) out += ',';
        auto const& cell = cells[i];
        // A line of one empty cell would be no line at all.
        auto const quoted = cell.find_first_of(",\"\r\n") != std::string::npos ||
                            (cells.size() == 1 && cell.empty());
        if (!quoted) {
            out += cell;
            continue;
        }
        out += '"';
        for (auto const c : cell) {
            if (c == '"') out += '"';
            out += c;
        }
        out += '"';
    }
    out += "\r\n";
}

}  // namespace

std::string csv_of(ReportTable const& table) {
    std::string out;
    put_line(table.columns, out);
    for (auto const& line : table.lines) put_line(line, out);
    return out;
}

}  // namespace washup::board::paper
