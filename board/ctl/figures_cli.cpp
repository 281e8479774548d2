// What people say of services and figures: requests for a place and what was answered, figures
// that are counted elsewhere, what somebody answers for.

#include <cmath>

#include "board/ctl/command_line.hpp"
#include "board/ctl/program.hpp"
#include "board/ctl/send.hpp"
#include "washup/v1/command.pb.h"

namespace washup::board::ctl {
namespace {

struct Given {
    std::string stay, kind, zone, at, how, service, why, note, reporter, measure, scope, from,
        until, team, dimension, level, evidence;
    std::uint64_t request = 0;
    double value = 0;
};
using Fill = std::function<Result<void>(Given const&, v1::Command&)>;

int send_one(Options const& options, Given const& given, Fill const& fill) {
    if (options.actor.empty() && options.as.empty()) {
        return fail(
            invalid("say who you are: --as STAFF_ID with a PIN; without keys --actor", "actor"));
    }
    v1::Command command;
    command.set_id(options.command_id);
    command.set_actor(options.actor);
    command.set_decided_by(options.decided_by);
    if (auto const filled = fill(given, command); !filled) return fail(filled.error());
    auto const opened = open_session(options);
    if (!opened) return fail(opened.error());
    auto const answer = (*opened)->send(command);
    if (!answer) return fail(answer.error());
    return print_answer(**answer, options);
}

std::pair<CLI::App*, std::shared_ptr<Given>> command(CLI::App& app, Run& run, char const* name,
                                                     char const* what, Fill fill) {
    auto* sub = app.add_subcommand(name, what);
    auto given = std::make_shared<Given>();
    sub->callback([&run, given, fill = std::move(fill)] {
        run = [given, fill](Options const& options) { return send_one(options, *given, fill); };
    });
    return {sub, given};
}

// Nothing when it was not written.
template <class Make>
Result<void> put(std::string const& text, Make make) {
    if (text.empty()) return {};
    return set_moment(*make(), text);
}

void stay_argument(CLI::App* sub, Given& given) {
    sub->add_option("STAY", given.stay, "AUTHORITY:NUMBER or #internal")->required();
}

void days_options(CLI::App* sub, Given& given) {
    sub->add_option("--scope", given.scope, "site:, team: or area: and a code; all when left out");
    sub->add_option("--from", given.from, "the first London date")->required();
    sub->add_option("--until", given.until, "the last; as --from when left out");
}

void add_requests(CLI::App& app, Run& run) {
    auto [ask, a] = command(app, run, "request-service", "a place is wanted for this person",
                            [](Given const& g, v1::Command& c) -> Result<void> {
                                auto& request = *c.mutable_request_service();
                                request.set_stay(g.stay);
                                request.set_kind(g.kind);
                                request.set_zone(g.zone);
                                return put(g.at, [&] { return request.mutable_wanted_at(); });
                            });
    stay_argument(ask, *a);
    ask->add_option("KIND", a->kind, "of the site file: home_care, night_sitting, ...")->required();
    ask->add_option("--zone", a->zone, "by the postcode district when left out");
    ask->add_option("--wanted", a->at, "since when; now when left out");

    auto [answer, w] = command(app, run, "answer-request", "what became of a request",
                               [](Given const& g, v1::Command& c) -> Result<void> {
                                   auto& said = *c.mutable_answer_request();
                                   said.set_stay(g.stay);
                                   said.set_request(g.request);
                                   said.set_how(g.how);
                                   said.set_service(g.service);
                                   said.set_why(g.why);
                                   return put(g.at, [&] { return said.mutable_at(); });
                               });
    stay_argument(answer, *w);
    answer->add_option("HOW", w->how, "offered, refused, started, withdrawn")->required();
    answer->add_option("--request", w->request, "its number; the open one when left out");
    answer->add_option("--service", w->service, "which service");
    answer->add_option("--why", w->why, "a code; a refusal needs it");
    answer->add_option("--at", w->at, "when; now when left out");
}

void add_answers_for(CLI::App& app, Run& run) {
    auto [discharge, d] =
        command(app, run, "report-discharge", "this discharge should not have been made as it was",
                [](Given const& g, v1::Command& c) -> Result<void> {
                    auto& report = *c.mutable_report_discharge();
                    report.set_stay(g.stay);
                    report.set_kind(g.kind);
                    report.set_note(g.note);
                    report.set_reporter(g.reporter);
                    return put(g.at, [&] { return report.mutable_at(); });
                });
    stay_argument(discharge, *d);
    discharge->add_option("KIND", d->kind, "unsafe, no_care, wrong_setting")->required();
    discharge->add_option("--reporter", d->reporter, "who reports it")->required();
    discharge->add_option("--note", d->note);
    discharge->add_option("--at", d->at, "when; at the discharge when left out");

    auto [confirm, p] =
        command(app, run, "confirm-period", "I answer for it that nothing was left out",
                [](Given const& g, v1::Command& c) -> Result<void> {
                    auto& period = *c.mutable_confirm_period();
                    period.set_measure(g.measure);
                    period.set_scope(g.scope);
                    auto const from = put(g.from, [&] { return period.mutable_from(); });
                    return from ? put(g.until, [&] { return period.mutable_until(); }) : from;
                });
    confirm->add_option("MEASURE", p->measure, "inappropriate_14")->required();
    days_options(confirm, *p);

    auto [mature, m] =
        command(app, run, "confirm-maturity", "a line of a team's sustainability matrix",
                [](Given const& g, v1::Command& c) -> Result<void> {
                    auto& line = *c.mutable_confirm_maturity();
                    line.set_team(g.team);
                    line.set_dimension(g.dimension);
                    line.set_level(g.level);
                    line.set_evidence(g.evidence);
                    return {};
                });
    mature->add_option("TEAM", m->team)->required();
    mature->add_option("DIMENSION", m->dimension, "a code: wash_up_daily")->required();
    mature->add_option("LEVEL", m->level, "bronze, silver, gold")->required();
    mature->add_option("--evidence", m->evidence);
}

void add_figure(CLI::App& app, Run& run) {
    auto [figure, f] = command(
        app, run, "report-figure", "a figure that is counted elsewhere: opel, caseload, ...",
        [](Given const& g, v1::Command& c) -> Result<void> {
            auto& report = *c.mutable_report_figure();
            report.set_measure(g.measure);
            report.set_scope(g.scope);
            report.set_thousandths(std::llround(g.value * 1000));
            auto const from = put(g.from, [&] { return report.mutable_from(); });
            return from ? put(g.until, [&] { return report.mutable_until(); }) : from;
        });
    figure->add_option("MEASURE", f->measure, "of `report definitions`, one that is imported")
        ->required();
    figure->add_option("VALUE", f->value)->required()->check(CLI::Range(-1e12, 1e12));
    days_options(figure, *f);
}

}  // namespace

void add_figures(CLI::App& app, Run& run) {
    add_requests(app, run);
    add_figure(app, run);
    add_answers_for(app, run);
}

}  // namespace washup::board::ctl
