#include <fmt/format.h>

#include "daemon/core/decide_command.hpp"
#include "daemon/core/measure_codes.hpp"
#include "daemon/core/plausible.hpp"

// Requests for a service, imported figures and what somebody answers for: of people, who are
// refused what cannot be right, and of sources, whose word is kept for a person then.

namespace washup::core {
namespace {

bool names_one(auto const& list, std::string_view code) {
    return std::any_of(list.begin(), list.end(),
                       [&](auto const& entry) { return entry.code == code; });
}

// The scope as it is kept; nothing when there is none like it.
std::optional<std::string> scope_of(Config const& config, std::string const& said) {
    if (said.empty() || said == "all" || said == "county") return "all";
    auto const colon = said.find(':');
    if (colon == std::string::npos) return {};
    auto const kind = std::string_view{said}.substr(0, colon);
    auto const code = std::string_view{said}.substr(colon + 1);
    auto const known = (kind == "area" && names_one(config.areas, code)) ||
                       (kind == "site" && names_one(config.sites, code)) ||
                       (kind == "team" && names_one(config.teams, code));
    return known ? std::optional{said} : std::nullopt;
}

Outcomes no_scope(std::string const& said) {
    return refused(
        fmt::format("\"{}\" is no scope: all, or area:, site: or team: and its code", said),
        "scope");
}

struct Span {
    Date from, until;
};
Result<Span> span_of(std::optional<Moment> const& from, std::optional<Moment> const& until) {
    if (!from) return refused("of which days?", "from");
    Span span{london_date(from->at), london_date(until.value_or(*from).at)};
    if (span.until < span.from) return refused("the days end before they begin", "until");
    if (span.until - span.from >= figure_days_max)
        return refused(fmt::format("more than {} days are no period", figure_days_max), "until");
    return span;
}

constexpr std::int64_t thousand = 1000;

// What is wrong with the figure, and its field; nothing when it can be.
std::optional<Error> wrong_figure(Config const& config, ReportFigure const& figure) {
    if (!is_imported(figure.measure)) {
        return refused(fmt::format("\"{}\" is no measure that is imported", figure.measure),
                       "measure");
    }
    if (!scope_of(config, figure.scope)) return no_scope(figure.scope).error();
    if (!figure.thousandths) return refused("which value?", "value");
    auto const value = *figure.thousandths;
    if (value < 0) return refused("a figure cannot be below zero", "value");
    auto const level = value / thousand;
    if (figure.measure == "opel" && (value % thousand != 0 || level < 1 || level > 4))
        return refused("OPEL is 1, 2, 3 or 4", "value");
    if (auto const span = span_of(figure.from, figure.until); !span) return span.error();
    return {};
}

void emit_figure(Decider& d, ReportFigure const& figure, SourceName const& source,
                 StaffId const& actor) {
    auto const span = *span_of(figure.from, figure.until);
    auto const scope = *scope_of(d.state.config, figure.scope);
    auto const held = d.state.figures.find({figure.measure, scope, span.from, span.until});
    if (held != d.state.figures.end() && held->second.value == *figure.thousandths &&
        held->second.source == source) {
        return;  // a file that tells the same again tells nothing
    }
    d.emit(FigureImported{figure.measure, scope, span.from, span.until, *figure.thousandths, source,
                          actor});
}

bool is_over(Request const& request) {
    return std::any_of(request.steps.begin(), request.steps.end(), [](auto const& step) {
        return step.how == "started" || step.how == "withdrawn";
    });
}

struct Held {
    Stay const* stay = nullptr;
    Request const* request = nullptr;
};

template <class Meant>
Held find_request(State const& state, Stay const& stay, Meant meant) {
    for (auto const* part : parts_of(state, stay)) {
        for (auto const& request : part->requests) {
            if (meant(request)) return {part, &request};
        }
    }
    return {};
}

Held open_request(State const& state, Stay const& stay, Code const& kind) {
    return find_request(state, stay, [&](Request const& request) {
        return request.kind == kind && !is_over(request);
    });
}

bool is_kind(Config const& config, Code const& kind) {
    return names_one(config.service_kinds, kind);
}

constexpr std::string_view answers[] = {"offered", "refused", "started", "withdrawn"};
bool is_answer(std::string_view how) {
    return std::find(std::begin(answers), std::end(answers), how) != std::end(answers);
}

RequestId next_request(State const& state) {
    return RequestId{state.last_request.value() + 1};
}

}  // namespace

Outcomes carry_out(Decider& d, Command const& c, Stay const& stay, RequestService const& asked) {
    if (!is_kind(d.state.config, asked.kind))
        return refused(fmt::format("\"{}\" is no kind of service of the site file", asked.kind),
                       "kind");
    if (!asked.zone.empty() && !names_one(d.state.config.zones, asked.zone))
        return refused(fmt::format("\"{}\" is no zone of the site file", asked.zone), "zone");
    if (end_of(d.state, stay)) return refused("this stay has ended", "stay");
    if (open_request(d.state, stay, asked.kind).request != nullptr)
        return refused("this is asked for already", "kind");
    if (stay.requests.size() >= stay_requests_max)
        return refused("this stay has 100 requests", "stay");
    auto const at = entered(d, c);
    auto const wanted = asked.wanted_at.value_or(Moment{at, Precision::minute});
    if (wanted.at > d.now + planned_ahead_max || wanted.at < d.now - long_past_max)
        return refused("this is the wrong year", "wanted_at");
    auto const request = next_request(d.state);
    d.emit(
        RequestMade{stay.id, request, asked.kind, asked.zone, wanted, board_source, {}, c.actor});
    d.decision.outcome.made = request.value();
    return ok();
}

Outcomes carry_out(Decider& d, Command const& c, Stay const& stay, AnswerRequest const& answer) {
    auto const held = find_request(d.state, stay, [&](Request const& request) {
        return answer.request ? request.id == answer.request : !is_over(request);
    });
    if (held.request == nullptr) return refused("this stay has no such open request", "request");
    if (is_over(*held.request)) return refused("this request is over", "request");
    if (!is_answer(answer.how))
        return refused("one of: offered, refused, started, withdrawn", "how");
    if (answer.how == "refused" && answer.why.empty())
        return refused("a refusal needs its reason", "why");
    if (!answer.service.empty() && !d.state.services.contains(answer.service))
        return refused(fmt::format("there is no service \"{}\"", answer.service), "service");
    if (held.request->steps.size() >= request_steps_max)
        return refused("this request has 100 answers", "request");
    auto const at = answer.at.value_or(Moment{entered(d, c), Precision::minute});
    if (at.at > d.now + clock_ahead_max) return refused("this lies in the future", "at");
    auto const why = why_of(answer.why);
    if (!why.words.text.empty())
        return refused("say why as a code: small letters, digits and _", "why");
    d.emit(RequestAnswered{held.stay->id, held.request->id, answer.how, answer.service, why.code,
                           at, board_source, c.actor});
    return ok();
}

Outcomes carry_out(Decider& d, Command const& c, Stay const& stay, ReportDischarge const& report) {
    auto const end = end_of(d.state, stay);
    if (!end || end->how != ended::discharged)
        return refused("this stay has not ended in a discharge", "stay");
    if (report.kind != "unsafe" && report.kind != "no_care" && report.kind != "wrong_setting")
        return refused("one of: unsafe, no_care, wrong_setting", "kind");
    if (report.reporter.empty()) return refused("who reports it?", "reporter");
    if (stay.reports.size() >= stay_reports_max) return refused("this stay has 20 reports", "stay");
    auto const at = report.at.value_or(end->at);
    if (at.at > d.now + clock_ahead_max) return refused("this lies in the future", "at");
    d.emit(InappropriateDischargeReported{stay.id, report.kind, at, Sealed{report.note, {}},
                                          Sealed{report.reporter, {}}, c.actor});
    return ok();
}

Outcomes carry_out(Decider& d, Command const& c, ReportFigure const& figure) {
    if (auto wrong = wrong_figure(d.state.config, figure)) return std::move(*wrong);
    emit_figure(d, figure, board_source, c.actor);
    return ok();
}

Outcomes carry_out(Decider& d, Command const& c, ConfirmPeriod const& confirm) {
    if (confirm.measure != "inappropriate_14")
        return refused("what is answered for is: inappropriate_14", "measure");
    auto const scope = scope_of(d.state.config, confirm.scope);
    if (!scope) return no_scope(confirm.scope);
    auto const span = span_of(confirm.from, confirm.until);
    if (!span) return span.error();
    if (span->until >= d.state.today)
        return refused("today is not over: confirm complete days", "until");
    d.emit(PeriodConfirmed{confirm.measure, *scope, span->from, span->until, c.actor});
    return ok();
}

Outcomes carry_out(Decider& d, Command const& c, ConfirmMaturity const& confirm) {
    if (!names_one(d.state.config.teams, confirm.team))
        return refused(fmt::format("\"{}\" is not a team of the site file", confirm.team), "team");
    if (confirm.dimension.empty() || !why_of(confirm.dimension).words.text.empty())
        return refused("which line of the matrix, as a code?", "dimension");
    if (confirm.level != "bronze" && confirm.level != "silver" && confirm.level != "gold")
        return refused("one of: bronze, silver, gold", "level");
    d.emit(MaturityConfirmed{confirm.team, confirm.dimension, confirm.level,
                             Sealed{confirm.evidence, {}}, c.actor});
    return ok();
}

void decide_request(Decider& d, Observation const& o, Stay const& stay, RequestSeen const& seen) {
    auto held = find_request(d.state, stay, [&](Request const& request) {
        return !seen.reference.empty() && request.source == o.source &&
               request.reference == seen.reference;
    });
    if (held.request == nullptr && seen.reference.empty())
        held = open_request(d.state, stay, seen.kind);
    auto home = held.stay == nullptr ? stay.id : held.stay->id;
    auto request = held.request == nullptr ? RequestId{} : held.request->id;
    if (held.request == nullptr) {
        if (!is_kind(d.state.config, seen.kind)) {
            return d.keep(o, "unmappable", "kind",
                          "this is no kind of service of the site file; name it there or map it in "
                          "the source's profile");
        }
        if (stay.requests.size() >= stay_requests_max)
            return d.keep(o, "too_many_requests", "request", "this stay has 100 requests");
        request = next_request(d.state);
        auto const wanted = seen.wanted_at.value_or(o.times.occurred);
        d.emit(RequestMade{home,
                           request,
                           seen.kind,
                           seen.zone,
                           wanted.at.ms == 0 ? Moment{d.now, Precision::minute} : wanted,
                           o.source,
                           seen.reference,
                           {}});
        d.decision.outcome.made = request.value();
    }
    if (seen.how.empty()) return;
    if (!is_answer(seen.how)) {
        return d.keep(o, "unmappable", "answer",
                      "not an answer to a request: offered, refused, started, withdrawn");
    }
    auto at = seen.at.value_or(o.times.occurred);
    if (at.at.ms == 0 || at.at > d.now + clock_ahead_max) at = Moment{d.now, Precision::minute};
    auto const why = why_of(seen.why);
    if (held.request != nullptr) {
        auto const& steps = held.request->steps;
        auto const told = std::any_of(steps.begin(), steps.end(), [&](auto const& step) {
            return step.how == seen.how && step.at == at && step.source == o.source;
        });
        if (told) return;
        if (steps.size() >= request_steps_max)
            return d.keep(o, "too_many_answers", "answer", "this request has 100 answers");
    }
    d.emit(RequestAnswered{home, request, seen.how, seen.service, why.code, at, o.source, {}});
}

void decide_figure(Decider& d, Observation const& o, FigureSeen const& seen) {
    if (auto const wrong = wrong_figure(d.state.config, seen.figure)) {
        auto const negative = wrong->field == "value";
        return d.keep(o, negative ? "impossible_figure" : "unmappable", wrong->field, wrong->words);
    }
    emit_figure(d, seen.figure, o.source, {});
}

}  // namespace washup::core
