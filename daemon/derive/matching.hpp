#pragma once
// Who could take a place that is free, and who gets which when there are several (product.md
// section 4). A person decides; this gives a list and reasons. Made on request from a state alone,
// off the writer; the combinatorics is assignment.hpp's.

#include <optional>
#include <string>
#include <vector>

#include "daemon/derive/demand.hpp"
#include "proto/base/result.hpp"

namespace washup::derive {

// People looked at, those who come first; services likewise, by their code.
inline constexpr std::size_t match_people_max = 1000;
inline constexpr std::size_t match_services_max = 200;

// A service with places. Hours a week are no places: how many people they serve is not known here.
struct FreePlaces {
    core::Code service;
    std::int64_t accepting = 0;
    bool countable = true;  // a unit is a person's
};

// Somebody held against a service.
struct Fit {
    std::vector<std::string> against;  // hard constraints that are not met; none = may have it
    std::vector<std::string> in_favour, beside;  // soft: reasons for, and what speaks against
    bool may() const { return against.empty(); }
    friend bool operator==(Fit const&, Fit const&) = default;
};

struct Match {
    Wanted want;
    std::int64_t days = 0;                // lost so far
    std::optional<std::int64_t> gap;      // steps; nothing = unknown
    std::vector<Fit> fits;                // by place
    std::optional<std::size_t> assigned;  // a place
};

struct Matching {
    std::vector<FreePlaces> places;  // by the services' codes
    std::vector<Match> matches;      // most days first, then largest gap, then lowest stay
    bool cut = false;                // there were more than the bounds
};

// One service, or all that accept somebody by a live counter when `service` is empty. Error: no
// such service, or its counter is not live or does not say how many it accepts; the field is
// `service`.
Result<Matching> matching(core::State const& state, core::Code const& service);

}  // namespace washup::derive
