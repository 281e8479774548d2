#pragma once
// One line of a stay's history, as a plain value.

#include <cstdint>
#include <string>
#include <vector>

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

}  // namespace washup::board::ctl
