#include "board/paper/html.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "board/model/phrase.hpp"
#include "board/paper/chart.hpp"
#include "board/paper/style.hpp"

namespace washup::board::paper {
namespace {

bool is_number(std::string_view cell) {
    if (cell == "[z]" || cell == "*") return true;
    if (cell.starts_with('-') || cell.starts_with('+')) cell.remove_prefix(1);
    if (cell.ends_with('%')) cell.remove_suffix(1);
    bool digits = false;
    for (auto const c : cell) {
        if (c == '.' || c == ',') continue;
        if (c < '0' || c > '9') return false;
        digits = true;
    }
    return digits;
}

// What is shown of a table: a column that says the same in every line stands above it once.
struct Shown {
    std::vector<std::size_t> columns;
    std::vector<std::size_t> said_once;
    std::vector<char const*> kinds;  // by column of the table: how its cells are set
};

Shown shown_of(ReportTable const& table, bool sheet) {
    constexpr std::size_t lines_of_a_list = 4;
    constexpr std::size_t columns_of_a_wide_table = 6;
    constexpr std::size_t brief_characters = 12;  // a date, a bed: never broken
    Shown shown;
    auto const list =
        table.lines.size() >= lines_of_a_list && table.columns.size() > columns_of_a_wide_table;
    for (std::size_t column = 0; column < table.columns.size(); ++column) {
        auto same = true, numbers = true, some = false, brief = true;
        for (auto const& line : table.lines) {
            auto const& cell = line[column];
            same = same && cell == table.lines.front()[column];
            numbers = numbers && (cell.empty() || is_number(cell));
            some = some || !cell.empty();
            brief = brief && cell.size() <= brief_characters;
        }
        shown.kinds.push_back(numbers && some ? "number" : brief ? "brief" : "words");
        (list && !sheet && same ? shown.said_once : shown.columns).push_back(column);
    }
    return shown;
}

std::string cell_of(std::string const& cell, std::string_view kind) {
    if (cell == "[z]") return "<td class=\"none\" title=\"not applicable\">[z]</td>";
    if (cell == "*") return "<td class=\"number\" title=\"a small number, not told\">*</td>";
    return fmt::format("<td class=\"{}\">{}</td>", kind, escaped(cell));
}

void put_table(ReportTable const& table, Report const& report, std::string& out) {
    auto const shown = shown_of(table, report.sheet);
    out += &table == &report.tables.front() ? "<section>" : "<section class=\"further\">";
    if (!table.title.empty() && table.title != report.title)
        out += fmt::format("<h2>{}</h2>", escaped(table.title));
    out += chart_of(table);
    if (!shown.said_once.empty()) {
        out += "<p class=\"once\">";
        for (auto const column : shown.said_once)
            out += fmt::format("<span><b>{}</b> {}</span> ", escaped(table.columns[column]),
                               table.lines.front()[column].empty()
                                   ? "nothing told"
                                   : escaped(table.lines.front()[column]));
        out += "</p>";
    }
    if (table.lines.empty()) {
        out += "<p class=\"nothing\">None.</p>";
    } else {
        out += "<table><thead><tr>";
        for (auto const column : shown.columns)
            out += fmt::format("<th class=\"{}\">{}</th>", shown.kinds[column],
                               escaped(table.columns[column]));
        out += "</tr></thead><tbody>\n";
        for (auto const& line : table.lines) {
            out += "<tr>";
            for (auto const column : shown.columns)
                out += cell_of(line[column], shown.kinds[column]);
            out += "</tr>\n";
        }
        out += "</tbody></table>";
    }
    if (!table.definition.empty())
        out += fmt::format("<p class=\"definition\">{}</p>", escaped(table.definition));
    out += "</section>\n";
}

// Needs the page across: its cells, long ones broken, are wider than an upright page.
bool is_wide(Report const& report) {
    constexpr std::size_t upright_characters = 128, of_a_long_cell = 26, between_columns = 2;
    return std::any_of(report.tables.begin(), report.tables.end(), [&](auto const& table) {
        std::size_t characters = 0;
        for (auto const column : shown_of(table, report.sheet).columns) {
            auto widest = std::min<std::size_t>(table.columns[column].size() * 3 / 4, 12);
            for (auto const& line : table.lines) widest = std::max(widest, line[column].size());
            characters += std::min(widest, of_a_long_cell) + between_columns;
        }
        return characters > upright_characters;
    });
}

}  // namespace

std::string escaped(std::string_view text) {
    std::string out;
    out.reserve(text.size());
    for (auto const c : text) {
        switch (c) {
            case '&':
                out += "&amp;";
                break;
            case '<':
                out += "&lt;";
                break;
            case '>':
                out += "&gt;";
                break;
            case '"':
                out += "&quot;";
                break;
            case '\'':
                out += "&#39;";
                break;
            case '\n':
                out += "<br>";
                break;
            default:
                // Control characters have no place in a page.
                if (static_cast<unsigned char>(c) >= 0x20 || c == '\t') out += c;
        }
    }
    return out;
}

// A report without a title of its own: "chess_clock" is "Chess clock".
static std::string name_as_words(std::string name) {
    std::replace(name.begin(), name.end(), '_', ' ');
    return capitalised(std::move(name));
}

std::string html_of(Report const& report) {
    auto const title = report.title.empty() ? name_as_words(report.name) : report.title;
    std::string out = "<!DOCTYPE html>\n<html lang=\"en-GB\"><head><meta charset=\"utf-8\">\n";
    out += fmt::format("<title>{}</title>\n<style>\n{}{}</style></head>\n", escaped(title), style,
                       report.sheet || is_wide(report) ? style_across : "");
    out += fmt::format("<body class=\"{}\">\n<header><h1>{}</h1><p>{}</p></header>\n",
                       report.sheet ? "sheet" : "list", escaped(title), escaped(report.about));
    for (auto const& table : report.tables) put_table(table, report, out);
    auto const when = london_wall(report.as_of);
    out += fmt::format(
        "<footer>Washup &middot; as of {} {} {}, record {}{}</footer>\n</body></html>\n",
        day_month(london_date(report.as_of)), when.year, clock_time(report.as_of), report.head,
        report.names_people() ? " &middot; names people: keep it as you keep a case note" : "");
    return out;
}

}  // namespace washup::board::paper
