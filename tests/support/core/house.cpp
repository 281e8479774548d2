#include "tests/support/core/house.hpp"

#include <algorithm>

namespace washup::test_support {

using namespace core;

void House::append(Cause cause, std::vector<Event> events) {
    journal_.push_back(
        Record{RecordNumber{journal_.size() + 1}, now_, std::move(cause), std::move(events)});
    changes_ = {};
    apply(state_, journal_.back(), changes_);
}

House& House::at(std::string_view when) {
    auto const until = std::max(now_, instant(when));
    for (;;) {
        now_ = std::clamp(next_due(state_), now_, until);
        auto due = decide_due(state_, now_);
        if (!due.empty()) {
            append({}, std::move(due));
            continue;
        }
        if (now_ == until) return *this;
        now_ = until;
    }
}

House& House::holds(std::vector<Event> events) {
    append({}, std::move(events));
    return *this;
}

Outcome House::see(Observation const& observation) {
    auto decision = decide(state_, observation, now_);
    append(Cause{.kind = CauseKind::source,
                 .source = observation.source,
                 .epoch = "test",
                 .sequence = ++sequence_,
                 .record_name = observation.record_name,
                 .trigger = observation.trigger,
                 .outcome = decision.outcome},
           std::move(decision.events));
    return journal_.back().cause.outcome;
}

Result<Outcome> House::ask(Command const& command) {
    auto decision = decide(state_, command, now_);
    if (!decision) return decision.error();
    append(Cause{.kind = CauseKind::command,
                 .command_id = command.id,
                 .actor = command.actor,
                 .outcome = decision->outcome},
           std::move(decision->events));
    return journal_.back().cause.outcome;
}

State replayed(std::vector<Record> const& journal) {
    State state;
    for (auto const& record : journal) {
        Changes changes;
        apply(state, record, changes);
    }
    return state;
}

}  // namespace washup::test_support
