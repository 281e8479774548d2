#include <fmt/format.h>

#include <fstream>
#include <iostream>

#include "board/ctl/command_line.hpp"
#include "board/ctl/program.hpp"
#include "board/ctl/send.hpp"
#include "washup/v1/command.pb.h"

namespace washup::board::ctl {
namespace {

// What was written on the command line for one subcommand; each uses what it needs.
struct Words {
    std::string stay, reason, local_reason, holder, note, opened, closed, why, text, owner;
    std::string deadline, agreed, state = "done", field, value, which, code, at, id, name, role;
    std::string team, service, council, kind, zone, pathway, unit, seen;
    std::uint64_t blocker = 0, action = 0, item = 0;
    std::optional<std::string> organisation, email, hours;
    std::optional<std::int64_t> total, occupied, reserved, out_of_service, accepting;
};
using Fill = std::function<Result<void>(Words const&, v1::Command&)>;

Result<std::shared_ptr<Session>> open_as_somebody(Options const& options) {
    if (options.actor.empty() && options.as.empty())
        return invalid("say who you are: --as STAFF_ID with a PIN; without keys --actor", "actor");
    return open_session(options);
}

int send_command(Session& session, Options const& options, v1::Command command) {
    command.set_id(options.command_id);
    command.set_actor(options.actor);
    command.set_decided_by(options.decided_by);
    auto const answer = session.send(command);
    if (!answer) return fail(answer.error());
    return print_answer(**answer, options);
}

int run_command(Options const& options, Words words, Fill const& fill) {
    auto const opened = open_as_somebody(options);
    if (!opened) return fail(opened.error());
    auto const& session = *opened;
    if (words.at == "now") {  // the daemon's now: in a demo the wall's clock is not this machine's
        auto const model = session->wait_model();
        if (!model) return fail(model.error());
        words.at = to_rfc3339(now_of(**model));
    }
    v1::Command command;
    if (auto const filled = fill(words, command); !filled) return fail(filled.error());
    return send_command(*session, options, std::move(command));
}

// A subcommand whose options are bound to `words` by the caller.
std::pair<CLI::App*, std::shared_ptr<Words>> command(CLI::App& app, Run& run, char const* name,
                                                     char const* what, Fill fill) {
    auto* sub = app.add_subcommand(name, what);
    auto words = std::make_shared<Words>();
    sub->callback([&run, words, fill = std::move(fill)] {
        run = [words, fill](Options const& options) { return run_command(options, *words, fill); };
    });
    return {sub, words};
}

void stay_argument(CLI::App* sub, Words& words) {
    sub->add_option("STAY", words.stay, "AUTHORITY:NUMBER or #internal")->required();
}

Result<void> moment_if(v1::Moment* (*where)(v1::Command&), v1::Command& c,
                       std::string const& text) {
    if (text.empty()) return {};
    return set_moment(*where(c), text);
}

void add_blockers(CLI::App& app, Run& run) {
    auto [raise, r] = command(
        app, run, "raise-blocker", "something holds this person here",
        [](Words const& w, v1::Command& c) {
            auto& b = *c.mutable_raise_blocker();
            b.set_stay(w.stay);
            b.set_reason(w.reason);
            b.set_local_reason(w.local_reason);
            b.set_holder(w.holder);
            b.set_note(w.note);
            return moment_if(
                [](v1::Command& m) { return m.mutable_raise_blocker()->mutable_opened_at(); }, c,
                w.opened);
        });
    stay_argument(raise, *r);
    raise->add_option("--reason", r->reason, "national short code: CP4");
    raise->add_option("--local", r->local_reason, "local reason below it");
    raise->add_option("--holder", r->holder, "whom the time belongs to, when not the reason's own");
    raise->add_option("--note", r->note);
    raise->add_option("--opened", r->opened, "when it began, when not now");

    auto [close, l] = command(
        app, run, "close-blocker", "it no longer holds", [](Words const& w, v1::Command& c) {
            auto& b = *c.mutable_close_blocker();
            b.set_stay(w.stay);
            b.set_blocker(w.blocker);
            b.set_why(w.why);
            return moment_if(
                [](v1::Command& m) { return m.mutable_close_blocker()->mutable_closed_at(); }, c,
                w.closed);
        });
    stay_argument(close, *l);
    close->add_option("--blocker", l->blocker, "its number; not needed when only one is open");
    close->add_option("--why", l->why);
    close->add_option("--closed", l->closed, "when, if not now");

    auto [hand, h] = command(
        app, run, "hand-over-clock", "from now on this blocker holds the clock",
        [](Words const& w, v1::Command& c) {
            c.mutable_hand_over_clock()->set_stay(w.stay);
            c.mutable_hand_over_clock()->set_blocker(w.blocker);
            return moment_if(
                [](v1::Command& m) { return m.mutable_hand_over_clock()->mutable_at(); }, c, w.at);
        });
    stay_argument(hand, *h);
    hand->add_option("--blocker", h->blocker)->required();
    hand->add_option("--at", h->at, "when, if not now");
}

void add_actions(CLI::App& app, Run& run) {
    auto [assign, a] = command(app, run, "assign-action", "somebody does something by a time",
                               [](Words const& w, v1::Command& c) -> Result<void> {
                                   auto& action = *c.mutable_assign_action();
                                   action.set_stay(w.stay);
                                   action.set_text(w.text);
                                   action.set_owner(w.owner);
                                   action.set_blocker(w.blocker);
                                   if (!w.agreed.empty()) {
                                       auto const agreed =
                                           set_moment(*action.mutable_agreed_at(), w.agreed);
                                       if (!agreed) return agreed;
                                   }
                                   // Without an owner or deadline the daemon refuses, in its own
                                   // words.
                                   if (w.deadline.empty()) return {};
                                   return set_moment(*action.mutable_deadline(), w.deadline);
                               });
    stay_argument(assign, *a);
    assign->add_option("--text", a->text)->required();
    assign->add_option("--owner", a->owner, "staff id");
    assign->add_option("--deadline", a->deadline, "a date alone means 17:00");
    assign->add_option("--blocker", a->blocker, "number of the blocker it is for");
    assign->add_option("--agreed", a->agreed, "entered later: when it was agreed");

    auto [finish, f] = command(app, run, "finish-action", "done, not done because, or cancelled",
                               [](Words const& w, v1::Command& c) -> Result<void> {
                                   auto& action = *c.mutable_finish_action();
                                   action.set_stay(w.stay);
                                   action.set_action(w.action);
                                   action.set_state(w.state);
                                   action.set_why(w.why);
                                   return {};
                               });
    stay_argument(finish, *f);
    finish->add_option("--action", f->action)->required();
    finish->add_option("--state", f->state)
        ->check(CLI::IsMember({"done", "not_done", "cancelled"}))
        ->capture_default_str();
    finish->add_option("--why", f->why, "owed unless done");

    auto [move, m] = command(app, run, "move-deadline", "a new date, with the reason",
                             [](Words const& w, v1::Command& c) {
                                 auto& action = *c.mutable_move_deadline();
                                 action.set_stay(w.stay);
                                 action.set_action(w.action);
                                 action.set_why(w.why);
                                 return set_moment(*action.mutable_deadline(), w.deadline);
                             });
    stay_argument(move, *m);
    move->add_option("--action", m->action)->required();
    move->add_option("--deadline", m->deadline)->required();
    move->add_option("--why", m->why);
}

Result<void> fill_field(v1::Command& c, std::string const& stay, std::string const& field,
                        std::string const& value, std::string const& why) {
    auto const number = field_number(field);
    if (!number) return number.error();
    auto& set = *c.mutable_set_field();
    set.set_stay(stay);
    set.set_field(static_cast<v1::Field>(*number));
    set.set_why(why);
    return set_value(*set.mutable_value(), *number, value);
}

void add_fields(CLI::App& app, Run& run) {
    auto [set, s] = command(app, run, "set-field", "a date, a code or a text of a stay",
                            [](Words const& w, v1::Command& c) {
                                if (!w.seen.empty()) {
                                    c.mutable_set_field()->set_seen(w.seen);
                                    c.mutable_set_field()->set_check_seen(true);
                                }
                                return fill_field(c, w.stay, w.field, w.value, w.why);
                            });
    stay_argument(set, *s);
    set->add_option("FIELD", s->field, "team, case_worker, expected_discharge, ...")->required();
    set->add_option("VALUE", s->value, "left out: the value is taken away");
    set->add_option("--why", s->why);
    set->add_option("--seen", s->seen, "refused when it is no longer this");

    auto [review, r] = command(app, run, "set-review", "when this person is looked at again",
                               [](Words const& w, v1::Command& c) {
                                   return fill_field(c, w.stay, "review_on", w.at, w.why);
                               });
    stay_argument(review, *r);
    review->add_option("DATE", r->at)->required();

    auto [outcome, o] =
        command(app, run, "set-outcome", "ideal, expected or actual: a code of the outcome ladder",
                [](Words const& w, v1::Command& c) {
                    return fill_field(c, w.stay, w.which + "_outcome", w.code, w.why);
                });
    outcome->add_option("WHICH", o->which)
        ->required()
        ->check(CLI::IsMember({"ideal", "expected", "actual"}));
    stay_argument(outcome, *o);
    outcome->add_option("CODE", o->code, "of the ladder, or of a band")->required();
    outcome->add_option("--why", o->why,
                        "changing an ideal: need_changed, persons_wish, entry_error");

    auto [ready, d] = command(app, run, "declare-ready", "no longer meets the criteria to reside",
                              [](Words const& w, v1::Command& c) {
                                  return fill_field(c, w.stay, "discharge_ready", w.at, w.why);
                              });
    stay_argument(ready, *d);
    d->at = "now";
    ready->add_option("WHEN", d->at, "a date or a time")->capture_default_str();

    auto [meets, m] = command(app, run, "meets-criteria", "meets the criteria to reside again",
                              [](Words const& w, v1::Command& c) {
                                  return fill_field(c, w.stay, "discharge_ready", "", w.why);
                              });
    stay_argument(meets, *m);
    meets->add_option("--why", m->why);

    auto [confirm, f] =
        command(app, run, "confirm", "the value stands as it is",
                [](Words const& w, v1::Command& c) -> Result<void> {
                    auto const number = field_number(w.field);
                    if (!number) return number.error();
                    c.mutable_confirm_field()->set_stay(w.stay);
                    c.mutable_confirm_field()->set_field(static_cast<v1::Field>(*number));
                    return {};
                });
    stay_argument(confirm, *f);
    confirm->add_option("FIELD", f->field)->required();
}

void add_capacity(CLI::App& app, Run& run) {
    auto [sub, w] = command(app, run, "report-capacity", "the counters of a service",
                            [](Words const& given, v1::Command& c) -> Result<void> {
                                auto& r = *c.mutable_report_capacity();
                                r.set_service(given.service);
                                r.set_council(given.council);
                                r.set_name(given.name);
                                r.set_kind(given.kind);
                                r.set_zone(given.zone);
                                r.set_pathway(given.pathway);
                                r.set_unit(given.unit);
                                if (given.total) r.set_total(*given.total);
                                if (given.occupied) r.set_occupied(*given.occupied);
                                if (given.reserved) r.set_reserved(*given.reserved);
                                if (given.out_of_service) {
                                    r.set_out_of_service(*given.out_of_service);
                                }
                                if (given.accepting) r.set_accepting(*given.accepting);
                                return {};
                            });
    sub->add_option("SERVICE", w->service, "its id")->required();
    sub->add_option("--council", w->council);
    sub->add_option("--name", w->name);
    sub->add_option("--kind", w->kind, "home_care, reablement, bridging, ...");
    sub->add_option("--zone", w->zone);
    sub->add_option("--pathway", w->pathway);
    sub->add_option("--unit", w->unit, "bed, start_week, hour_week, slot");
    sub->add_option("--total", w->total);
    sub->add_option("--occupied", w->occupied);
    sub->add_option("--reserved", w->reserved);
    sub->add_option("--out-of-service", w->out_of_service);
    sub->add_option("--accepting", w->accepting);
}

void add_house(CLI::App& app, Run& run) {
    auto [reopen, r] = command(app, run, "reopen", "the closing was wrong: take it back",
                               [](Words const& w, v1::Command& c) -> Result<void> {
                                   c.mutable_reopen()->set_stay(w.stay);
                                   c.mutable_reopen()->set_why(w.why);
                                   return {};
                               });
    stay_argument(reopen, *r);
    reopen->add_option("--why", r->why);

    auto [staff, s] = command(app, run, "add-staff", "somebody who may own actions",
                              [](Words const& w, v1::Command& c) -> Result<void> {
                                  auto& add = *c.mutable_add_staff();
                                  add.set_id(w.id);
                                  add.set_name(w.name);
                                  add.set_role(w.role);
                                  add.set_team(w.team);
                                  if (w.organisation) add.set_organisation(*w.organisation);
                                  if (w.email) add.set_email(*w.email);
                                  if (w.hours) add.set_hours(*w.hours);
                                  return {};
                              });
    staff->add_option("ID", s->id)->required();
    staff->add_option("NAME", s->name)->required();
    staff->add_option("ROLE", s->role)->required();
    staff->add_option("TEAM", s->team)->required();
    staff->add_option("--organisation", s->organisation, "left out: as it was");
    staff->add_option("--email", s->email);
    staff->add_option("--hours", s->hours, "a calendar of the site file");

    auto [undo, u] = command(app, run, "undo-merge", "these are two people after all",
                             [](Words const& w, v1::Command& c) -> Result<void> {
                                 c.mutable_undo_merge()->set_stay(w.stay);
                                 c.mutable_undo_merge()->set_why(w.why);
                                 return {};
                             });
    stay_argument(undo, *u);
    undo->add_option("--why", u->why);

    auto [settle, i] = command(app, run, "settle-inbox", "a person has looked at this item",
                               [](Words const& w, v1::Command& c) -> Result<void> {
                                   c.mutable_settle_inbox()->set_item(w.item);
                                   c.mutable_settle_inbox()->set_why(w.why);
                                   return {};
                               });
    settle->add_option("ITEM", i->item)->required();
    settle->add_option("--why", i->why);
}

void add_send(CLI::App& app, Run& run) {
    auto* sub = app.add_subcommand("send", "commands as JSON lines; an answer for each");
    auto const file = std::make_shared<std::string>();
    sub->add_option("FILE", *file, "a file, or - for standard input")->required();
    sub->callback([&run, file] {
        run = [file](Options const& options) {
            if (*file == "-") return send_lines(std::cin, options);
            std::ifstream in(*file);
            if (!in) return fail(invalid("cannot read " + *file, "FILE"));
            return send_lines(in, options);
        };
    });
}

}  // namespace

int send_command(Options const& options, v1::Command command) {
    auto const opened = open_as_somebody(options);
    return opened ? send_command(**opened, options, std::move(command)) : fail(opened.error());
}

void add_commands(CLI::App& app, Run& run) {
    add_send(app, run);
    add_blockers(app, run);
    add_actions(app, run);
    add_fields(app, run);
    add_capacity(app, run);
    add_house(app, run);
}

}  // namespace washup::board::ctl
