#include "board/ctl/program.hpp"

#include <fmt/format.h>
#include <sodium.h>

#include <boost/json.hpp>
#include <cstdio>

#include "board/ctl/json_values.hpp"
#include "board/link/pin_input.hpp"
#include "washup/v1/command.pb.h"

namespace washup::board::ctl {
namespace {

void print_json(v1::Answer const& answer) {
    boost::json::object out;
    out["id"] = text_json(answer.command_id());
    out["accepted"] = answer.accepted();
    out["record"] =
        answer.accepted() ? boost::json::value(answer.record()) : boost::json::value(nullptr);
    out["made"] =
        answer.made() == 0 ? boost::json::value(nullptr) : boost::json::value(answer.made());
    out["field"] = text_json(answer.field());
    out["words"] = text_json(answer.words());
    out["warning"] = text_json(answer.warning());
    if (answer.copies_size() > 0) {
        out["copies"] = boost::json::array(answer.copies().begin(), answer.copies().end());
    }
    fmt::print("{}\n", boost::json::serialize(out));
}

}  // namespace

void add_options(CLI::App& app, Options& options) {
    app.require_subcommand(0, 1);  // none is answered by main: an unknown word is named first
    app.fallthrough();             // --json may stand after the subcommand
    app.add_option("--daemon", options.daemon, "HOST:N")->capture_default_str();
    app.add_option("--keys", options.keys, link::keys_option_words)->envname(link::keys_variable);
    app.add_flag("--json", options.json, "one JSON document (send, watch: one a line)");
    app.add_flag("--wide", options.wide, "cut nothing in tables");
    app.add_option("--as", options.as, "sign in as this staff id first; asks for the PIN")
        ->envname("WASHUP_AS");
    app.add_option("--pin-fd", options.pin_fd,
                   "take the PIN from this descriptor, not the terminal")
        ->check(CLI::Range(0, 1023));
    app.add_option("--actor", options.actor, "staff id of who asks, where nobody signs in")
        ->envname("WASHUP_ACTOR");
    app.add_option("--decided-by", options.decided_by, "staff id of who decided, if another");
    app.add_option("--id", options.command_id, "command id: the same one is carried out once");
    app.add_option("--wait", options.wait_s, "seconds to wait for the daemon")
        ->check(CLI::Range(1, 3600))
        ->capture_default_str();
}

void add_subcommands(CLI::App& app, Run& run) {
    add_views(app, run);
    add_commands(app, run);
    add_figures(app, run);
    add_corrections(app, run);
    add_meetings(app, run);
    add_erase(app, run);
    add_staff(app, run);
    add_doors(app, run);
    add_reports(app, run);
}

Result<std::shared_ptr<v1::Standing const>> ask_standing(Asked const& whom) {
    auto const told = std::make_shared<v1::Standing>();
    auto& standing = *told;
    auto const take = [&](wire::Frame const& frame) {
        return frame.kind == wire::Kind::standing && wire::parse(frame, standing).has_value();
    };
    auto const asked = wire::encode(wire::Kind::standing_request, v1::StandingRequest{});
    if (auto const done = ask_once(whom, asked, take); !done) return done.error();
    return std::shared_ptr<v1::Standing const>(told);
}

Result<int> tier_of(Asked const& whom) {
    if (!whom.daemon.keys || !whom.staff.empty()) return 3;
    auto const standing = ask_standing(whom);
    if (!standing) return standing.error();
    return static_cast<int>((*standing)->view());
}

Result<Instant> minute_of(std::string text) {
    if (text.size() > 10 && text[10] == ' ') text[10] = 'T';
    auto const moment = parse_moment(text);
    if (!moment) return moment.error();
    return moment->at;
}

Result<std::string> ask_pin(Options const& options, std::string const& question) {
    return options.pin_fd >= 0 ? pin_from(options.pin_fd) : pin_from_terminal(question);
}

Result<Asked> whom_to_ask(Options const& options) {
    auto const daemon = link::daemon_address(options.daemon, options.keys);  // checked by main
    Asked whom{*daemon, options.as, {}, seconds(options.wait_s)};
    if (options.as.empty()) return whom;
    auto pin = ask_pin(options, fmt::format("PIN of {}: ", options.as));
    if (!pin) return pin.error();
    whom.pin = std::move(*pin);
    return whom;
}

Result<std::shared_ptr<Session>> open_session(Options const& options) {
    if (options.session) return options.session;
    auto const daemon = link::daemon_address(options.daemon, options.keys);  // checked by main
    auto session = std::make_shared<Session>(*daemon, 3, seconds(options.wait_s));
    if (options.as.empty()) return session;
    auto pin = ask_pin(options, fmt::format("PIN of {}: ", options.as));
    if (!pin) return pin.error();
    auto const in = session->sign_in(options.as, *pin);
    sodium_memzero(pin->data(), pin->size());
    if (!in) return in.error();
    return session;
}

int fail(Error const& error) {
    auto const field = error.field.empty() ? "" : " (" + error.field + ")";
    fmt::print(stderr, "washupctl: {}{}\n", error.words, field);
    switch (error.code) {
        case ErrorCode::unavailable:
            return exit_daemon_away;
        case ErrorCode::io:
            return exit_temporary;
        case ErrorCode::invalid:
            return exit_usage;
        default:
            return exit_refused;
    }
}

int print_answer(v1::Answer const& answer, Options const& options) {
    auto const code = answer.accepted() ? exit_ok : exit_refused;
    if (options.json) {
        print_json(answer);
    } else if (answer.accepted()) {
        auto const made = answer.made() == 0 ? "" : fmt::format(", made {}", answer.made());
        auto const odd = answer.warning().empty() ? "" : "; " + answer.warning();
        fmt::print("accepted at {}{}{}\n", answer.record(), made, odd);
    } else {
        auto const field = answer.field().empty() ? "" : " (" + answer.field() + ")";
        fmt::print("refused: {}{}\n", answer.words(), field);
    }
    std::fflush(stdout);
    return code;
}

}  // namespace washup::board::ctl
