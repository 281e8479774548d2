#pragma once
// What the configured clocks say of a stay (product.md section 3, "Clocks"): when each began, when
// it is due, whether it was met. Derived from the facts that stand now, so a late or corrected fact
// moves it like everything else; only a breach that was shown becomes an event. Not the chess
// clock, which splits the time since ready (derive/chess_clock.hpp).

#include <optional>
#include <string_view>
#include <vector>

#include "daemon/core/state.hpp"

namespace washup::core {

enum class ClockState : std::uint32_t {
    running = 1,
    warned = 2,
    breached = 3,
    met = 4,
    stopped = 5
};
char const* name_of(ClockState state);

struct ClockRun {
    Code clock;
    Instant started, warn_at, due;  // 0 = its calendar never comes to it
    Instant ended;                  // when it was met, late too, or stopped; 0 = it runs
    ClockState state = ClockState::running;
    bool by_event = false;  // it ended by its own event, and not by the end of the stay
    friend bool operator==(ClockRun const&, ClockRun const&) = default;
};

// Events that start or stop a clock and that every site has: "referral", "admission",
// "emergency_admission", "expected_discharge_set", "medically_optimised", "discharge_ready",
// "first_action", "washed_up" (each time somebody was discussed or an action agreed), "discharged",
// "discharged_with_care" (pathway P1, by the outcome or by what the ward proposes). A site's
// milestones stand beside them.
std::vector<std::string_view> const& clock_events();

// Every run of one clock, oldest first: a start after a stop begins another. `now` decides between
// running, warned and breached.
std::vector<ClockRun> runs_of(State const& state, Stay const& stay, ClockConfig const& clock,
                              Instant now);

// The time between two instants that counts on the clock's calendar; pauses are not taken out.
Duration counted_time(Config const& config, ClockConfig const& clock, Instant from, Instant to);

// What a stay's clocks have still to say: breaches that were not told yet, and told ones that what
// is known now does not bear out. In order of the clocks.
std::vector<Event> breach_changes(State const& state, Stay const& stay, Instant now);
// The first instant at which breach_changes has something to say; none = never, as things stand.
std::optional<Instant> breach_due(State const& state, Stay const& stay);
// Keeps the index of these instants after the stay changed.
void note_breach_due(State& state, StayId stay);

}  // namespace washup::core
