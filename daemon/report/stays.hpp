#pragma once
// What reports read of stays: each once, through its links, with its lost midnights, in a scope.
// Stays that were recorded in error are not among them.

#include <optional>
#include <vector>

#include "daemon/core/reading.hpp"
#include "daemon/derive/ledger.hpp"
#include "daemon/derive/scope.hpp"
#include "daemon/report/period.hpp"

namespace washup::report {

// A place, and of whoever is there only those who live in one council.
struct Scope {
    derive::Scope place;
    core::Code council;
    std::string words;
};
// Error: as of derive::parse_scope.
Result<Scope> scope_of(core::State const& state, Options const& options);

struct StayFacts {
    core::Stay const* stay = nullptr;
    std::optional<Date> admitted, ready;
    std::optional<core::End> end;
    derive::Place place;                       // the last: at the end, else now
    core::Code council;                        // the official code or name is looked up in Config
    std::vector<derive::LostMidnight> ledger;  // of the scope
    bool in_scope = false;                     // by its last place

    bool discharged() const { return end && end->how == core::ended::discharged; }
    Date ended_on() const { return london_date(end->at.at); }
    // Whole days from admission; nothing when that is not known.
    std::optional<int> days_on(Date date) const;
};

// Only those with something of the scope, by id.
std::vector<StayFacts> stays_of(core::State const& state, Scope const& scope);

core::Code code_of(core::State const& state, core::Stay const& stay, core::Field field);
// Published reason of a midnight: of a local one its parent; empty = unattributed or unmapped.
core::Code published_reason(core::Config const& config, derive::LostMidnight const& midnight);
core::ReasonConfig const* reason_config(core::Config const& config, core::Code const& code);
// As a source wrote it; null when it is not configured.
core::CouncilConfig const* council_config(core::Config const& config, core::Code const& as_given);
std::string outcome_words(core::Config const& config, core::Code const& code);
std::string reason_words(core::Config const& config, core::Code const& reason,
                         core::Code const& local_reason);
std::string team_words(core::Config const& config, core::Code const& team);

// As derive::ratio; [z] without a denominator.
std::string fixed(std::int64_t numerator, std::int64_t denominator, int decimals);

}  // namespace washup::report
