#pragma once
// Many seeds, several at a time, each in a process of its own: what one run breaks, even by falling
// over, stays with its seed. Lines come in the order of the seeds.

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

namespace washup::sim {

struct SeedResult {
    bool held = false;
    std::uint64_t events = 0;
    std::string words;  // its lines, as they are to be printed
};

struct SeedsDone {
    std::uint64_t held = 0, events = 0;
    std::vector<std::uint64_t> broken;
    double cpu_s = 0;  // of all of them
};

// `run` is called in a child and comes back with what it found. Stops at the first that is broken,
// after those under way. `done` is called here for each, in the order of the seeds.
SeedsDone run_seeds(std::uint64_t first, std::uint64_t last, unsigned jobs,
                    std::function<SeedResult(std::uint64_t)> const& run,
                    std::function<void(std::uint64_t, SeedResult const&)> const& done);

}  // namespace washup::sim
