#include "daemon/report/suppress.hpp"

#include <fmt/format.h>

#include <charconv>
#include <optional>
#include <set>

namespace washup::report {
namespace {

// In hundredths, so that "2.50" is no 2; nothing when it is no number.
std::optional<std::int64_t> number_of(std::string const& cell) {
    if (cell.empty()) return {};
    auto const point = cell.find('.');
    auto digits = cell.substr(0, point);
    auto fraction = point == std::string::npos ? std::string{} : cell.substr(point + 1);
    fraction.resize(2, '0');
    digits += fraction;
    std::int64_t value = 0;
    auto const [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
    if (error != std::errc{} || end != digits.data() + digits.size()) return {};
    return value;
}

class Suppressor {
  public:
    Suppressor(Table& table, int below) : table_(table), below_(below) {}
    void run() {
        for (std::size_t line = 0; line < table_.lines.size(); ++line) {
            for (auto const column : table_.count_columns) {
                auto const number = number_of(table_.lines[line][column]);
                if (table_.worked_out.contains({line, column})) continue;
                if (number && *number > 0 && *number < std::int64_t{below_} * 100)
                    hidden_.insert({line, column});
            }
        }
        // Each round hides at least one cell more, so it ends.
        while (once()) {
        }
        for (auto const& cell : hidden_) table_.lines[cell.line][cell.column] = suppressed;
        // Who is behind it would be the count.
        for (auto const& cell : hidden_) {
            if (cell.line < table_.stays.size()) table_.stays[cell.line].clear();
        }
    }

  private:
    bool once() {
        auto const before = hidden_.size();
        for (auto const& [cell, from] : table_.worked_out) {
            for (auto const& source : from) {
                if (hidden_.contains(source)) hidden_.insert(cell);
            }
        }
        for (auto const& cells : table_.sums) {
            std::size_t told = 0;
            for (auto const& cell : cells) told += hidden_.contains(cell) ? 0 : 1;
            if (told + 1 == cells.size()) hide_smallest(cells);
        }
        return hidden_.size() != before;
    }
    void hide_smallest(std::vector<CellPlace> const& cells) {
        std::optional<std::pair<std::int64_t, CellPlace>> smallest, nothing;
        for (auto const& cell : cells) {
            auto const number = number_of(table_.lines[cell.line][cell.column]);
            if (hidden_.contains(cell) || !number) continue;
            auto& best = *number == 0 ? nothing : smallest;
            if (!best || std::pair{*number, cell} < *best) best = {*number, cell};
        }
        // A nought is known to be one only while it stands there.
        if (!smallest) smallest = nothing;
        if (smallest) hidden_.insert(smallest->second);
    }

    Table& table_;
    int below_;
    std::set<CellPlace> hidden_;
};

}  // namespace

void suppress(Table& table, int below) {
    Suppressor{table, below}.run();
}

Result<void> suppress(Document& document, Options const& options) {
    auto const it = options.find("suppress");
    if (it == options.end() || it->second.empty()) return boost::system::in_place_value;
    int below = 0;
    auto const& text = it->second;
    auto const [end, error] = std::from_chars(text.data(), text.data() + text.size(), below);
    if (error != std::errc{} || end != text.data() + text.size() || below < 2 ||
        below > suppress_below_max) {
        return invalid(fmt::format("\"{}\" is no number from 2 to {}", text, suppress_below_max),
                       "suppress");
    }
    for (auto& table : document.tables) {
        suppress(table, below);
        table.chart.kind = ChartKind::none;  // a bar's length would tell
        if (!table.definition.empty()) table.definition += " ";
        table.definition += fmt::format(
            "Counts from 1 to {} are *, and with them what would give them away.", below - 1);
    }
    document.about += fmt::format("; counts below {} suppressed", below);
    return boost::system::in_place_value;
}

}  // namespace washup::report
