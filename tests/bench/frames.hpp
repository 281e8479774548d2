#pragma once
// The load: IngestRecord frames of a hospital of so many beds, all taken, made before the clock
// starts, so that floor and daemon are fed by the same client at the same cost. Invented people
// only.

#include <cstdint>
#include <string>
#include <vector>

#include "proto/base/time.hpp"

namespace washup::bench {

struct Load {
    std::string source, epoch;
    Instant begin;  // of the first record; the others follow, 20 ms apart
    std::uint64_t beds = 600;
};

// The records of these sequences. The first load.beds admit one stay each; the others move, correct
// and block those stays, the way a day's feed does.
std::vector<std::string> make_frames(Load const& load, std::uint64_t first, std::uint64_t count);
std::string hello_frame(Load const& load);

}  // namespace washup::bench
