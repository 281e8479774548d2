#include "board/ctl/table.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "proto/base/check.hpp"

namespace washup::board::ctl {
namespace {

bool starts_character(char octet) {
    return (static_cast<unsigned char>(octet) & 0xC0u) != 0x80u;
}

std::string cut_to(std::string const& text, std::size_t width) {
    std::size_t seen = 0, at = 0;
    while (at < text.size()) {
        if (starts_character(text[at]) && seen++ == width - 1) break;
        ++at;
    }
    return text.substr(0, at) + "…";
}

void trim_end(std::string& line) {
    while (!line.empty() && line.back() == ' ') line.pop_back();
}

}  // namespace

std::size_t width_of(std::string_view text) {
    return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), starts_character));
}

void Table::add(std::vector<std::string> cells) {
    WASHUP_CHECK(cells.size() == columns_.size(), "a row has a cell for each column");
    for (auto& cell : cells) {
        std::replace_if(
            cell.begin(), cell.end(), [](char c) { return c >= 0 && c < ' '; }, ' ');
    }
    rows_.push_back(std::move(cells));
}

std::string Table::text(bool wide) const {
    auto rows = rows_;
    std::size_t cut = 0;
    std::vector<std::size_t> widths;
    for (std::size_t c = 0; c < columns_.size(); ++c) {
        auto const most = wide ? 0 : columns_[c].width_max;
        auto width = width_of(columns_[c].head);
        for (auto& row : rows) {
            if (most != 0 && width_of(row[c]) > most) {
                row[c] = cut_to(row[c], most);
                ++cut;
            }
            width = std::max(width, width_of(row[c]));
        }
        widths.push_back(width);
    }
    std::string out;
    auto const line = [&](auto const& cell_at) {
        std::string text;
        for (std::size_t c = 0; c < columns_.size(); ++c) {
            std::string const cell = cell_at(c);
            std::string const pad(widths[c] - width_of(cell), ' ');
            text += columns_[c].right ? pad + cell : cell + pad;
            text += "  ";
        }
        trim_end(text);
        out += text + "\n";
    };
    line([&](std::size_t c) { return columns_[c].head; });
    for (auto const& row : rows) line([&](std::size_t c) { return row[c]; });
    if (cut > 0) {
        out += fmt::format("({} cell{} cut at …; --wide shows everything)\n", cut,
                           cut == 1 ? "" : "s");
    }
    return out;
}

}  // namespace washup::board::ctl
