#pragma once
// Whom lost time belongs to, summed over many: midnights by holder, theme, reason or cause, in one
// scope and window, of all holders or of one. Midnights alone are summed; hours belong to one
// person's strip (chess_clock.hpp). Not ranked as a Pareto is: nothing is folded into "other".

#include <string>
#include <vector>

#include "daemon/derive/scope.hpp"
#include "daemon/derive/tallies.hpp"

namespace washup::derive {

// `cause`: the most exact reason, in one area.
enum class HeldBy { holder, theme, reason, local_reason, cause };
char const* name_of(HeldBy by);

inline constexpr char const* unattributed_holder = "unattributed";

struct HeldAsked {
    Scope scope;
    Window window = Window::days_28;  // now, 7, 28 or 91
    HeldBy by = HeldBy::holder;
    core::Code holder;  // of these alone; "unattributed" too; empty = all
    core::Code reason;  // a reason, local reason or theme; empty = all
};

struct HeldSum {
    core::Code code;
    std::string words;
    std::int64_t midnights = 0;
    std::int64_t people = 0;  // distinct persons, never added up
    friend bool operator==(HeldSum const&, HeldSum const&) = default;
};

struct Held {
    std::vector<HeldSum> sums;   // most midnights first, ties by code
    std::int64_t midnights = 0;  // of all that was asked for: what the sums add up to
    std::int64_t headline = 0;   // of the scope and window, whoever held
    std::int64_t people = 0;     // distinct, behind `midnights`
};

Held time_held(core::State const& state, HeldAsked const& asked);

// The stay a person asks for: "authority:number" as it was given, or "#17". Null = none is here.
core::Stay const* stay_called(core::State const& state, std::string_view name);

}  // namespace washup::derive
