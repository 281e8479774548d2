#pragma once
// What is worked out when somebody asks for it, and not all the time as the rows of the feed are: a
// report by its name, with options, from the state of now or of a past minute. Pure: State in,
// tables and files out. Each report is a row of `report_kinds()`; a new one is a function and a row
// there. Not the feed and not a journal of what was asked.

#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "daemon/core/state.hpp"
#include "proto/base/result.hpp"

namespace washup::report {

using Options = std::map<std::string, std::string>;  // by key

// A cell that can have no value; an empty one is not known, and neither is 0.
inline constexpr char const* not_applicable = "[z]";
// A small count that is not told (suppress.hpp).
inline constexpr char const* suppressed = "*";

// How a table is also drawn: the column of words and that of numbers.
enum class ChartKind : std::uint32_t { none = 0, pareto = 1, run = 2 };
struct Chart {
    ChartKind kind = ChartKind::none;
    std::size_t words = 0, value = 0;
    std::string axis{};  // what the numbers are: "bed days a week"
};

// `table` counts only between the tables of a document: a table's own lists leave it 0.
struct CellPlace {
    std::size_t line = 0, column = 0, table = 0;
    friend auto operator<=>(CellPlace const&, CellPlace const&) = default;
};
// The parts add up to the whole; without one to a number that is told somewhere else.
struct Sum {
    std::vector<CellPlace> parts, whole;
};
// What small-number suppression must know (suppress.hpp) of one table, or between several.
struct Ties {
    std::vector<Sum> sums{};
    std::vector<std::vector<CellPlace>> together{};  // each of them tells how few there were
    std::map<CellPlace, std::vector<CellPlace>> worked_out{};  // from other cells
    std::map<CellPlace, std::int64_t> counts{};  // of cells that tell a count in another unit
};
// Who stands behind a line, and with how much of it.
using LineStays = std::map<core::StayId, std::int64_t>;

// Columns in a fixed order; a cell that is not known is empty, which is not 0.
struct Table {
    std::string title;
    std::string definition;  // what is counted, in words
    std::vector<std::string> columns;
    std::vector<std::vector<std::string>> lines;
    std::string name{};  // in a file's name: "return", "notes"
    Chart chart{};
    std::size_t key_columns = 1;     // that name a line, when two of these tables are compared
    std::vector<LineStays> stays{};  // by line; empty = not told
    std::vector<std::size_t> count_columns{};
    Ties ties{};
};

// How it lies on paper.
enum class Layout : std::uint32_t {
    upright = 0,
    sheet = 1
};  // sheet: across, large, room to write

struct Document {
    std::vector<Table> tables;  // the first is the report; the others go with it
    std::string title{};
    std::string about{};  // of whom and when, in words
    Layout layout = Layout::upright;
    Ties ties{};  // between its tables
};

struct OptionKind {
    std::string_view key, words;
    bool needed = false;
};

struct Kind {
    std::string_view name, words;
    int tier;  // of privacy: who may see less than this may not ask for it
    std::span<OptionKind const> options;
    Result<Document> (*make)(core::State const&, Options const&);
    bool counts = false;  // counts without people: small numbers can be suppressed
    // Of something that comes to an end: when that was; nothing while it goes on.
    std::optional<Instant> (*over_at)(core::State const&, Options const&) = nullptr;
};

// By name.
std::span<Kind const> report_kinds();
Kind const* find_kind(std::string_view name);

// The minutes of a closed wash-up and the pack of a closed cycle are told as of their closing, so
// that no later fact moves them: that minute. Nothing for all that is told as of now.
std::optional<Instant> over_at(core::State const& state, std::string_view name,
                               Options const& options);

// Error: no such report (field `name`), or an option that is missing, unknown or wrong (its key).
Result<Document> make_report(core::State const& state, std::string_view name,
                             Options const& options);

// ---- the reports, each in a file of its own
Result<Document> words(core::State const& state, Options const& options);         // words.cpp
Result<Document> to_be_mapped(core::State const& state, Options const& options);  // words.cpp

}  // namespace washup::report
