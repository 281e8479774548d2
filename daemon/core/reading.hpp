#pragma once
// Reading a stay through its links: the person's merged records, the provisional stays joined into
// it, the master source of each field. Pure; State alone.

#include <optional>
#include <vector>

#include "daemon/core/state.hpp"

namespace washup::core {

SourceName const& master_of(Config const& config, Field field);

// The stay itself first, then the provisional stays that are read through it.
std::vector<Stay const*> parts_of(State const& state, Stay const& stay);

Current read(State const& state, Stay const& stay, Field field);

// It ended, by the facts that stand; with "recorded in error" too.
bool has_ended(State const& state, Stay const& stay);
// How and when it is over for the person: as the ending says; else by death, whatever the ward has
// still to say, because clocks stop then. Nothing while the person is here.
struct End {
    Code how;
    Moment at;  // when no time was said: when it was observed
    friend bool operator==(End const&, End const&) = default;
};
std::optional<End> end_of(State const& state, Stay const& stay);
// What a source last said of the ending that people took back and the source did not; null = no
// such thing. The row says "ward says discharged" until the source cancels it or a person confirms.
Fact const* undone_ending(State const& state, Stay const& stay);
// Did the person die: by the stay's ending, or by what any source says of the person.
bool has_died(State const& state, Stay const& stay);

// Where the person was, asked for many instants, by the facts that stand now: the last place said
// before it, else the first that was said at all. It points into the state.
class Places {
  public:
    Places(State const& state, Stay const& stay);
    Location at(Instant at) const;

  private:
    std::vector<Fact const*> said_;
};
Location location_at(State const& state, Stay const& stay, Instant at);

// A site as the site file calls it; empty when it is not configured.
Code site_code(Config const& config, Code const& as_given);
WardConfig const* ward_config(Config const& config, Code const& site, Code const& ward);
TeamConfig const* team_config(Config const& config, Code const& team);
// The team by a fact, else by the ward.
Code team_of(State const& state, Stay const& stay, Location const& location);

// Live stays of a person, merged records included; the latest admitted last.
std::vector<Stay const*> live_stays(State const& state, PersonId person);

}  // namespace washup::core
