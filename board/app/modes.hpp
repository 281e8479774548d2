#pragma once
// The three ways the board is run: pictures without a display, text, a window. Each gives the exit
// code.

#include "board/app/options.hpp"

namespace washup::board {

// Set by SIGINT and SIGTERM; every mode leaves soon after.
bool stop_asked();
void watch_signals();

class Watcher;
// As --as says; nobody: nothing to do. The daemon's words when it refused.
Result<void> sign_in_as(Options const& options, Watcher& watcher);

int run_snapshot(Options const& options);
int run_dump(Options const& options);
int run_window(Options const& options);

}  // namespace washup::board
