// `washupctl meeting` and `washupctl cycle`: what is said at the wash-up and in the weekly cycle.

#include "board/ctl/command_line.hpp"
#include "board/ctl/program.hpp"
#include "washup/v1/command.pb.h"

namespace washup::board::ctl {
namespace {

// A subcommand fills the command that it was added with; CLI11 writes into the strings.
struct Given {
    std::string stay, team, chair, why, note, prompt, answer, managed_by, planned, cause, cycle;
    std::string text, owner, deadline, state = "done", level;
    std::uint64_t meeting = 0, blocker = 0, decision = 0;
};
using Fill = std::function<Result<void>(Given const&, v1::Command&)>;

std::pair<CLI::App*, std::shared_ptr<Given>> deed(CLI::App& group, Run& run, char const* name,
                                                  char const* what, Fill fill) {
    auto* const sub = group.add_subcommand(name, what);
    sub->fallthrough();
    auto const given = std::make_shared<Given>();
    sub->callback([&run, given, fill = std::move(fill)] {
        run = [given, fill](Options const& options) {
            v1::Command command;
            if (auto const filled = fill(*given, command); !filled) return fail(filled.error());
            return send_command(options, std::move(command));
        };
    });
    return {sub, given};
}

Result<void> done() {
    return {};
}

void add_house_of_meeting(CLI::App& group, Run& run) {
    auto [open, o] =
        deed(group, run, "open", "the team has sat down", [](Given const& g, v1::Command& c) {
            c.mutable_open_wash_up()->set_team(g.team);
            c.mutable_open_wash_up()->set_chair(g.chair);
            return done();
        });
    open->add_option("TEAM", o->team)->required();
    open->add_option("--chair", o->chair, "staff id, when it is not who asks");

    auto [close, l] = deed(group, run, "close", "it is over; the minutes stand",
                           [](Given const& g, v1::Command& c) {
                               c.mutable_close_wash_up()->set_team(g.team);
                               c.mutable_close_wash_up()->set_meeting(g.meeting);
                               return done();
                           });
    close->add_option("TEAM", l->team)->required();
    close->add_option("--meeting", l->meeting, "its number");

    auto [cancel, n] = deed(group, run, "cancel", "it will not be held; clocks wait for the next",
                            [](Given const& g, v1::Command& c) -> Result<void> {
                                auto& w = *c.mutable_cancel_wash_up();
                                w.set_team(g.team);
                                w.set_why(g.why);
                                if (g.planned.empty()) return {};
                                return set_moment(*w.mutable_planned(), g.planned);
                            });
    cancel->add_option("TEAM", n->team)->required();
    cancel->add_option("--planned", n->planned, "which, when not the next: 2026-12-24T09:00");
    cancel->add_option("--why", n->why, "owed");
}

void add_restore(CLI::App& group, Run& run) {
    auto [restore, r] = deed(group, run, "restore", "a cancelled one will be held after all",
                             [](Given const& g, v1::Command& c) -> Result<void> {
                                 auto& w = *c.mutable_restore_wash_up();
                                 w.set_team(g.team);
                                 w.set_why(g.why);
                                 if (g.planned.empty()) return {};
                                 return set_moment(*w.mutable_planned(), g.planned);
                             });
    restore->add_option("TEAM", r->team)->required();
    restore->add_option("--planned", r->planned, "which, when not the next cancelled one");
    restore->add_option("--why", r->why, "owed");
}

void add_people_of_meeting(CLI::App& group, Run& run) {
    auto const about = [](CLI::App* sub, Given& given) {
        sub->add_option("STAY", given.stay, "AUTHORITY:NUMBER or #internal")->required();
        sub->add_option("--meeting", given.meeting, "when it is not the open one of the team");
    };
    auto [discuss, d] = deed(group, run, "discuss", "this person was talked about",
                             [](Given const& g, v1::Command& c) {
                                 auto& w = *c.mutable_discuss_stay();
                                 w.set_stay(g.stay);
                                 w.set_meeting(g.meeting);
                                 w.set_note(g.note);
                                 return done();
                             });
    about(discuss, *d);
    discuss->add_option("--note", d->note, "what was said");

    auto [park, p] = deed(group, run, "park", "put off: to later, or to the next meeting",
                          [](Given const& g, v1::Command& c) {
                              auto& w = *c.mutable_park_stay();
                              w.set_stay(g.stay);
                              w.set_meeting(g.meeting);
                              w.set_why(g.why);
                              return done();
                          });
    about(park, *p);
    park->add_option("--why", p->why, "owed");

    auto [ask, a] = deed(group, run, "ask", "a prompt of the house was put",
                         [](Given const& g, v1::Command& c) {
                             auto& w = *c.mutable_ask_prompt();
                             w.set_stay(g.stay);
                             w.set_meeting(g.meeting);
                             w.set_prompt(g.prompt);
                             w.set_answer(g.answer);
                             w.set_managed_by(g.managed_by);
                             return done();
                         });
    about(ask, *a);
    ask->add_option("PROMPT", a->prompt, "its code, as `report prompts` lists them")->required();
    ask->add_option("--answer", a->answer);
    ask->add_option("--managed-by", a->managed_by, "who, when it is somebody else's");
}

void add_causes(CLI::App& group, Run& run) {
    auto [send, s] = deed(group, run, "send", "take a cause to the weekly cycle",
                          [](Given const& g, v1::Command& c) -> Result<void> {
                              auto& w = *c.mutable_send_cause();
                              if (g.stay.empty() == g.cause.empty())
                                  return invalid("a stay, or --cause", "STAY");
                              w.set_stay(g.stay);
                              w.set_blocker(g.blocker);
                              w.set_cause(g.cause);
                              w.set_cycle(g.cycle);
                              return {};
                          });
    send->add_option("STAY", s->stay, "AUTHORITY:NUMBER or #internal");
    send->add_option("--blocker", s->blocker, "its number; not needed when only one is open");
    send->add_option("--cause", s->cause,
                     "REASON:ZONE:AREA instead, as `report causes` lists them");
    send->add_option("--cycle", s->cycle, "when several are open");

    auto [answer, a] =
        deed(group, run, "answer", "what came back from above", [](Given const& g, v1::Command& c) {
            auto& w = *c.mutable_answer_cause();
            w.set_cause(g.cause);
            w.set_level(g.level);
            w.set_text(g.text);
            return done();
        });
    answer->add_option("CAUSE", a->cause, "REASON:ZONE:AREA")->required();
    answer->add_option("TEXT", a->text)->required();
    answer->add_option("--level", a->level)
        ->required()
        ->check(CLI::IsMember({"team", "area", "county"}));
}

void add_decisions(CLI::App& group, Run& run) {
    auto [decide, d] = deed(group, run, "decide", "what is done about a cause, by whom, until when",
                            [](Given const& g, v1::Command& c) -> Result<void> {
                                auto& w = *c.mutable_decide_in_cycle();
                                w.set_cycle(g.cycle);
                                w.set_cause(g.cause);
                                w.set_text(g.text);
                                w.set_owner(g.owner);
                                // Without one the daemon refuses, in its own words.
                                if (g.deadline.empty()) return {};
                                return set_moment(*w.mutable_deadline(), g.deadline);
                            });
    decide->add_option("CAUSE", d->cause, "REASON:ZONE:AREA")->required();
    decide->add_option("TEXT", d->text)->required();
    decide->add_option("--owner", d->owner, "staff id");
    decide->add_option("--deadline", d->deadline, "a date alone means 17:00");
    decide->add_option("--cycle", d->cycle, "when several are open");

    auto [finish, f] = deed(group, run, "finish", "a decision is done, not done because, cancelled",
                            [](Given const& g, v1::Command& c) {
                                auto& w = *c.mutable_finish_decision();
                                w.set_decision(g.decision);
                                w.set_state(g.state);
                                w.set_why(g.why);
                                return done();
                            });
    finish->add_option("DECISION", f->decision, "its number")->required();
    finish->add_option("--state", f->state)
        ->check(CLI::IsMember({"done", "not_done", "cancelled"}))
        ->capture_default_str();
    finish->add_option("--why", f->why, "owed unless done");
}

CLI::App* group_of(CLI::App& app, char const* name, char const* what) {
    auto* const group = app.add_subcommand(name, what);
    group->require_subcommand(1);
    group->fallthrough();
    return group;
}

}  // namespace

void add_meetings(CLI::App& app, Run& run) {
    auto* const meeting = group_of(app, "meeting", "the wash-up: opened, discussed, asked, closed");
    add_house_of_meeting(*meeting, run);
    add_restore(*meeting, run);
    add_people_of_meeting(*meeting, run);
    auto* const cycle = group_of(app, "cycle", "the weekly cycle: causes, decisions, answers");
    add_causes(*cycle, run);
    add_decisions(*cycle, run);
    add_meeting_reports(*meeting, *cycle, run);
}

}  // namespace washup::board::ctl
