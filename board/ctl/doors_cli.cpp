// `washupctl doors`: who was turned away since the daemon started, and who is signed in.

#include <fmt/format.h>

#include <boost/json.hpp>

#include "board/ctl/doors.hpp"
#include "board/ctl/program.hpp"
#include "washup/v1/command.pb.h"

namespace washup::board::ctl {

Result<std::shared_ptr<v1::DoorsReport const>> ask_doors(Asked const& whom) {
    auto report = std::make_shared<v1::DoorsReport>();
    auto const take = [&](wire::Frame const& frame) {
        return frame.kind == wire::Kind::doors_report && wire::parse(frame, *report).has_value();
    };
    auto const asked = wire::encode(wire::Kind::doors_request, v1::DoorsRequest{});
    if (auto const done = ask_once(whom, asked, take); !done) return done.error();
    return std::shared_ptr<v1::DoorsReport const>(std::move(report));
}

namespace {

int print_doors(Options const& options) {
    auto const whom = whom_to_ask(options);
    if (!whom) return fail(whom.error());
    auto const report = ask_doors(*whom);
    if (!report) return fail(report.error());
    fmt::print("{}", options.json ? boost::json::serialize(doors_json(**report)) + "\n"
                                  : doors_text(**report, options.wide));
    return exit_ok;
}

}  // namespace

void add_doors(CLI::App& app, Run& run) {
    app.add_subcommand("doors", "who was turned away, and who is signed in; for an operator's key")
        ->callback([&run] { run = print_doors; });
}

}  // namespace washup::board::ctl
