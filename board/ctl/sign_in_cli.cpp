// `washupctl signin` and `washupctl staff`: people and their PINs. A PIN comes from the terminal or
// a descriptor, never from the command line.

#include <fmt/format.h>
#include <sodium.h>
#include <unistd.h>

#include <algorithm>
#include <iostream>

#include "board/ctl/program.hpp"
#include "board/link/pin_input.hpp"
#include "washup/v1/command.pb.h"

namespace washup::board::ctl {
namespace {

// One line as after `washupctl`, in the session that is open.
int run_line(std::string const& line, Options options) {
    CLI::App app("one line of washupctl signin");
    app.name("");
    Run run;
    add_options(app, options);
    add_subcommands(app, run);
    try {
        app.parse(line);
    } catch (CLI::ParseError const& error) {
        return app.exit(error) == 0 ? exit_ok : exit_usage;
    }
    return run ? run(options) : exit_usage;
}

int sign_in(std::string const& staff, Options options) {
    options.as = staff;
    auto const opened = open_session(options);
    if (!opened) return fail(opened.error());
    options.session = *opened;
    auto const person = ::isatty(STDIN_FILENO) != 0;
    fmt::print(stderr,
               "signed in as {}; commands as after `washupctl`, one a line; end with ctrl-d\n",
               staff);
    int worst = exit_ok;
    for (std::string line;;) {
        if (person) fmt::print(stderr, "{}> ", staff);
        if (!std::getline(std::cin, line)) break;
        auto const words = options.session->ended();
        if (!words.empty()) {
            fmt::print(stderr, "washupctl: {}\n", words);
            return exit_refused;
        }
        if (line.find_first_not_of(" \t\r") == std::string::npos) continue;
        worst = std::max(worst, run_line(line, options));
        std::fflush(stdout);
    }
    if (person) fmt::print(stderr, "\nsigned out\n");
    return worst;
}

Result<std::string> new_pin(std::string const& staff, Options const& options) {
    auto pin = ask_pin(options, fmt::format("new PIN of {}: ", staff));
    if (!pin || options.pin_fd >= 0) return pin;
    auto again = pin_from_terminal("the same again: ");
    if (!again) return again;
    auto const same = *pin == *again;
    sodium_memzero(again->data(), again->size());
    if (!same) return invalid("these two are not the same", "pin");
    return pin;
}

int set_pin(std::string const& staff, Options const& options) {
    if (options.actor.empty() && options.as.empty()) {
        return fail(invalid("say who you are: --actor STAFF_ID", "actor"));
    }
    auto const session = open_session(options);
    if (!session) return fail(session.error());
    auto pin = new_pin(staff, options);
    if (!pin) return fail(pin.error());
    v1::Command command;
    command.set_id(options.command_id);
    command.set_actor(options.actor);
    command.mutable_set_pin()->set_staff(staff);
    command.mutable_set_pin()->set_pin(*pin);
    sodium_memzero(pin->data(), pin->size());
    auto const answer = (*session)->send(command);
    if (!answer) return fail(answer.error());
    return print_answer(**answer, options);
}

}  // namespace

void add_sign_in(CLI::App& app, Run& run) {
    auto* const sub = app.add_subcommand(
        "signin", "sign in with a PIN, then take subcommands from the input, one a line");
    auto const staff = std::make_shared<std::string>();
    sub->add_option("ID", *staff, "of the staff list")->required();
    sub->callback([staff, &run] {
        run = [staff](Options const& options) { return sign_in(*staff, options); };
    });
}

void add_staff(CLI::App& app, Run& run) {
    auto* const group = app.add_subcommand("staff", "the staff list: PINs, absence, hand-over");
    group->require_subcommand(1);
    group->fallthrough();
    auto* const pin = group->add_subcommand(
        "pin", "set or reset somebody's PIN; from an operator's key. It ends their sessions");
    pin->fallthrough();
    auto const staff = std::make_shared<std::string>();
    pin->add_option("ID", *staff, "of the staff list")->required();
    pin->callback([staff, &run] {
        run = [staff](Options const& options) { return set_pin(*staff, options); };
    });
    add_absence(*group, run);
}

}  // namespace washup::board::ctl
