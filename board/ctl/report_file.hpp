#pragma once
// A report as a file, and a second one beside it that says what it is. Either both are there,
// whole, or what was there before; mode 0600 when the report names people.

#include <map>
#include <string>

#include "board/model/report.hpp"
#include "proto/base/result.hpp"

namespace washup::board::ctl {

struct FileWanted {
    std::string path;                            // its ending says how: .csv, .json, .html
    std::string encoding;                        // of a CSV file
    std::string table;                           // of a CSV file: which, by name; empty = the first
    std::map<std::string, std::string> options;  // that the report was asked with
    std::string asked;                           // "now", or the past minute
};
// What was written, in words. Error: an ending of no kind, no such table, a character without a
// place in the encoding, a disk that fails.
Result<std::string> write_report(Report const& report, FileWanted const& wanted);
// The faults of `wanted` that can be told without the report: before anybody is asked.
Result<void> judge(FileWanted const& wanted);

}  // namespace washup::board::ctl
