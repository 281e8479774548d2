#pragma once
// An aligned table for a terminal. Nothing is cut silently: a cell above its column's width ends in
// an ellipsis, and a last line says how many were cut and how to see them whole.

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace washup::board::ctl {

struct Column {
    std::string head;
    bool right = false;         // numbers
    std::size_t width_max = 0;  // characters; 0 = as wide as it needs
};

class Table {
  public:
    explicit Table(std::vector<Column> columns) : columns_(std::move(columns)) {}
    // As many cells as there are columns. Line breaks become blanks.
    void add(std::vector<std::string> cells);
    bool empty() const { return rows_.empty(); }
    std::string text(bool wide = false) const;

  private:
    std::vector<Column> columns_;
    std::vector<std::vector<std::string>> rows_;
};

// Characters, not octets, of UTF-8 text.
std::size_t width_of(std::string_view text);

}  // namespace washup::board::ctl
