#pragma once
// What follows from an observation, a command or the passing of time, given the state: events, and
// what the asker is told. Decides and changes nothing; apply() does (design.md law 3). Sources are
// never refused, commands are, with the reason (product.md section 3).

#include "daemon/core/command.hpp"
#include "daemon/core/observation.hpp"
#include "daemon/core/state.hpp"
#include "proto/base/result.hpp"

namespace washup::core {

// A source's clock may be this far ahead of ours before its times are taken for wrong.
inline constexpr Duration clock_ahead_max = minutes(10);
// A stay leaves the live state this long after its end was recorded here.
inline constexpr Duration ended_kept = hours(100 * 24);
// A stay that a council announced and no ward has matched asks a person after this long.
inline constexpr Duration unmatched_max = hours(48);
// A daemon that slept writes one DayTurned for each date; more than this at once would be a clock
// fault, and the rest follows in the next record.
inline constexpr int days_at_once_max = 400;
// Deadlines that turn overdue, and questions that are asked, in one record; the rest in the next.
inline constexpr std::size_t due_at_once_max = 1000;

struct Decision {
    std::vector<Event> events;
    Outcome outcome;
};

Decision decide(State const& state, Observation const& observation, Instant now);
// An inbox item whose visit may have appeared, with what it keeps: its events and its settling, or
// nothing while it still has to wait.
std::vector<Event> decide_waiting(State const& state, InboxItem const& item,
                                  Observation const& observation, Instant now);
// An error is the refusal: words and the field to blame.
Result<Decision> decide(State const& state, Command const& command, Instant now);
// Another configuration: its adoption, and the corrections of decide_mapped.
std::vector<Event> decide_config(State const& state, ConfigAdopted adopted);
// Blockers whose words no vocabulary knew and this one does, said again with their reason; at most
// due_at_once_max, the rest when the day turns.
std::vector<Event> decide_mapped(State const& state, Config const& config);
// What is due by `now`: a new day, actions overdue, announcements that no ward has matched, stays
// to let go. Empty when nothing is.
std::vector<Event> decide_due(State const& state, Instant now);
// When decide_due has something to say at the latest.
Instant next_due(State const& state);

}  // namespace washup::core
