#pragma once
// What the command line of washup-board says, and the exit codes it answers with.

#include <optional>
#include <string>
#include <vector>

#include "board/model/alerts.hpp"
#include "board/panels/page.hpp"
#include "board/theme/sizes.hpp"
#include "proto/link/address.hpp"

namespace washup::board {

// sysexits.h, as far as they fit.
enum Exit : int {
    exit_ok = 0,
    exit_usage = 2,
    exit_unavailable = 69,  // no display, no typeface, or no picture from the daemon in time
    exit_io = 74,           // a picture could not be written
    exit_permission = 77,   // the daemon refuses this view
};

struct Options {
    link::Address daemon;
    int tier = 1;
    std::vector<PageId> pages{PageId::wash_up, PageId::flow};
    Filter filter;
    std::string window = "28";
    Panel panel;
    bool size_given = false;
    bool fullscreen = false;
    std::string fonts_folder;
    std::string snapshot;         // write a picture here instead of opening a window
    double snapshot_every_s = 0;  // and go on, page by page
    bool dump = false, everyone = false;
    double wait_s = 10;
    std::string as;   // staff id of who signs in at once; empty: nobody, or in the window
    int pin_fd = -1;  // where their PIN comes from; -1: the terminal
};

// The choice, or the exit code to leave with (help was shown, or a fault was named).
struct Parsed {
    std::optional<Options> options;
    int exit_code = exit_ok;
};
Parsed parse_options(int argc, char const* const* argv);

}  // namespace washup::board
