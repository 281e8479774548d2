#pragma once
// What is wanted of services (product.md section 4): explicit requests, and blockers whose reason
// names a kind of service by the configuration. Of people who are here it is the demand that stands
// against the live counters; of everybody it is the ledger of what was wanted and not there.

#include <optional>
#include <string>
#include <vector>

#include "daemon/core/state.hpp"

namespace washup::derive {

// What became of a want. `met`: a place started, or the person left with an outcome that the kind
// leads to. `elsewhere`: left with another. `closed`: its blocker was closed and more is not known.
enum class Came { open, met, elsewhere, withdrawn, closed, unknown };
char const* name_of(Came came);

struct Wanted {
    core::StayId stay;
    core::Code kind;
    core::Code zone;     // empty = unknown, a cause of its own
    core::Code council;  // of residence; empty = unknown
    core::Code pathway;  // of the kind
    Instant since;
    bool at_an_hour = true;  // false: a date is all that is known
    Instant until;           // 0 = still open
    Came came = Came::open;
    core::RequestId request;  // none: a blocker says it
    core::BlockerId blocker;
    int offers = 0, refusals = 0;
    core::Code last_refusal;  // why
    friend bool operator==(Wanted const&, Wanted const&) = default;
};

// All that this stay wants or wanted, oldest first. A kind that a request stands for is not counted
// again for its blockers, and blockers of one kind that overlap are one want.
std::vector<Wanted> wanted_of(core::State const& state, core::Stay const& stay);
std::vector<Wanted> wanted_by_all(core::State const& state);

// The kind of service that a reason waits for; null = none. A local reason counts before its
// parent.
core::ServiceKind const* kind_waited_for(core::Config const& config, core::Code const& reason,
                                         core::Code const& local_reason);
core::ServiceKind const* kind_config(core::Config const& config, core::Code const& kind);

// A zone as the configuration calls it, however a source writes it; itself when it knows none.
core::Code zone_code(core::Config const& config, core::Code const& said);
std::string zone_words(core::Config const& config, core::Code const& zone);

}  // namespace washup::derive
