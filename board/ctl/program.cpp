#include "board/ctl/program.hpp"

#include <fmt/format.h>

#include <boost/json.hpp>
#include <cstdio>

#include "board/ctl/json_values.hpp"
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
    fmt::print("{}\n", boost::json::serialize(out));
}

}  // namespace

std::unique_ptr<Session> open_session(Options const& options, int tier) {
    auto const daemon = link::daemon_address(options.daemon, options.keys);  // checked by main
    return std::make_unique<Session>(*daemon, tier, seconds(options.wait_s));
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
