// washupctl: the board's follower and the commands, as text and JSON.

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <cstdio>
#include <string_view>

#include "board/ctl/hand_over.hpp"
#include "board/ctl/program.hpp"
#include "proto/base/log.hpp"

int main(int argc, char** argv) {
    using namespace washup;
    using namespace washup::board::ctl;
    set_log_level(LogLevel::error);

    CLI::App app("What the wash-up board shows, and its commands, for a terminal or a program.");
    app.footer(
        "Exit codes: 0 done; 1 refused, or not found; 2 wrong use;\n"
        "69 the daemon was not heard; 75 it was heard but did not answer in time.");
    Options options;
    add_options(app, options);

    Run run;
    add_subcommands(app, run);
    auto const* const keys = add_keys(app, run);
    auto const* const paper = add_paper(app, run);
    add_sign_in(app, run);
    app.add_subcommand("journal", "look after a journal's file: washupd journal --help");
    if (argc > 1 && std::string_view{argv[1]} == "journal") return become_washupd(argv);
    try {
        app.parse(argc, argv);
    } catch (CLI::ParseError const& error) {
        return app.exit(error) == 0 ? exit_ok : exit_usage;
    }
    if (!run) {
        fmt::print(stderr, "washupctl: choose what to do; --help lists it\n");
        return exit_usage;
    }
    if (keys->parsed() || paper->parsed()) return run(options);
    if (auto const daemon = link::daemon_address(options.daemon, options.keys); !daemon) {
        return fail(daemon.error());
    }
    return run(options);
}
