#pragma once
// A report as one JSON document, and what is kept beside a file of one.

#include <map>
#include <string>

#include "board/model/report.hpp"

namespace washup::board::paper {

// Every table with its definition; a cell is text, and "" is not known.
std::string json_of(Report const& report);

// Beside the file: enough to know what it is, whether it is whole, and how to make it again.
struct Sidecar {
    std::string file;      // its name, without a folder
    std::string octets;    // what stands in it
    std::string encoding;  // "utf-8"
    std::map<std::string, std::string> options;
    std::string as_asked;  // "now", or the past minute
    std::string made_at;   // RFC 3339, of this machine
    std::string table;     // of a CSV file: which; empty = all
};
std::string sidecar_of(Report const& report, Sidecar const& about);

}  // namespace washup::board::paper
