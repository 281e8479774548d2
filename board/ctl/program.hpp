#pragma once
// What the subcommands share: the options before them, exit codes, and how an answer is printed.

#include <CLI/CLI.hpp>
#include <functional>
#include <memory>
#include <string>

#include "board/ctl/session.hpp"
#include "board/link/asker.hpp"

namespace washup::v1 {
class Command;
class DoorsReport;
class Standing;
}  // namespace washup::v1

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
    std::string as;   // staff id of who signs in; empty: nobody
    int pin_fd = -1;  // where their PIN comes from; -1: the terminal
    // Held open over several subcommands (washupctl signin).
    std::shared_ptr<Session> session{};
};

// What a chosen subcommand does; gives the exit code.
using Run = std::function<int(Options const&)>;

// What may stand before a subcommand, and every subcommand that asks a daemon.
void add_options(CLI::App& app, Options& options);
void add_subcommands(CLI::App& app, Run& run);

// Each subcommand is added with what it does; the chosen one ends up in `run`.
void add_views(CLI::App& app, Run& run);
void add_commands(CLI::App& app, Run& run);
void add_figures(CLI::App& app, Run& run);  // figures_cli.cpp
void add_corrections(CLI::App& app, Run& run);
void add_meetings(CLI::App& app, Run& run);
void add_erase(CLI::App& app, Run& run);
// Gives the group: what is chosen in it needs no daemon.
CLI::App* add_keys(CLI::App& app, Run& run);
// The same: a sheet is opened where there is no daemon.
CLI::App* add_paper(CLI::App& app, Run& run);
void add_staff(CLI::App& app, Run& run);
void add_absence(CLI::App& group, Run& run);  // of the group `staff`
void add_sign_in(CLI::App& app, Run& run);
void add_doors(CLI::App& app, Run& run);
void add_reports(CLI::App& app, Run& run);
void add_meeting_reports(CLI::App& meeting, CLI::App& cycle, Run& run);

// With keys and nobody signed in what there is to see is the key's own tier. Error: the sign-in was
// refused, or there is nowhere to take the PIN from.
Result<std::shared_ptr<Session>> open_session(Options const& options);
// What this machine shows while nobody is signed in, and what its key is told.
Result<std::shared_ptr<v1::Standing const>> ask_standing(Asked const& whom);
// The view that whoever asks is given, for a question beside a session. Error: as of ask_once.
Result<int> tier_of(Asked const& whom);
// For one question beside a session.
Result<Asked> whom_to_ask(Options const& options);
// Of a key that is told it; asked by another it counts as one more who was turned away.
Result<std::shared_ptr<v1::DoorsReport const>> ask_doors(Asked const& whom);
// "2026-11-20 09:14" of London, or RFC 3339.
Result<Instant> minute_of(std::string text);
// From --pin-fd, else from the terminal.
Result<std::string> ask_pin(Options const& options, std::string const& question);

// Sends one command as whoever the options name, and prints the answer.
int send_command(Options const& options, v1::Command command);

// Says why on stderr; the exit code that fits.
int fail(Error const& error);
// "accepted at 12, made 4" or "refused: why"; JSON when asked.
int print_answer(v1::Answer const& answer, Options const& options);

}  // namespace washup::board::ctl
