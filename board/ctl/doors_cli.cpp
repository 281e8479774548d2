// `washupctl doors`: who was turned away since the daemon started, and who is signed in.

#include <fmt/format.h>

#include <boost/json.hpp>

#include "board/ctl/json_values.hpp"
#include "board/ctl/program.hpp"
#include "board/ctl/table.hpp"
#include "washup/v1/command.pb.h"

namespace washup::board::ctl {
namespace {

void print_json(v1::DoorsReport const& report) {
    boost::json::array away, in;
    for (auto const& row : report.turned_away()) {
        away.push_back({{"door", row.door()},
                        {"why", row.why()},
                        {"key", text_json(row.key())},
                        {"count", row.count()}});
    }
    for (auto const& row : report.signed_in()) {
        in.push_back({{"staff", row.staff()}, {"key", row.key()}, {"idle_ms", row.idle_ms()}});
    }
    boost::json::object out;
    out["turned_away"] = std::move(away);
    out["signed_in"] = std::move(in);
    out["keys"] = report.keys();
    out["keys_revoked"] = report.keys_revoked();
    out["keys_fault"] = text_json(report.keys_fault());
    out["frames_refused"] = report.frames_refused();
    out["sign_ins_refused"] = report.sign_ins_refused();
    fmt::print("{}\n", boost::json::serialize(out));
}

void print_text(v1::DoorsReport const& report, bool wide) {
    if (report.keys() == 0) {
        fmt::print("no keys: everybody on the daemon's machine may do everything\n");
    } else {
        fmt::print("{} keys, {} revoked; {} sign-ins refused; {} frames refused\n", report.keys(),
                   report.keys_revoked(), report.sign_ins_refused(), report.frames_refused());
    }
    if (!report.keys_fault().empty()) {
        fmt::print("the key list of before counts, because the newer one has a fault: {}\n",
                   report.keys_fault());
    }
    Table in({{"SIGNED IN"}, {"AT KEY"}, {"IDLE"}});
    for (auto const& row : report.signed_in()) {
        in.add({row.staff(), row.key(), fmt::format("{} s", row.idle_ms() / 1000)});
    }
    if (!in.empty()) fmt::print("\n{}", in.text(wide));
    Table away({{"TURNED AWAY AT"}, {"WHY"}, {"COUNT"}, {"LAST KEY"}});
    for (auto const& row : report.turned_away()) {
        away.add({row.door(), row.why(), std::to_string(row.count()),
                  row.key().empty() ? "-" : row.key()});
    }
    if (!away.empty()) fmt::print("\n{}", away.text(wide));
}

int print_doors(Options const& options) {
    auto const whom = whom_to_ask(options);
    if (!whom) return fail(whom.error());
    v1::DoorsReport report;
    auto const take = [&](wire::Frame const& frame) {
        return frame.kind == wire::Kind::doors_report && wire::parse(frame, report).has_value();
    };
    auto const asked = wire::encode(wire::Kind::doors_request, v1::DoorsRequest{});
    if (auto const done = ask_once(*whom, asked, take); !done) return fail(done.error());
    options.json ? print_json(report) : print_text(report, options.wide);
    return exit_ok;
}

}  // namespace

void add_doors(CLI::App& app, Run& run) {
    app.add_subcommand("doors", "who was turned away, and who is signed in; for an operator's key")
        ->callback([&run] { run = print_doors; });
}

}  // namespace washup::board::ctl
