#pragma once
// What is worked out when somebody asks for it, and not all the time as the rows of the feed are: a
// report by its name, with options, from the state of now or of a past minute. Pure: State in,
// tables and files out. Each report is a row of `report_kinds()`; a new one is a function and a row
// there. Not the feed and not a journal of what was asked.

#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "daemon/core/state.hpp"
#include "proto/base/result.hpp"

namespace washup::report {

using Options = std::map<std::string, std::string>;  // by key

// Columns in a fixed order; a cell that is not known is empty, which is not 0.
struct Table {
    std::string title;
    std::string definition;  // what is counted, in words
    std::vector<std::string> columns;
    std::vector<std::vector<std::string>> lines;
};

struct Document {
    std::vector<Table> tables;
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
};

// By name.
std::span<Kind const> report_kinds();
Kind const* find_kind(std::string_view name);

// Error: no such report (field `name`), or an option that is missing, unknown or wrong (its key).
Result<Document> make_report(core::State const& state, std::string_view name,
                             Options const& options);

// ---- the reports, each in a file of its own
Result<Document> chess_clock(core::State const& state, Options const& options);  // chess_clock.cpp
Result<Document> chess_clock_person(core::State const& state,
                                    Options const& options);                      // chess_clock.cpp
Result<Document> words(core::State const& state, Options const& options);         // words.cpp
Result<Document> to_be_mapped(core::State const& state, Options const& options);  // words.cpp

}  // namespace washup::report
