#include "board/ctl/history.hpp"

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

}  // namespace washup::board::ctl
