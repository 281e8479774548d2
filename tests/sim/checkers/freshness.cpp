#include "tests/sim/checkers/freshness.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace washup::sim {
namespace {

// Older changes are not asked for: a picture that is older than the last of them is too old.
constexpr std::size_t changes_kept = 4096;
// A heartbeat's age until the board says so, and the pause before that heartbeat.
constexpr Duration live_max = milliseconds(board::link_stale_ms + 1'000);

}  // namespace

void Freshness::published(std::uint64_t head, SteadyInstant now) {
    if (!changes_.empty() && changes_.back().head == head) return;
    changes_.push_back({head, now});
    if (changes_.size() > changes_kept) changes_.pop_front();
}

void Freshness::look(std::string const& board, board::Model const& model, SteadyInstant now,
                     Duration delay_max) {
    if (board::link_state(model.link, now.ms).marked()) return;
    if (!model.complete) {
        return objections_.add("freshness", board + " looks live and has no picture");
    }
    // The first record shown after the one on this board made its picture old.
    auto const newer = std::upper_bound(
        changes_.begin(), changes_.end(), model.head,
        [](std::uint64_t head, Change const& change) { return head < change.head; });
    if (newer == changes_.end() || now - newer->at <= live_max + delay_max) return;
    objections_.add("freshness",
                    fmt::format("{} looks live at record {}, which was out of date {} ms ago",
                                board, model.head, (now - newer->at).ms));
}

}  // namespace washup::sim
