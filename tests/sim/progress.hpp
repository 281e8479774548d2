#pragma once
// What a long run holds and what it took so far, for whoever waits for it: figures of this machine,
// so they go to stderr and never into the log.

#include <string>

#include "tests/sim/checkers/oracle.hpp"
#include "tests/sim/daemon.hpp"

namespace washup::sim {

// One line: events, stays, CPU seconds, memory now, and what is kept the most of. Facts
// are those of one fold; the daemon has two.
std::string progress_words(Daemon const& daemon, Oracle const& oracle, std::uint64_t events);

}  // namespace washup::sim
