// `washupctl staff away|back|hand-over`: who is away, who takes over whose work. PINs are in
// sign_in_cli.cpp.

#include "board/ctl/command_line.hpp"
#include "board/ctl/program.hpp"
#include "washup/v1/command.pb.h"

namespace washup::board::ctl {
namespace {

struct Absence {
    std::string staff, from, until, deputy;
};
struct HandOverWords {
    std::string from, to, why;
};

Result<void> fill_away(Absence const& away, v1::Command& c) {
    auto& w = *c.mutable_set_away();
    w.set_staff(away.staff);
    w.set_deputy(away.deputy);
    if (auto const from = set_moment(*w.mutable_from(), away.from); !from) return from;
    return set_moment(*w.mutable_until(), away.until);
}

}  // namespace

void add_absence(CLI::App& group, Run& run) {
    auto const away = std::make_shared<Absence>();
    auto* const out = group.add_subcommand("away", "not at work on these days, both included");
    out->fallthrough();
    out->add_option("ID", away->staff, "of the staff list")->required();
    out->add_option("--from", away->from, "a date")->required();
    out->add_option("--until", away->until, "a date")->required();
    out->add_option("--deputy", away->deputy, "who does the work meanwhile");
    out->callback([&run, away] {
        run = [away](Options const& options) {
            v1::Command command;
            if (auto const filled = fill_away(*away, command); !filled)
                return fail(filled.error());
            return send_command(options, std::move(command));
        };
    });

    auto const who = std::make_shared<std::string>();
    auto* const back = group.add_subcommand("back", "at work again");
    back->fallthrough();
    back->add_option("ID", *who, "of the staff list")->required();
    back->callback([&run, who] {
        run = [who](Options const& options) {
            v1::Command command;
            command.mutable_set_away()->set_staff(*who);
            return send_command(options, std::move(command));
        };
    });

    auto const over = std::make_shared<HandOverWords>();
    auto* const hand = group.add_subcommand("hand-over", "all open actions of one to another");
    hand->fallthrough();
    hand->add_option("FROM", over->from, "staff id")->required();
    hand->add_option("TO", over->to, "staff id")->required();
    hand->add_option("--why", over->why, "owed");
    hand->callback([&run, over] {
        run = [over](Options const& options) {
            v1::Command command;
            auto& w = *command.mutable_hand_over_actions();
            w.set_from(over->from);
            w.set_to(over->to);
            w.set_why(over->why);
            return send_command(options, std::move(command));
        };
    });
}

}  // namespace washup::board::ctl
