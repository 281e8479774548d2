#pragma once
// What the subcommands share: the options before them, exit codes, and how an answer is printed.

#include <CLI/CLI.hpp>
#include <functional>
#include <memory>
#include <string>

#include "board/ctl/session.hpp"

namespace washup::board::ctl {

inline constexpr int exit_ok = 0;
inline constexpr int exit_refused = 1;  // refused, or named something that is not there
inline constexpr int exit_usage = 2;
inline constexpr int exit_daemon_away = 69;  // nothing was heard of it
inline constexpr int exit_temporary = 75;    // it is there, and did not answer in time

struct Options {
    std::string daemon = "127.0.0.1:7700";
    std::string keys;  // file of our own
    bool json = false, wide = false;
    std::string actor, decided_by, command_id;
    int wait_s = 10;
};

// What a chosen subcommand does; gives the exit code.
using Run = std::function<int(Options const&)>;

// Each subcommand is added with what it does; the chosen one ends up in `run`.
void add_views(CLI::App& app, Run& run);
void add_commands(CLI::App& app, Run& run);
// Gives the group: what is chosen in it needs no daemon.
CLI::App* add_keys(CLI::App& app, Run& run);

std::unique_ptr<Session> open_session(Options const& options, int tier = 3);

// Says why on stderr; the exit code that fits.
int fail(Error const& error);
// "accepted at 12, made 4" or "refused: why"; JSON when asked.
int print_answer(v1::Answer const& answer, Options const& options);

}  // namespace washup::board::ctl
