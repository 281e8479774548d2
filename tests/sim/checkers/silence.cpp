#include "tests/sim/checkers/silence.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace washup::sim {

void Silence::heard(core::Record const& record, SteadyInstant now) {
    if (record.number <= newest_) return;
    newest_ = record.number;
    if (record.cause.kind == core::CauseKind::source) last_[record.cause.source] = now;
    for (auto const& event : record.events) {  // an adapter that never sent anything
        if (auto const* began = std::get_if<core::SourceEpochBegan>(&event)) {
            last_.emplace(began->source, now);
        }
    }
}

void Silence::look(std::string const& board, board::Model const& model, SteadyInstant now,
                   Duration slack) {
    if (board::link_state(model.link, now.ms).marked()) return;
    auto const ages = board::source_ages(model, board::daemon_now(model.link, now.ms, {}));
    for (auto const& [source, at] : last_) {
        auto allowed = allowed_ + slack;
        for (auto const& stop : stops_) {
            if (stop.at >= at) allowed = allowed + stop.span;
        }
        auto const shown = std::find_if(ages.begin(), ages.end(),
                                        [&](auto const& age) { return age.name == source; });
        auto const silent = shown != ages.end() && shown->silent;
        if (silent) ++alarms_;
        auto const quiet = now - at;
        if (quiet <= allowed || silent) continue;
        objections_.add("silence", fmt::format("{} has not heard {} for {} ms and does not say so",
                                               board, source, quiet.ms));
    }
}

}  // namespace washup::sim
