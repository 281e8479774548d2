#include "adapters/csv/reader.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace washup::csv {
namespace {

// UTF-8 of U+00A0, which Excel and web forms leave at the ends of cells.
constexpr std::string_view hard_blank = "\xC2\xA0";

std::string_view trimmed(std::string_view text) {
    for (;;) {
        if (!text.empty() && (text.front() == ' ' || text.front() == '\t')) {
            text.remove_prefix(1);
        } else if (text.starts_with(hard_blank)) {
            text.remove_prefix(hard_blank.size());
        } else {
            break;
        }
    }
    for (;;) {
        if (!text.empty() && (text.back() == ' ' || text.back() == '\t')) {
            text.remove_suffix(1);
        } else if (text.ends_with(hard_blank)) {
            text.remove_suffix(hard_blank.size());
        } else {
            return text;
        }
    }
}

class Scanner {
  public:
    Scanner(std::string_view text, std::size_t at, char delimiter)
        : text_(text), at_(at), delimiter_(delimiter) {}

    // Reads one row; afterwards at() is behind its line end.
    Row row(std::uint32_t line);
    std::size_t at() const { return at_; }
    std::uint32_t lines() const { return lines_; }

  private:
    bool end() const { return at_ >= text_.size(); }
    bool line_end() const { return !end() && (text_[at_] == '\n' || text_[at_] == '\r'); }
    void skip_line_end();
    void skip_line();
    bool quoted_cell(std::string& cell, Row& row);
    bool plain_cell(std::string& cell, Row& row);
    void fail(Row& row, std::string words);

    std::string_view text_;
    std::size_t at_;
    char delimiter_;
    std::size_t start_ = 0;
    std::uint32_t lines_ = 0;
};

void Scanner::skip_line_end() {
    if (end()) return;
    if (text_[at_] == '\r' && at_ + 1 < text_.size() && text_[at_ + 1] == '\n') ++at_;
    ++at_;
    ++lines_;
}

void Scanner::skip_line() {
    while (!end() && !line_end()) ++at_;
}

// A row that went wrong inside quotes may have run over good rows: take back all but its first
// line.
void Scanner::fail(Row& row, std::string words) {
    row.fault = std::move(words);
    row.fault_column = static_cast<std::uint32_t>(row.cells.size() + 1);
    row.cells.clear();
    at_ = start_;
    lines_ = 0;
    skip_line();
}

bool Scanner::quoted_cell(std::string& cell, Row& row) {
    ++at_;
    for (;;) {
        if (end()) {
            fail(row, "a quoted cell never ends");
            return false;
        }
        if (cell.size() >= field_bytes_max || at_ - start_ >= row_bytes_max) {
            fail(row, fmt::format("a quoted cell does not end within {} octets", field_bytes_max));
            return false;
        }
        char const c = text_[at_];
        if (c == '"') {
            if (at_ + 1 < text_.size() && text_[at_ + 1] == '"') {
                cell += '"';
                at_ += 2;
                continue;
            }
            ++at_;
            break;
        }
        if (line_end()) {
            // One line break, whichever it was, so that the same words give the same cell.
            skip_line_end();
            cell += '\n';
            continue;
        }
        cell += c;
        ++at_;
    }
    while (!end() && text_[at_] == ' ') ++at_;
    if (end() || line_end() || text_[at_] == delimiter_) return true;
    fail(row, "words stand after the closing quote");
    return false;
}

bool Scanner::plain_cell(std::string& cell, Row& row) {
    auto const from = at_;
    while (!end() && !line_end() && text_[at_] != delimiter_) ++at_;
    auto const words = trimmed(text_.substr(from, at_ - from));
    if (words.size() > field_bytes_max) {
        fail(row, fmt::format("a cell is longer than {} octets", field_bytes_max));
        return false;
    }
    cell = words;
    return true;
}

Row Scanner::row(std::uint32_t line) {
    Row row;
    row.line = line;
    start_ = at_;
    lines_ = 0;
    for (bool more = true; more;) {
        std::string cell;
        auto const before = at_;
        // Blanks before an opening quote are not RFC 4180 and are common.
        while (delimiter_ != ' ' && !end() && text_[at_] == ' ') ++at_;
        bool const quoted = !end() && text_[at_] == '"';
        if (!quoted) at_ = before;
        if (!(quoted ? quoted_cell(cell, row) : plain_cell(cell, row))) break;
        row.cells.emplace_back(trimmed(cell));
        if (row.cells.size() > columns_max) {
            fail(row, fmt::format("more than {} columns", columns_max));
            row.fault_column = 0;
            break;
        }
        more = !end() && text_[at_] == delimiter_;
        if (more) ++at_;
    }
    if (row.fault.empty() && at_ - start_ > row_bytes_max) {
        row.cells.clear();
        fail(row, fmt::format("the row is longer than {} octets", row_bytes_max));
        row.fault_column = 0;
    }
    row.raw = text_.substr(start_, std::min(at_ - start_, row_bytes_max + 1));
    skip_line_end();
    return row;
}

bool blank(Row const& row) {
    return row.fault.empty() && std::all_of(row.cells.begin(), row.cells.end(),
                                            [](std::string const& cell) { return cell.empty(); });
}

// The delimiter that cuts the header into most cells; a tie goes to the earlier of , ; tab.
char guess_delimiter(std::string_view text, std::size_t at) {
    char best = ',';
    std::size_t most = 0;
    for (char const candidate : std::array{',', ';', '\t'}) {
        auto const cells = Scanner(text, at, candidate).row(1).cells.size();
        if (cells > most) {
            most = cells;
            best = candidate;
        }
    }
    return best;
}

// Excel's own first line, "sep=;", says the delimiter and is no row.
bool separator_line(std::string_view line, char& delimiter) {
    if (line.size() == 7 && line.front() == '"' && line.back() == '"') line = line.substr(1, 5);
    if (line.size() != 5 || (line.substr(0, 4) != "sep=" && line.substr(0, 4) != "SEP=")) {
        return false;
    }
    delimiter = line[4];
    return delimiter == ',' || delimiter == ';' || delimiter == '\t' || delimiter == '|';
}

}  // namespace

Row read_row(std::string_view raw, char delimiter) {
    return Scanner(raw, 0, delimiter).row(1);
}

Result<Sheet> read_sheet(std::string_view text) {
    if (text.size() > file_bytes_max) {
        return Error{ErrorCode::too_large,
                     fmt::format("the file is larger than {} octets", file_bytes_max),
                     {}};
    }
    Sheet sheet;
    std::size_t at = 0;
    std::uint32_t line = 1;
    auto const first_end = text.find_first_of("\r\n");
    if (separator_line(text.substr(0, first_end), sheet.delimiter)) {
        Scanner first(text, 0, sheet.delimiter);
        (void)first.row(line++);
        at = first.at();
    } else {
        at = std::min(text.find_first_not_of("\r\n"), text.size());
        line += static_cast<std::uint32_t>(std::count(text.begin(), text.begin() + at, '\n'));
        sheet.delimiter = guess_delimiter(text, at);
    }
    Scanner scanner(text, at, sheet.delimiter);
    bool headed = false;
    while (scanner.at() < text.size()) {
        auto row = scanner.row(line);
        line += std::max(scanner.lines(), 1u);
        if (blank(row)) continue;
        if (!headed) {
            if (!row.fault.empty()) return invalid("the header line: " + row.fault);
            headed = true;
            sheet.header_raw = row.raw;
            sheet.header = std::move(row.cells);
        } else if (sheet.rows.size() >= rows_max) {
            return Error{
                ErrorCode::too_large, fmt::format("the file has more than {} rows", rows_max), {}};
        } else {
            sheet.rows.push_back(std::move(row));
        }
    }
    if (!headed) return invalid("the file is empty: it has no header line");
    return sheet;
}

}  // namespace washup::csv
