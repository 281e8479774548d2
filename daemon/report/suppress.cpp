#include "daemon/report/suppress.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <optional>
#include <set>
#include <tuple>

#include "daemon/report/telling.hpp"

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

CellPlace in_table(CellPlace cell, std::size_t table) {
    cell.table = table;
    return cell;
}
std::vector<CellPlace> in_table(std::vector<CellPlace> cells, std::size_t table) {
    for (auto& cell : cells) cell.table = table;
    return cells;
}

// All that ties cells of the document together, each with its table.
Ties ties_of(Document const& document) {
    auto all = document.ties;
    for (std::size_t table = 0; table < document.tables.size(); ++table) {
        auto const& ties = document.tables[table].ties;
        for (auto const& sum : ties.sums)
            all.sums.push_back({in_table(sum.parts, table), in_table(sum.whole, table)});
        for (auto const& cells : ties.together) all.together.push_back(in_table(cells, table));
        for (auto const& [cell, from] : ties.worked_out) {
            auto& sources = all.worked_out[in_table(cell, table)];
            for (auto const& source : in_table(from, table)) sources.push_back(source);
        }
        for (auto const& [cell, count] : ties.counts) all.counts[in_table(cell, table)] = count;
    }
    return all;
}

class Suppressor {
  public:
    Suppressor(Document& document, int below)
        : document_(document), below_(std::int64_t{below} * 100), ties_(ties_of(document)) {}
    void run() {
        for (std::size_t table = 0; table < document_.tables.size(); ++table) {
            auto const& of = document_.tables[table];
            for (std::size_t line = 0; line < of.lines.size(); ++line) {
                for (auto const column : of.count_columns) judge({line, column, table});
            }
        }
        for (auto const& [cell, count] : ties_.counts) {
            if (is_small(count * 100)) guarded_.insert(cell);
        }
        hidden_ = guarded_;
        // Each round hides at least one cell more, so it ends.
        while (hide_with() || hide_more()) {
        }
        for (auto const& cell : hidden_) {
            auto& table = document_.tables[cell.table];
            table.lines[cell.line][cell.column] = suppressed;
            // Who is behind it would be the count.
            if (cell.line < table.stays.size()) table.stays[cell.line].clear();
        }
    }

  private:
    bool is_small(std::int64_t hundredths) const { return hundredths > 0 && hundredths < below_; }
    std::string const& text_of(CellPlace const& cell) const {
        return document_.tables[cell.table].lines[cell.line][cell.column];
    }
    void judge(CellPlace const& cell) {
        auto const number = number_of(text_of(cell));
        if (number && is_small(*number) && !ties_.worked_out.contains(cell) &&
            !ties_.counts.contains(cell))
            guarded_.insert(cell);
    }
    bool guard(CellPlace const& cell) {
        return static_cast<int>(guarded_.insert(cell).second) +
                   static_cast<int>(hidden_.insert(cell).second) !=
               0;
    }
    // What tells the same, or is worked out from it, goes with a cell that is left out.
    bool hide_with() {
        auto more = false;
        for (auto const& [cell, from] : ties_.worked_out) {
            for (auto const& source : from) more |= hidden_.contains(source) && guard(cell);
        }
        for (auto const& cells : ties_.together) {
            auto const any = std::any_of(cells.begin(), cells.end(),
                                         [&](auto const& cell) { return guarded_.contains(cell); });
            if (!any) continue;
            for (auto const& cell : cells) more |= guard(cell);
        }
        return more;
    }
    // One further cell for each that can still be told from the others.
    bool hide_more() {
        std::map<CellPlace, Unknown> unknowns;
        std::vector<CellPlace> cells;
        for (auto const& cell : hidden_) {
            unknowns[cell] = cells.size();
            cells.push_back(cell);
        }
        std::vector<Equation> equations;
        for (auto const& sum : ties_.sums) equations.push_back(equation_of(sum, unknowns));
        auto more = false;
        for (auto const unknown : told_by(equations)) {
            if (guarded_.contains(cells[unknown])) more |= hide_beside(cells[unknown]);
        }
        return more;
    }
    Equation equation_of(Sum const& sum, std::map<CellPlace, Unknown> const& unknowns) const {
        Equation equation;
        auto const add = [&](std::vector<CellPlace> const& cells, std::int64_t sign) {
            for (auto const& cell : cells) {
                auto const number = number_of(text_of(cell)).value_or(0);
                if (sum.whole.empty()) equation.is += sign * number;  // what is told elsewhere
                if (auto const it = unknowns.find(cell); it != unknowns.end())
                    equation.of[it->second] += sign;
                else
                    equation.is -= sign * number;
            }
        };
        add(sum.parts, 1);
        add(sum.whole, -1);
        return equation;
    }
    // The smallest that still stands in a sum with this cell; where none does, in the sums of
    // those, and so on. A nought is known to be one only while it stands there, and goes last.
    bool hide_beside(CellPlace const& told) {
        std::set<CellPlace> reached{told};
        for (std::size_t before = 0; before != reached.size();) {
            before = reached.size();
            std::optional<std::tuple<bool, std::int64_t, CellPlace>> best;
            auto const reached_before = reached;
            for (auto const& sum : ties_.sums) {
                auto cells = sum.parts;
                cells.insert(cells.end(), sum.whole.begin(), sum.whole.end());
                if (std::none_of(cells.begin(), cells.end(),
                                 [&](auto const& cell) { return reached_before.contains(cell); }))
                    continue;
                for (auto const& cell : cells) {
                    reached.insert(cell);
                    auto const number = number_of(text_of(cell));
                    if (hidden_.contains(cell) || !number) continue;
                    auto const mine = std::tuple{*number == 0, *number, cell};
                    if (!best || mine < *best) best = mine;
                }
            }
            if (best) return hidden_.insert(std::get<2>(*best)).second;
        }
        return false;
    }

    Document& document_;
    std::int64_t below_;  // in hundredths
    Ties ties_;
    std::set<CellPlace> guarded_;  // must not be told; the rest of the hidden ones helps them
    std::set<CellPlace> hidden_;
};

}  // namespace

void suppress(Document& document, int below) {
    Suppressor{document, below}.run();
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
    suppress(document, below);
    for (auto& table : document.tables) {
        table.chart.kind = ChartKind::none;  // a bar's length would tell
        if (table.count_columns.empty()) continue;
        if (!table.definition.empty()) table.definition += " ";
        table.definition += fmt::format(
            "Counts from 1 to {} are *, and with them what would give them away.", below - 1);
    }
    document.about += fmt::format("; counts below {} suppressed", below);
    return boost::system::in_place_value;
}

}  // namespace washup::report
