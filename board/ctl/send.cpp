#include "board/ctl/send.hpp"

#include <algorithm>
#include <string>

#include "board/ctl/command_line.hpp"
#include "washup/v1/command.pb.h"

namespace washup::board::ctl {

int send_lines(std::istream& in, Options const& options) {
    auto const opened = open_session(options);
    if (!opened) return fail(opened.error());
    auto const& session = *opened;
    int worst = exit_ok;
    std::string line;
    while (std::getline(in, line)) {
        if (line.find_first_not_of(" \t\r") == std::string::npos) continue;
        v1::Command command;
        auto const parsed = parse_command_line(line, command);
        if (!parsed) {
            v1::Answer refusal;
            refusal.set_field(parsed.error().field);
            refusal.set_words(parsed.error().words);
            worst = std::max(worst, print_answer(refusal, options));
            continue;
        }
        if (command.actor().empty()) command.set_actor(options.actor);
        if (command.decided_by().empty()) command.set_decided_by(options.decided_by);
        auto const answer = session->send(command);
        if (!answer) return fail(answer.error());
        worst = std::max(worst, print_answer(**answer, options));
    }
    return worst;
}

}  // namespace washup::board::ctl
