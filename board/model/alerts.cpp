#include "board/model/alerts.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <limits>
#include <tuple>

#include "board/model/freshness.hpp"
#include "board/model/text.hpp"

namespace washup::board {
namespace {

Instant due_at(Action const& action) {
    if (!action.deadline) return Instant{std::numeric_limits<std::int64_t>::max()};
    return deadline_instant(*action.deadline);
}

std::string who_and_where(Stay const& stay, int tier) {
    return person_words(stay, tier) + ", " + place_words(stay);
}

// What is to be done, as far as this view may say it.
std::string action_words(Action const& action, Stay const& stay) {
    if (!action.text.empty()) return action.text;
    Blocker const* holding = holding_blocker(stay);
    if (holding != nullptr && !holding->words.empty()) return holding->words;
    return action.owner_role.empty() ? "action" : action.owner_role;
}

void add_overdue(std::vector<Alert>& out, Model const& model, Stay const& stay, Instant now) {
    for (Action const& action : stay.actions) {
        if (!overdue(action, now)) continue;
        Alert alert;
        alert.kind = AlertKind::overdue_action;
        alert.stay = stay.id;
        alert.action = action.number;
        alert.subject = who_and_where(stay, model.tier);
        alert.what = action_words(action, stay);
        alert.since = action.deadline ? due_at(action) : now;
        alert.due = action.deadline ? late_words(alert.since, now) : "late";
        alert.people = 1;
        alert.bed_days = stay.days_lost;
        out.push_back(std::move(alert));
    }
}

void add_without_plan(std::vector<Alert>& out, Model const& model, Stay const& stay) {
    if (!without_plan(stay)) return;
    Alert alert;
    alert.kind = AlertKind::no_plan;
    alert.stay = stay.id;
    alert.subject = who_and_where(stay, model.tier);
    alert.what = open_actions(stay) == 0 ? "no action" : "no owner";
    alert.due = "ready " + days_words(stay.days_lost);
    if (stay.discharge_ready.moment) alert.since = stay.discharge_ready.moment->at;
    alert.people = 1;
    alert.bed_days = stay.days_lost;
    out.push_back(std::move(alert));
}

void add_silent_sources(std::vector<Alert>& out, Model const& model, Instant now) {
    for (SourceAge const& age : source_ages(model, now)) {
        if (!age.silent) continue;
        Alert alert;
        alert.kind = AlertKind::silent_source;
        alert.source = age.name;
        alert.subject = age.words;
        alert.what = age.never ? "not heard yet" : "silent " + age.age;
        alert.since = age.last_heard;
        if (!age.never) {
            bool const today = london_date(age.last_heard) == london_date(now);
            alert.due = "last heard " + (today ? clock_time(age.last_heard)
                                               : day_month(london_date(age.last_heard)));
        }
        out.push_back(std::move(alert));
    }
}

void add_unattributed(std::vector<Alert>& out, Model const& model, Filter const& filter) {
    Alert alert;
    alert.kind = AlertKind::unattributed;
    for (auto const& [id, stay] : model.stays) {
        if (!stay.live() || !stay.ready() || !filter.passes(stay)) continue;
        if (open_blockers(stay) != 0) continue;
        alert.people += 1;
        alert.bed_days += stay.days_lost;
        Instant const ready =
            stay.discharge_ready.moment ? stay.discharge_ready.moment->at : Instant{};
        if (alert.since.ms == 0 || (ready.ms != 0 && ready < alert.since)) alert.since = ready;
    }
    if (alert.people == 0) return;
    alert.subject = "Unattributed";
    alert.what = count_words(alert.people, "person waits", "people wait") + ", no blocker named";
    alert.due = count_words(alert.bed_days, "bed day", "bed days");
    out.push_back(std::move(alert));
}

}  // namespace

bool Filter::passes(Stay const& stay) const {
    auto const fits = [](std::string const& wanted, Observed const& value) {
        return wanted.empty() || value.value == wanted;
    };
    bool const ward_fits = fits(ward, stay.ward) || ward == stay.ward_words;
    return fits(team, stay.team) && ward_fits && fits(site, stay.site);
}

char const* name_of(AlertKind kind) {
    switch (kind) {
        case AlertKind::overdue_action:
            return "overdue_action";
        case AlertKind::no_plan:
            return "no_plan";
        case AlertKind::silent_source:
            return "silent_source";
        case AlertKind::unattributed:
            return "unattributed";
    }
    return "";
}

Action const* next_action(Stay const& stay) {
    Action const* next = nullptr;
    for (Action const& action : stay.actions) {
        if (!action.open()) continue;
        if (next == nullptr || due_at(action) < due_at(*next)) next = &action;
    }
    return next;
}

std::size_t open_actions(Stay const& stay) {
    return static_cast<std::size_t>(std::count_if(stay.actions.begin(), stay.actions.end(),
                                                  [](Action const& a) { return a.open(); }));
}

bool overdue(Action const& action, Instant now) {
    // The daemon journals it when it happens; until that row arrives the deadline itself tells.
    return action.open() && (action.overdue || due_at(action) <= now);
}

bool without_plan(Stay const& stay) {
    if (!stay.live() || !stay.ready()) return false;
    return std::none_of(stay.actions.begin(), stay.actions.end(),
                        [](Action const& a) { return a.open() && a.owned(); });
}

Blocker const* holding_blocker(Stay const& stay) {
    Blocker const* first = nullptr;
    for (Blocker const& blocker : stay.blockers) {
        if (!blocker.open()) continue;
        if (blocker.holds_clock) return &blocker;
        if (first == nullptr ||
            (blocker.opened && first->opened && blocker.opened->at < first->opened->at)) {
            first = &blocker;
        }
    }
    return first;
}

std::size_t open_blockers(Stay const& stay) {
    return static_cast<std::size_t>(std::count_if(stay.blockers.begin(), stay.blockers.end(),
                                                  [](Blocker const& b) { return b.open(); }));
}

std::vector<Alert> derive_alerts(Model const& model, Instant now, Filter const& filter) {
    std::vector<Alert> alerts;
    for (auto const& [id, stay] : model.stays) {
        if (!stay.live() || !filter.passes(stay)) continue;
        add_overdue(alerts, model, stay, now);
        add_without_plan(alerts, model, stay);
    }
    add_silent_sources(alerts, model, now);
    add_unattributed(alerts, model, filter);
    auto const key = [](Alert const& a) {
        // Among people without a plan the bed days decide, else how long it has lasted.
        bool const by_days = a.kind == AlertKind::no_plan;
        return std::make_tuple(a.kind, by_days ? -a.bed_days : a.since.ms, -a.bed_days, a.stay,
                               a.source, a.action);
    };
    std::sort(alerts.begin(), alerts.end(),
              [&](Alert const& a, Alert const& b) { return key(a) < key(b); });
    return alerts;
}

}  // namespace washup::board
