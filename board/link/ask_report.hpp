#pragma once
// One report, asked for by name and waited for: tables of text, as the daemon worked them out. What
// it is about is the daemon's matter; this knows no report.

#include <map>
#include <string>
#include <vector>

#include "board/link/asker.hpp"
#include "board/model/report.hpp"

namespace washup::board {

struct ReportQuestion {
    Asked whom;
    std::string name;
    std::map<std::string, std::string> options;
    Instant at;  // of a past minute; 0 = now
    bool as_known_now = false;
    bool with_stays = false;  // say who stands behind each line
};

// Error unavailable: nothing was heard in time; refused: the daemon's words, with the option.
Result<Report> ask_report(ReportQuestion const& question);

}  // namespace washup::board
