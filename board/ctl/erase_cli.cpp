#include <fmt/format.h>

#include <cstdio>
#include <iostream>

#include "board/ctl/program.hpp"
#include "washup/v1/command.pb.h"

// `washupctl erase-person`: apart from the other commands, because it cannot be taken back and asks
// before it sends.

namespace washup::board::ctl {
namespace {

struct Whom {
    std::string stay, nhs, local, council, reason;
    bool yes = false;
    std::string const& said() const {
        return !stay.empty() ? stay : !nhs.empty() ? nhs : !local.empty() ? local : council;
    }
};

Result<void> fill(Whom const& whom, v1::ErasePerson& erase) {
    auto const named = [](std::string const& word) { return word.empty() ? 0 : 1; };
    if (named(whom.stay) + named(whom.nhs) + named(whom.local) + named(whom.council) != 1) {
        return invalid("say who: STAY, or one of --nhs, --local, --council", "STAY");
    }
    erase.set_why(whom.reason);
    erase.set_stay(whom.stay);
    if (!whom.stay.empty()) return {};
    auto& number = *erase.mutable_identifier();
    if (!whom.nhs.empty()) {
        number.set_kind(v1::Identifier::NHS);
        number.set_value(whom.nhs);
        return {};
    }
    auto const& said = whom.said();
    auto const colon = said.find(':');
    if (colon == std::string::npos) {
        return invalid("a number stands in a name space: SPACE:NUMBER", "NUMBER");
    }
    number.set_kind(whom.local.empty() ? v1::Identifier::COUNCIL : v1::Identifier::LOCAL);
    number.set_namespace_(said.substr(0, colon));
    number.set_value(said.substr(colon + 1));
    return {};
}

bool confirmed(Whom const& whom) {
    if (whom.yes) return true;
    fmt::print(stderr,
               "This destroys the keys of every word about the person of {}, for good: name, "
               "numbers, birth date,\nnotes, in every stay and every merged record. Counts stay. "
               "Type {} to go on: ",
               whom.said(), whom.said());
    std::fflush(stderr);
    std::string line;
    return std::getline(std::cin, line) && line == whom.said();
}

int erase(Options const& options, Whom const& whom) {
    if (options.actor.empty() && options.as.empty()) {
        return fail(
            invalid("say who you are: --as STAFF_ID with a PIN; without keys --actor", "actor"));
    }
    v1::Command command;
    command.set_id(options.command_id);
    command.set_actor(options.actor);
    command.set_decided_by(options.decided_by);
    if (auto const filled = fill(whom, *command.mutable_erase_person()); !filled) {
        return fail(filled.error());
    }
    if (!confirmed(whom)) return fail(refused("nothing was erased", "STAY"));
    auto const session = open_session(options);
    if (!session) return fail(session.error());
    auto const answer = (*session)->send(command);
    if (!answer) return fail(answer.error());
    auto const code = print_answer(**answer, options);
    if (code == exit_ok && !options.json) {
        fmt::print("Copies of the journal that hold the words still, for you to find: {}\n",
                   (*answer)->copies().empty() ? "none was made here" : "");
        for (auto const& copy : (*answer)->copies()) fmt::print("  {}\n", copy);
        fmt::print("Mail that was sent: none, this version sends no mail.\n");
        fmt::print(
            "Still to do: washup-hl7 --forget FILE and washup-csv --forget FILE, where they keep "
            "what was sent;\nkeep `washupd journal erasures` beside the copies of the journal that "
            "were made before, and restore\nthem with --erasures. Files that were exported or "
            "printed hold what they hold.\n");
    }
    return code;
}

}  // namespace

void add_erase(CLI::App& app, Run& run) {
    auto* sub = app.add_subcommand(
        "erase-person", "destroy the keys of all words about a person (role operator); for good");
    auto whom = std::make_shared<Whom>();
    sub->add_option("STAY", whom->stay, "any stay of the person: AUTHORITY:NUMBER or #internal");
    sub->add_option("--nhs", whom->nhs, "instead of STAY: the NHS number");
    sub->add_option("--local", whom->local, "instead of STAY: a hospital's number, SPACE:NUMBER");
    sub->add_option("--council", whom->council, "instead of STAY: a council's, SPACE:NUMBER");
    sub->add_option("--reason", whom->reason,
                    "kept for ever in the journal: without the person's name or numbers")
        ->required();
    sub->add_flag("--yes", whom->yes, "do not ask");
    sub->callback(
        [&run, whom] { run = [whom](Options const& options) { return erase(options, *whom); }; });
}

}  // namespace washup::board::ctl
