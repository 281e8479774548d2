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
    app.require_subcommand(0, 1);  // none is answered below: a word it does not know is named first
    app.fallthrough();             // --json may stand after the subcommand
    Options options;
    app.add_option("--daemon", options.daemon, "HOST:N")->capture_default_str();
    app.add_option("--keys", options.keys, link::keys_option_words)->envname(link::keys_variable);
    app.add_flag("--json", options.json, "one JSON document (send, watch: one a line)");
    app.add_flag("--wide", options.wide, "cut nothing in tables");
    app.add_option("--actor", options.actor, "staff id of who asks")->envname("WASHUP_ACTOR");
    app.add_option("--decided-by", options.decided_by, "staff id of who decided, if another");
    app.add_option("--id", options.command_id, "command id: the same one is carried out once");
    app.add_option("--wait", options.wait_s, "seconds to wait for the daemon")
        ->check(CLI::Range(1, 3600))
        ->capture_default_str();

    Run run;
    add_views(app, run);
    add_commands(app, run);
    auto const* const keys = add_keys(app, run);
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
    if (keys->parsed()) return run(options);
    if (auto const daemon = link::daemon_address(options.daemon, options.keys); !daemon) {
        return fail(daemon.error());
    }
    return run(options);
}
