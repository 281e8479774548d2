#include "board/ctl/history.hpp"

#include <algorithm>

#include "board/ctl/command_line.hpp"
#include "washup/v1/command.pb.h"

namespace washup::board::ctl {

std::vector<HistoryLine> history_lines(v1::History const& history) {
    std::vector<HistoryLine> lines;
    for (auto const& in : history.lines()) {
        HistoryLine line;
        line.occurred = Instant{in.occurred_ms()};
        line.recorded = Instant{in.recorded_ms()};
        line.what = in.what();
        line.value = in.value();
        line.source = in.source();
        line.actor = in.actor();
        line.note = in.note();
        line.record = in.record();
        lines.push_back(std::move(line));
    }
    return lines;
}

Result<std::string> words_behind(std::string_view field) {
    std::string words{field};
    std::replace(words.begin(), words.end(), '_', ' ');
    for (auto const* many : {"blocker", "action", "milestone"}) {
        if (words == many) return words;
    }
    std::string name{field};
    std::replace(name.begin(), name.end(), ' ', '_');
    if (auto const number = field_number(name); !number) return number.error();
    // Two are called otherwise on a screen.
    if (words == "location") return std::string{"ward and bed"};
    if (words == "review on") return std::string{"review date"};
    return words;
}

std::vector<HistoryLine> lines_behind(std::vector<HistoryLine> const& lines,
                                      std::string_view words) {
    std::vector<HistoryLine> behind;
    for (auto const& line : lines) {
        std::string_view const what = line.what;
        if (what.starts_with(words) && (what.size() == words.size() || what[words.size()] == ' ')) {
            behind.push_back(line);
        }
    }
    return behind;
}

}  // namespace washup::board::ctl
