#include "daemon/derive/clock_figures.hpp"

#include <algorithm>
#include <tuple>

namespace washup::derive {
namespace {

using core::ClockState;

// The smallest time that at least so many in a hundred did not take longer than.
std::optional<Duration> nearest_rank(std::vector<Duration> const& sorted, std::size_t percent) {
    if (sorted.empty()) return std::nullopt;
    auto const rank = (sorted.size() * percent + 99) / 100;
    return sorted[std::max<std::size_t>(rank, 1) - 1];
}

void count_running(ClockFigures& figures, ClockState state) {
    if (state == ClockState::running) ++figures.running;
    if (state == ClockState::warned) ++figures.warned;
    if (state == ClockState::breached) ++figures.breached;
}

}  // namespace

std::vector<ClockFigures> clock_figures(core::State const& state, Scope const& scope, int days,
                                        Instant now) {
    std::vector<ClockFigures> all;
    for (auto const& clock : state.config.clocks) {
        ClockFigures figures;
        figures.clock = clock.code;
        std::vector<Duration> took;
        for (auto const& [id, stay] : state.stays) {
            if (stay.joined_into || !scope.holds(shown_place(state, stay))) continue;
            for (auto const& run : core::runs_of(state, stay, clock, now)) {
                if (run.ended.ms == 0) {
                    count_running(figures, run.state);
                    continue;
                }
                auto const age = state.today - london_date(run.ended);
                if (age < 1 || age > days) continue;
                if (!run.by_event) {
                    ++figures.given_up;
                    continue;
                }
                ++(run.state == ClockState::met ? figures.met : figures.late);
                took.push_back(core::counted_time(state.config, clock, run.started, run.ended));
            }
        }
        std::sort(took.begin(), took.end());
        figures.median = nearest_rank(took, 50);
        figures.percentile_90 = nearest_rank(took, 90);
        figures.longest = nearest_rank(took, 100);
        all.push_back(figures);
    }
    return all;
}

std::vector<RunOf> running_clocks(core::State const& state, Scope const& scope, Instant now) {
    std::vector<RunOf> all;
    for (auto const& [id, stay] : state.stays) {
        if (stay.joined_into || !scope.holds(shown_place(state, stay))) continue;
        for (auto const& clock : state.config.clocks) {
            for (auto& run : core::runs_of(state, stay, clock, now)) {
                if (run.ended.ms == 0) all.push_back({id, std::move(run)});
            }
        }
    }
    std::stable_sort(all.begin(), all.end(), [](RunOf const& a, RunOf const& b) {
        return std::tuple{a.run.due.ms == 0, a.run.due} < std::tuple{b.run.due.ms == 0, b.run.due};
    });
    return all;
}

}  // namespace washup::derive
