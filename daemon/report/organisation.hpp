#pragma once
// Who reports, as the returns write it, and where people went, in their labels.

#include "daemon/report/stays.hpp"

namespace washup::report {

struct Organisation {
    std::string level, region, icb, code, words;
};
// The provider of [returns]; of one site alone the site by its own code.
Organisation organisation_of(core::Config const& config, Scope const& scope);

// By the actual outcome, while nobody confirmed it by what the ward proposes; of several
// destinations of one outcome by the usual residence. Null: not known, or known to its band only.
core::Destination const* destination_of(core::State const& state, core::Stay const& stay);

}  // namespace washup::report
