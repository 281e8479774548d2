#pragma once
// One line of a stay's history, as a plain value.

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "proto/base/result.hpp"
#include "proto/base/time.hpp"

namespace washup::v1 {
class History;
}

namespace washup::board::ctl {

struct HistoryLine {
    Instant occurred, recorded;  // ms 0 = not told
    std::string what, value, source, actor, note;
    std::uint64_t record = 0;
};

std::vector<HistoryLine> history_lines(v1::History const& history);

// How the history calls a field ("discharge_ready": "discharge ready"), or all blockers, actions or
// milestones of a stay. Error invalid lists the fields.
Result<std::string> words_behind(std::string_view field);
// The lines that are about it, in their order.
std::vector<HistoryLine> lines_behind(std::vector<HistoryLine> const& lines,
                                      std::string_view words);

}  // namespace washup::board::ctl
