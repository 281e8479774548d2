// `washupctl correct-blocker` and `milestone`: what was said was wrong, and steps on the way home.

#include "board/ctl/command_line.hpp"
#include "board/ctl/program.hpp"
#include "washup/v1/command.pb.h"

namespace washup::board::ctl {
namespace {

struct Correction {
    std::string stay, reason, local_reason, holder, opened, closed;
    std::vector<std::string> claims;
    std::optional<std::string> note, zone;
    std::uint64_t blocker = 0;
    bool open_again = false;
};

Result<void> fill(Correction const& said, v1::Command& command) {
    auto& correct = *command.mutable_correct_blocker();
    correct.set_stay(said.stay);
    correct.set_blocker(said.blocker);
    correct.set_reason(said.reason);
    correct.set_local_reason(said.local_reason);
    correct.set_holder(said.holder);
    for (auto const& claim : said.claims) correct.add_claims(claim);
    if (said.note) correct.set_note(*said.note);
    if (said.zone) correct.set_zone(*said.zone);
    correct.set_open_again(said.open_again);
    if (!said.opened.empty()) {
        if (auto const set = set_moment(*correct.mutable_opened_at(), said.opened); !set)
            return set;
    }
    if (said.closed.empty()) return {};
    return set_moment(*correct.mutable_closed_at(), said.closed);
}

void add_correct(CLI::App& app, Run& run) {
    auto* sub = app.add_subcommand(
        "correct-blocker",
        "what was said of it was wrong, or it is agreed whose time it is: the time moves from its "
        "opening");
    auto const said = std::make_shared<Correction>();
    sub->add_option("STAY", said->stay, "AUTHORITY:NUMBER or #internal")->required();
    sub->add_option("--blocker", said->blocker, "its number")->required();
    sub->add_option("--reason", said->reason, "national short code: CP4");
    sub->add_option("--local", said->local_reason, "local reason below it");
    sub->add_option("--holder", said->holder,
                    "whom the time belongs to; disputed keeps both claims");
    sub->add_option("--claims", said->claims, "of a disputed holder: who is said to be it")
        ->delimiter(',');
    sub->add_option("--note", said->note);
    sub->add_option("--zone", said->zone, "when the postcode district's is wrong");
    sub->add_option("--opened", said->opened, "when it really began");
    auto* closed = sub->add_option("--closed", said->closed, "of a closed one: when it really did");
    sub->add_flag("--open-again", said->open_again, "its closing was wrong")->excludes(closed);
    sub->callback([&run, said] {
        run = [said](Options const& options) {
            v1::Command command;
            if (auto const filled = fill(*said, command); !filled) return fail(filled.error());
            return send_command(options, std::move(command));
        };
    });
}

void add_milestone(CLI::App& app, Run& run) {
    struct Reached {
        std::string stay, name, at;
    };
    auto* sub = app.add_subcommand(
        "milestone", "a step on the way home, by the name the site gave it; clocks run by them");
    auto const said = std::make_shared<Reached>();
    sub->add_option("STAY", said->stay, "AUTHORITY:NUMBER or #internal")->required();
    sub->add_option("NAME", said->name, "code or words of the milestone")->required();
    sub->add_option("--at", said->at, "when, if not now");
    sub->callback([&run, said] {
        run = [said](Options const& options) {
            v1::Command command;
            auto& record = *command.mutable_record_milestone();
            record.set_stay(said->stay);
            record.set_name(said->name);
            if (!said->at.empty()) {
                if (auto const set = set_moment(*record.mutable_at(), said->at); !set)
                    return fail(set.error());
            }
            return send_command(options, std::move(command));
        };
    });
}

}  // namespace

void add_corrections(CLI::App& app, Run& run) {
    add_correct(app, run);
    add_milestone(app, run);
}

}  // namespace washup::board::ctl
