#include "daemon/core/clock.hpp"

#include <algorithm>
#include <limits>

#include "daemon/core/reading.hpp"
#include "daemon/core/vocabulary.hpp"
#include "daemon/core/wash_up.hpp"

namespace washup::core {
namespace {

constexpr Instant never{std::numeric_limits<std::int64_t>::max()};

struct Interval {
    Instant from, to;
};

void add_field(State const& state, Stay const& stay, Field field, std::vector<Moment>& found) {
    auto const said = read(state, stay, field);
    if (said.known() && said.fact->value.moment) found.push_back(*said.fact->value.moment);
}

// When a plan was first made here, whatever it says now.
void add_first_said(State const& state, Stay const& stay, Field field, std::vector<Moment>& found) {
    std::optional<Instant> first;
    for (auto const* part : parts_of(state, stay)) {
        auto const* const history = part->history(field);
        if (history == nullptr) continue;
        for (auto const* fact : standing(*history, cancels_latest_only(field))) {
            if (!fact->value.empty() && (!first || fact->recorded() < *first))
                first = fact->recorded();
        }
    }
    if (first) found.push_back({*first, Precision::minute});
}

// When each action was agreed.
std::vector<Moment> agreements(State const& state, Stay const& stay) {
    std::vector<Moment> all;
    for (auto const* part : parts_of(state, stay)) {
        for (auto const& action : part->actions) {
            all.push_back(as_said(action.agreed.ms == 0 ? action.recorded : action.agreed));
        }
    }
    std::sort(all.begin(), all.end());
    return all;
}

// By which pathway somebody went: what was confirmed, or until then what the ward proposes.
Code pathway_home(State const& state, Stay const& stay) {
    auto const code_of = [&](Field field) {
        auto const said = read(state, stay, field);
        return said.known() ? said.fact->value.code : Code{};
    };
    if (auto said = code_of(Field::pathway); !said.empty()) return said;
    auto const actual = code_of(Field::actual_outcome);
    return pathway_of(state.config, actual.empty() ? code_of(Field::proposed_outcome) : actual);
}

// When this happened to the stay, oldest first; by the facts that stand.
std::vector<Moment> times_of(State const& state, Stay const& stay, Code const& event) {
    std::vector<Moment> found;
    if (event == "referral") {
        add_field(state, stay, Field::referred_at, found);
    } else if (event == "admission") {
        add_field(state, stay, Field::admitted_at, found);
    } else if (event == "emergency_admission") {
        auto const method = read(state, stay, Field::admission_method);
        if (method.known() && method.fact->value.code == "emergency")
            add_field(state, stay, Field::admitted_at, found);
    } else if (event == "expected_discharge_set") {
        add_first_said(state, stay, Field::expected_discharge, found);
    } else if (event == "medically_optimised") {
        add_field(state, stay, Field::medically_optimised, found);
    } else if (event == "discharge_ready") {
        add_field(state, stay, Field::discharge_ready, found);
    } else if (event == "first_action") {
        found = agreements(state, stay);
        if (found.size() > 1) found.resize(1);
    } else if (event == "washed_up") {
        found = agreements(state, stay);
        for (auto const* part : parts_of(state, stay)) {
            for (auto const& said : part->discussions) {
                if (!said.parked) found.push_back({said.at, Precision::minute});
            }
        }
    } else if (event == "discharged" || event == "discharged_with_care") {
        auto const end = end_of(state, stay);  // asked by these events alone: it reads much
        if (!end || end->how != ended::discharged) return found;
        if (event == "discharged" || pathway_home(state, stay) == "P1") found.push_back(end->at);
    } else {
        for (auto const* part : parts_of(state, stay)) {
            for (auto const& milestone : part->milestones) {
                if (milestone.name == event) found.push_back(milestone.at);
            }
        }
    }
    std::sort(found.begin(), found.end());
    return found;
}

// When the person was on leave, oldest first; the last may still go on.
std::vector<Interval> leaves_of(State const& state, Stay const& stay) {
    std::vector<Interval> leaves;
    for (auto const* part : parts_of(state, stay)) {
        auto const* const history = part->history(Field::on_leave);
        if (history == nullptr) continue;
        for (auto const* fact : standing(*history, false)) {
            auto const open = !leaves.empty() && leaves.back().to == never;
            auto const out = !fact->value.empty();
            if (out && !open) leaves.push_back({fact->times.occurred.at, never});
            if (!out && open) leaves.back().to = fact->times.occurred.at;
        }
    }
    return leaves;
}

// Nothing = every hour counts.
std::optional<Calendar> calendar_of(Config const& config, Code const& code) {
    auto const it = std::find_if(config.calendars.begin(), config.calendars.end(),
                                 [&](auto const& each) { return each.code == code; });
    if (it == config.calendars.end()) return std::nullopt;
    Calendar::Week week;
    for (auto const& span : it->week) week[span.weekday - 1].push_back(span.hours);
    std::set<Date> closed;
    if (!it->on_bank_holidays)
        closed.insert(config.bank_holidays.begin(), config.bank_holidays.end());
    return Calendar{std::move(week), std::move(closed)};
}

// Counting on a calendar, or on no calendar at all, which needs none.
struct Hours {
    std::optional<Calendar> calendar;
    Instant after(Instant from, Length length) const {
        if (calendar) return calendar->after(from, length);
        if (length.unit == Length::Unit::minutes) return from + minutes(length.count);
        return Calendar::always().after(from, length);
    }
    Duration between(Instant from, Instant to) const {
        if (calendar) return calendar->between(from, to);
        return to > from ? to - from : Duration{};
    }
};

// What was left at the begin of a pause is counted from its end; that may reach the next one.
Instant past_pauses(std::vector<Interval> const& pauses, Hours const& hours, Instant started,
                    Instant due) {
    for (auto const& pause : pauses) {
        auto const from = std::max(pause.from, started);
        if (due.ms == 0 || from >= due) break;
        if (pause.to <= from) continue;
        if (pause.to == never) return {};
        auto const left = hours.between(from, due);
        due = hours.after(pause.to, {Length::Unit::minutes, left.ms / minutes(1).ms});
    }
    return due;
}

// How the runs of one clock are timed.
struct Timing {
    State const& state;
    Stay const& stay;
    ClockConfig const& clock;
    Hours hours;
    std::vector<Interval> pauses;

    Instant due(Moment const& start) const {
        auto const began = certain_by(start);
        switch (clock.limit) {
            case Limit::same_day:
                return london_midnight(london_date(start.at) + 1) - milliseconds(1);
            case Limit::next_meeting: {
                auto const place = location_at(state, stay, began);
                auto const* team = team_config(state.config, team_of(state, stay, place));
                return team == nullptr ? Instant{} : next_wash_up(state, *team, began);
            }
            case Limit::length:
                break;
        }
        return past_pauses(pauses, hours, began, hours.after(began, clock.length));
    }
    Instant warn_at(Instant started, Instant due) const {
        if (due.ms == 0) return {};
        // Of the time that counts: a pause is no part of it, and moves the warning as it moves due.
        auto const unpaused = pauses.empty() ? due : hours.after(started, clock.length);
        auto const part = hours.between(started, unpaused).ms * clock.warn_percent / 100;
        auto const warn = hours.after(started, {Length::Unit::minutes, part / 60'000});
        return std::min(due, past_pauses(pauses, hours, started, warn));
    }
};

// The first time it was stopped at or after its start. A date alone counts on the start's own date.
std::optional<Instant> stop_after(std::vector<Moment> const& stops, Moment const& start) {
    for (auto const& stop : stops) {
        auto const by_date =
            stop.precision == Precision::date || start.precision == Precision::date;
        if (by_date ? london_date(stop.at) >= london_date(start.at) : stop.at >= start.at)
            return stop.at;
    }
    return std::nullopt;
}

// What ends the person's clocks: an end of any kind; of a clock for the time after home a discharge
// does not, and a death does.
std::optional<End> stopped_by(State const& state, Stay const& stay, ClockConfig const& clock) {
    auto const end = end_of(state, stay);
    if (!end || end->how != ended::discharged || !clock.after_home) return end;
    auto const died = read(state, stay, Field::died_at);
    if (!died.known()) return std::nullopt;
    return End{ended::died, died.fact->value.moment.value_or(died.fact->times.occurred)};
}

void settle(ClockRun& run, std::optional<Instant> stopped, std::optional<End> const& end,
            Instant now) {
    auto const late = [&run](Instant at) { return run.due.ms != 0 && at > run.due; };
    auto const in_time =
        !end || (stopped && (*stopped <= end->at.at || *stopped < certain_by(end->at)));
    if (stopped && in_time) {
        run.ended = *stopped;
        run.by_event = true;
        run.state = late(run.ended) ? ClockState::breached : ClockState::met;
    } else if (end) {
        run.ended = end->at.at;
        run.state = late(run.ended) ? ClockState::breached : ClockState::stopped;
    } else if (late(now)) {
        run.state = ClockState::breached;
    } else if (run.warn_at.ms != 0 && now >= run.warn_at) {
        run.state = ClockState::warned;
    }
}

}  // namespace

char const* name_of(ClockState state) {
    switch (state) {
        case ClockState::running:
            return "running";
        case ClockState::warned:
            return "warned";
        case ClockState::breached:
            return "breached";
        case ClockState::met:
            return "met";
        case ClockState::stopped:
            return "stopped";
    }
    return "unknown";
}

std::vector<std::string_view> const& clock_events() {
    static std::vector<std::string_view> const events{"referral",
                                                      "admission",
                                                      "emergency_admission",
                                                      "expected_discharge_set",
                                                      "medically_optimised",
                                                      "discharge_ready",
                                                      "first_action",
                                                      "washed_up",
                                                      "discharged",
                                                      "discharged_with_care"};
    return events;
}

std::vector<ClockRun> runs_of(State const& state, Stay const& stay, ClockConfig const& clock,
                              Instant now) {
    std::vector<ClockRun> runs;
    auto const starts = times_of(state, stay, clock.start);
    if (starts.empty()) return runs;
    auto const stops = times_of(state, stay, clock.stop);
    auto const over = stopped_by(state, stay, clock);
    if (over && over->how == ended::recorded_in_error) return runs;
    Timing timing{state, stay, clock, {calendar_of(state.config, clock.calendar)}, {}};
    auto const& pauses = clock.pause_while;
    if (clock.limit == Limit::length &&
        std::find(pauses.begin(), pauses.end(), "on_leave") != pauses.end())
        timing.pauses = leaves_of(state, stay);
    for (auto const& start : starts) {
        auto const began = certain_by(start);  // nobody is late by a date alone
        if (!runs.empty() && (runs.back().ended.ms == 0 || began <= runs.back().ended)) continue;
        ClockRun run;
        run.clock = clock.code;
        run.started = began;
        run.due = timing.due(start);
        run.warn_at = timing.warn_at(began, run.due);
        settle(run, stop_after(stops, start), over, now);
        runs.push_back(std::move(run));
    }
    return runs;
}

Duration counted_time(Config const& config, ClockConfig const& clock, Instant from, Instant to) {
    return Hours{calendar_of(config, clock.calendar)}.between(from, to);
}

}  // namespace washup::core
