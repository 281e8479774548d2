#pragma once
// At start: messages that were set aside (a trigger not yet handled, no visit number where the
// profile looked, a test message) and that the profile understands now are appended to the store
// once more, in the order in which they came. From there they go the way of every message that the
// daemon has not answered, and name the record they repeat, so that its inbox line goes down.

#include <cstdint>
#include <string>

#include "adapters/common/record_store.hpp"
#include "adapters/hl7v2/profile.hpp"

namespace washup::hl7v2 {

struct RunAgain {
    std::uint64_t again = 0;      // appended once more
    std::uint64_t waiting = 0;    // still not understood
    std::uint64_t forgotten = 0;  // their octets are no longer kept
};

// `profile`: the one named on the command line; empty: by the sender.
Result<RunAgain> run_again(adapters::RecordStore& store, ProfileSet const& profiles,
                           std::string const& profile);

}  // namespace washup::hl7v2
