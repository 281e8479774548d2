#include "adapters/csv/row_reader.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "adapters/csv/dates.hpp"
#include "adapters/csv/fold.hpp"

namespace washup::csv {
namespace {

bool listed(std::vector<std::string> const& words, std::string const& word) {
    return std::find(words.begin(), words.end(), word) != words.end();
}

// 9.99E+09, 1E+10: what Excel makes of a long number, with its last digits gone for good.
bool spoilt_by_excel(std::string_view text) {
    auto const e = text.find_first_of("eE");
    if (e == std::string_view::npos || e == 0 || e + 2 >= text.size() || text[e + 1] != '+') {
        return false;
    }
    return text.substr(0, e).find_first_not_of("1234567890.") == std::string_view::npos &&
           text.substr(e + 2).find_first_not_of("1234567890") == std::string_view::npos;
}

}  // namespace

Result<Columns> match_columns(FileKind const& kind, std::vector<std::string> const& header) {
    Columns columns;
    columns.count = header.size();
    columns.header = header;
    std::map<std::string, Meaning const*> by_heading;
    for (auto const& rule : kind.columns) by_heading[folded(rule.heading)] = rule.meaning;
    for (std::size_t i = 0; i < header.size(); ++i) {
        auto const known = by_heading.find(folded(header[i]));
        if (known == by_heading.end()) {
            columns.unknown.push_back(header[i]);
        } else {
            columns.at[known->second->name].push_back(i);
        }
    }
    for (auto const* need : kind.needs) {
        if (columns.at.contains(need->name)) continue;
        return invalid(
            fmt::format("no column for `{}`; the profile knows its headings", need->name),
            need->name);
    }
    bool const named = std::any_of(kind.identity.begin(), kind.identity.end(),
                                   [&](auto const* one) { return columns.at.contains(one->name); });
    if (!kind.identity.empty() && !named) {
        return invalid("no column says whose rows these are: visit, NHS or local number", "visit");
    }
    return columns;
}

Cell RowReader::cell(std::string_view meaning) const {
    Cell best;
    auto const places = columns_.at.find(meaning);
    if (places == columns_.at.end()) return best;
    for (auto const place : places->second) {
        Cell cell;
        cell.heading = columns_.header[place];
        if (place < row_.cells.size()) cell.text = row_.cells[place];
        auto const word = folded(cell.text);
        if (word.empty() || listed(profile_.null_words, word)) {
            cell.state = Cell::State::nothing;
        } else if (listed(profile_.clear_words, word)) {
            cell.state = Cell::State::cleared;
        } else {
            cell.state = Cell::State::filled;
            return cell;
        }
        if (best.state == Cell::State::absent || best.state == Cell::State::nothing) best = cell;
    }
    return best;
}

std::string RowReader::contradiction() const {
    auto const said = [&](std::size_t place) {
        return place < row_.cells.size() ? folded(row_.cells[place]) : std::string{};
    };
    for (auto const& [meaning, places] : columns_.at) {
        for (std::size_t i = 1; i < places.size(); ++i) {
            auto const& heading = columns_.header[places[i]];
            auto const same = folded(columns_.header[places[0]]) == folded(heading);
            auto const first = said(places[0]), other = said(places[i]);
            if (same && !first.empty() && !other.empty() && first != other) return heading;
        }
    }
    return {};
}

std::string RowReader::text(std::string_view meaning) const {
    auto const found = cell(meaning);
    return found.filled() ? std::string{found.text} : std::string{};
}

std::string RowReader::code(std::string_view meaning) const {
    auto const found = cell(meaning);
    if (!found.filled()) return {};
    if (auto const words = profile_.words_of.find(meaning); words != profile_.words_of.end()) {
        auto const code = words->second.find(folded(found.text));
        if (code != words->second.end()) return code->second;
    }
    return std::string{found.text};
}

std::string RowReader::heading(std::string_view meaning) const {
    if (auto const places = columns_.at.find(meaning); places != columns_.at.end()) {
        return columns_.header[places->second.front()];
    }
    for (auto const& rule : kind_.columns) {
        if (rule.meaning->name == meaning) return rule.heading;
    }
    return std::string{meaning};
}

Result<std::optional<Moment>> RowReader::moment(std::string_view meaning) const {
    auto const found = cell(meaning);
    if (!found.filled()) return std::optional<Moment>{};
    auto parsed = parse_hub_moment(found.text, profile_.two_digit_years_from);
    if (!parsed) return invalid(parsed.error().words, std::string{found.heading});
    return std::optional<Moment>{*parsed};
}

Result<std::optional<std::int64_t>> RowReader::number(std::string_view meaning) const {
    auto const found = cell(meaning);
    if (!found.filled()) return std::optional<std::int64_t>{};
    std::string digits;
    for (char const c : found.text) {
        if (c != ',' && c != ' ') digits += c;
    }
    if (digits.ends_with(".0")) digits.resize(digits.size() - 2);
    std::int64_t value = 0;
    auto const [end, fault] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
    if (fault != std::errc{} || end != digits.data() + digits.size()) {
        return invalid("not a whole number", std::string{found.heading});
    }
    return std::optional<std::int64_t>{value};
}

Result<std::optional<std::int64_t>> RowReader::thousandths(std::string_view meaning) const {
    auto const found = cell(meaning);
    if (!found.filled()) return std::optional<std::int64_t>{};
    constexpr std::size_t decimals = 3, digits_that_fit = 15;
    std::string digits;
    std::optional<std::size_t> point;
    for (char const c : found.text) {
        if (c == ',' || c == ' ' || c == '%') continue;
        if (c == '.' && !point) {
            point = digits.size();
        } else {
            digits += c;
        }
    }
    auto const behind = point ? digits.size() - *point : 0;
    std::int64_t value = 0;
    if (behind <= decimals) digits.append(decimals - behind, '0');
    auto const [end, fault] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
    if (behind > decimals || digits.size() > digits_that_fit || fault != std::errc{} ||
        end != digits.data() + digits.size()) {
        return invalid("not a number with at most three decimals", std::string{found.heading});
    }
    return std::optional<std::int64_t>{value};
}

Result<std::string> RowReader::identity(std::string_view meaning) const {
    auto const found = cell(meaning);
    if (!found.filled()) return std::string{};
    if (spoilt_by_excel(found.text)) {
        return invalid(
            "a spreadsheet has shortened this number, its last digits are gone; format the column "
            "as text and export again",
            std::string{found.heading});
    }
    std::string number;
    auto rest = found.text;
    while (!rest.empty()) {
        if (rest.starts_with("\xC2\xA0")) {
            rest.remove_prefix(2);
            continue;
        }
        if (rest.front() != ' ') number += rest.front();
        rest.remove_prefix(1);
    }
    // ="0012345" is how people keep Excel from eating leading zeros; 9990000018.0 is what it does.
    if (number.starts_with("=\"") && number.ends_with("\"")) {
        number = number.substr(2, number.size() - 3);
    }
    bool const decimal =
        number.ends_with(".0") && number.find_first_not_of("1234567890.") == std::string::npos;
    if (decimal) number.resize(number.size() - 2);
    return number;
}

}  // namespace washup::csv
