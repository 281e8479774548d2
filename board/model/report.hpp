#pragma once
// A report as the daemon worked it out: tables of text, and how they are drawn. What it is about is
// the daemon's matter; this knows no report.

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "proto/base/time.hpp"

namespace washup::board {

enum class ReportChart { none, pareto, run };

struct ReportTable {
    std::string title, definition;
    std::vector<std::string> columns;
    std::vector<std::vector<std::string>> lines;
    std::string name;  // for a file's name
    ReportChart chart = ReportChart::none;
    std::size_t chart_words = 0, chart_value = 0;  // columns
    std::string chart_axis;                        // what the numbers are
    std::size_t key_columns = 1;                   // that name a line when two are compared
    // By line, when asked for: who stands behind it, by internal id, and with how much.
    std::vector<std::map<std::uint64_t, std::int64_t>> stays;
};

struct Report {
    std::uint64_t head = 0;  // the record up to which it is true
    std::vector<ReportTable> tables;
    std::string name, title, about;
    int tier = 0;        // of privacy; 2 and 3 name people
    bool sheet = false;  // across, large print, room to write
    Instant as_of;       // daemon time of the state it was made from
    bool names_people() const { return tier >= 2; }
};

}  // namespace washup::board
