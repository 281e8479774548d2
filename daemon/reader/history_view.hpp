#pragma once
// The whole history of one stay, as lines for a person: every fact with its times and source, the
// late and the taken back ones marked. What `washupctl stay KEY` shows.

#include "daemon/core/state.hpp"
#include "washup/v1/command.pb.h"

namespace washup::reader {

// Lines of one history; the oldest are left out beyond it, and the first line says so.
inline constexpr int history_lines_max = 2000;

v1::History history_of(core::State const& state, core::Stay const& stay);

}  // namespace washup::reader
