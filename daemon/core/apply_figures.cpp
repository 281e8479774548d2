#include "daemon/core/apply_figures.hpp"

#include <algorithm>

#include "daemon/core/apply_cause.hpp"

namespace washup::core {
namespace {

// The stay, touched; null when it was let go meanwhile.
Stay* touched(State& state, Record const& record, Changes& changes, StayId id) {
    auto const it = state.stays.find(id);
    if (it == state.stays.end()) return nullptr;
    touch_stay(state, record, changes, id);
    return &it->second;
}

}  // namespace

void apply_event(State& state, Record const& record, Changes& changes, ClockBreached const& e) {
    auto* const stay = touched(state, record, changes, e.stay);
    if (stay == nullptr) return;
    stay->breaches.push_back(
        {e.clock, e.started, e.due, record.at, e.blocker, e.reason, e.holder, false});
}

void apply_event(State& state, Record const& record, Changes& changes, BreachWithdrawn const& e) {
    auto* const stay = touched(state, record, changes, e.stay);
    if (stay == nullptr) return;
    for (auto& breach : stay->breaches) {
        if (breach.clock == e.clock && breach.started == e.started) breach.withdrawn = true;
    }
}

void apply_event(State& state, Record const&, Changes& changes, DayCounted const& e) {
    for (auto const& point : e.points)
        state.trends[point.scope][point.measure][e.date] = {point.value, point.of};
    changes.figures = true;
}

void apply_event(State& state, Record const& record, Changes& changes, FigureImported const& e) {
    state.figures[{e.measure, e.scope, e.from, e.until}] = {e.value, e.source, e.actor, record.at};
    changes.figures = true;
}

void apply_event(State& state, Record const& record, Changes& changes, PeriodConfirmed const& e) {
    state.confirmed_periods.push_back({e.measure, e.scope, e.from, e.until, e.actor, record.at});
    changes.figures = true;
}

void apply_event(State& state, Record const& record, Changes& changes,
                 InappropriateDischargeReported const& e) {
    auto* const stay = touched(state, record, changes, e.stay);
    if (stay == nullptr) return;
    stay->reports.push_back({e.kind, e.at, e.note, e.reporter, e.actor, record.at});
}

void apply_event(State& state, Record const& record, Changes& changes, MaturityConfirmed const& e) {
    state.maturity[e.team][e.dimension] = {e.level, e.evidence, e.actor, record.at};
    changes.figures = true;
}

void apply_event(State& state, Record const& record, Changes& changes, RequestMade const& e) {
    auto* const stay = touched(state, record, changes, e.stay);
    if (stay == nullptr) return;
    stay->requests.push_back(
        {e.request, e.kind, e.zone, e.wanted, e.source, e.reference, record.at, {}});
    state.last_request = std::max(state.last_request, e.request);
}

void apply_event(State& state, Record const& record, Changes& changes, RequestAnswered const& e) {
    auto* const stay = touched(state, record, changes, e.stay);
    if (stay == nullptr) return;
    for (auto& request : stay->requests) {
        if (request.id != e.request) continue;
        auto const later =
            std::upper_bound(request.steps.begin(), request.steps.end(), e.at.at,
                             [](Instant at, RequestStep const& step) { return at < step.at.at; });
        request.steps.insert(later, {e.how, e.service, e.why, e.at, e.source});
    }
}

void forget_old_figures(State& state) {
    auto const first = state.today + -trend_days_max;
    for (auto& [scope, measures] : state.trends) {
        for (auto& [measure, days] : measures) days.erase(days.begin(), days.lower_bound(first));
    }
}

}  // namespace washup::core
