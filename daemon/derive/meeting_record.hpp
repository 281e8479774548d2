#pragma once
// What happened at a wash-up and between two of them, from the facts: who was discussed, what was
// decided about each while it was open, who was not; and what a meeting opens with, "since last
// time" (product.md section 7). Not the agenda (agenda.hpp).

#include <string>
#include <vector>

#include "daemon/core/state.hpp"

namespace washup::derive {

// One thing that people entered about somebody while the meeting was open.
struct Decided {
    std::string what;  // "expected outcome", "blocker", "blocker closed", "action", ...
    std::string value;
    core::StaffId owner;  // of an action
    Instant deadline;
};

struct DiscussedStay {
    core::StayId stay;
    core::Discussion const* word = nullptr;
    std::vector<Decided> decided;
    std::vector<core::PromptAnswer const*> asked;
};

struct MeetingRecord {
    core::Meeting const* meeting = nullptr;
    std::vector<DiscussedStay> discussed;  // in the order in which they were
    std::vector<DiscussedStay> parked;
    std::vector<core::StayId> not_discussed;  // of the agenda, as it is known now
};
MeetingRecord record_of(core::State const& state, core::Meeting const& meeting, Instant now);

// The latest of the team that was opened before `before`, closed or not; null = none is remembered.
core::Meeting const* latest_meeting(core::State const& state, core::Code const& team,
                                    Instant before);

struct SinceLast {
    Instant since;                        // the last wash-up was opened; 0 = none is remembered
    std::vector<core::StayId> went_home;  // discharged
    std::vector<core::StayId> ended;      // otherwise
    std::vector<core::StayId> new_here;   // opened or referred
    std::vector<std::pair<core::StayId, core::Blocker const*>> cleared;
    std::vector<std::pair<core::StayId, core::Action const*>> promised;  // made before, and due
    std::vector<core::Answer const*> answers;
};
SinceLast since_last(core::State const& state, core::Code const& team, Instant now);

}  // namespace washup::derive
