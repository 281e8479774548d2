#pragma once
// From words as sources write them to codes of the configuration: both sides are folded
// (proto/base/fold.hpp) before they are compared. What no list knows stays as it was given, and is
// listed to be mapped (derive/to_map.hpp); nothing here guesses.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "daemon/core/config.hpp"

namespace washup::core {

struct ReasonMatch {
    Code reason;        // national
    Code local_reason;  // empty when the words name a national one
    friend bool operator==(ReasonMatch const&, ReasonMatch const&) = default;
};

// Every folded way to write this reason: code, label (with and without its family in front and its
// pathway behind), wall words, aliases. No two reasons of a Config share one: settings sees to it.
std::vector<std::string> spellings(ReasonConfig const& reason);

// Whom the time of a blocker belongs to when nobody says it: the local reason's holder, which is
// its parent's unless the site gives it one of its own.
Code default_holder(Config const& config, ReasonMatch const& reason);

// A reason that is in force on a date; without one (days = 0), whenever it was.
std::optional<ReasonMatch> match_reason(Config const& config, std::string_view text, Date on = {});

// Our reasons that a label of another code list may mean, in the order of the lists; none when no
// list knows it. A bare code ("E", "07") says nothing here: it stands in several lists.
std::vector<Code> crosswalk(Config const& config, std::string_view label);

// What a source's words mean as a reason: match_reason, else a label of another list that stands
// for one of our reasons alone.
std::optional<ReasonMatch> map_reason(Config const& config, std::string_view text, Date on);

// Where somebody goes: a published label, with or without its pathway in front, an alias or our
// code. Null when nobody configured it.
Destination const* match_destination(Config const& config, std::string_view text);

// By which pathway, P0 to P3, an outcome goes home: that of the first destination it stands at.
// Empty when nobody configured it.
Code pathway_of(Config const& config, Code const& outcome);

// A step of the ladder, or a band (home, short_bed, long_bed) for an outcome known no closer. The
// word "home" alone is the band.
std::optional<Code> match_outcome(Config const& config, std::string_view text);

// A milestone of the site file, by its code or its words.
std::optional<Code> match_milestone(Config const& config, std::string_view text);

std::optional<Code> match_holder(Config const& config, std::string_view text);

// Whatever these words mean in any vocabulary of the house, for a person who asks.
struct Meaning {
    std::string kind;  // reason, local_reason, outcome, band, destination, holder, milestone, or
                       // the code of a code list
    Code code;
    std::string label;
    std::vector<Code> reasons;  // of a listed code: ours it may mean; of a local reason: its parent
    Period in_force;
};
std::vector<Meaning> meanings(Config const& config, std::string_view text);

}  // namespace washup::core
