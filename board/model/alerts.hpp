#pragma once
// What needs an answer, derived from the rows alone: overdue actions, people ready without an owner
// or an action, silent sources, time nobody is named for. The wall's foot shows the first, and
// washupctl lists them all. Nothing is sent anywhere from here; that is escalation's work.

#include <string>
#include <vector>

#include "board/model/model.hpp"

namespace washup::board {

// Which rows a viewer asked for; empty = all.
struct Filter {
    std::string team, ward, site;
    bool active() const { return !team.empty() || !ward.empty() || !site.empty(); }
    bool passes(Stay const& stay) const;
    friend bool operator==(Filter const&, Filter const&) = default;
};

enum class AlertKind : std::uint8_t { overdue_action, no_plan, silent_source, unattributed };
char const* name_of(AlertKind kind);

struct Alert {
    AlertKind kind = AlertKind::overdue_action;
    std::string stay;    // row id; empty when it is not about one stay
    std::string source;  // of silent_source
    std::uint64_t action = 0;
    std::string subject;  // "E. A., Ford C1"; "hub"; "3 people"
    std::string what;     // "HART bridging"; "no action"; "silent 3 h"
    std::string due;      // "2 d late"; "12 d ready"; "last 06:10"
    Instant since;        // when it began
    std::int64_t people = 0, bed_days = 0;
    friend bool operator==(Alert const&, Alert const&) = default;
};

// The first open action by deadline; null when there is none. An action without a deadline comes
// last.
Action const* next_action(Stay const& stay);
std::size_t open_actions(Stay const& stay);
bool overdue(Action const& action, Instant now);
// Ready, still here, and no open action that somebody owns.
bool without_plan(Stay const& stay);
// The blocker that holds the clock, else the one opened first; null when none is open.
Blocker const* holding_blocker(Stay const& stay);
std::size_t open_blockers(Stay const& stay);

// In the order in which they want an answer: overdue (longest first), no plan (most bed days
// first), silent sources (longest first), unattributed.
std::vector<Alert> derive_alerts(Model const& model, Instant now, Filter const& filter = {});

}  // namespace washup::board
