#include "tests/sim/checkers/naive/runs.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace washup::sim::naive {
namespace {

struct Span {
    Instant from, to;
};

constexpr Instant end_of_time{4'102'444'800'000};  // the year 2100
constexpr int days_looked_at = 60;                 // clocks here are shorter

// ---- hours that count

core::CalendarConfig const* calendar_named(core::Config const& config, core::Code const& code) {
    for (auto const& each : config.calendars) {
        if (!code.empty() && each.code == code) return &each;
    }
    return nullptr;
}

bool is_holiday(core::Config const& config, Date date) {
    return std::count(config.bank_holidays.begin(), config.bank_holidays.end(), date) > 0;
}

Instant wall(Date date, std::int32_t minute) {
    return minute == 24 * 60 ? london_midnight(date + 1)
                             : london_time(date, minute / 60, minute % 60);
}

std::vector<Span> open_on(core::Config const& config, core::Code const& code, Date date) {
    auto const* calendar = calendar_named(config, code);
    if (calendar == nullptr) return {{london_midnight(date), london_midnight(date + 1)}};
    std::vector<Span> spans;
    if (!calendar->on_bank_holidays && is_holiday(config, date)) return spans;
    for (auto const& each : calendar->week) {
        if (static_cast<int>(each.weekday) != weekday(date)) continue;
        spans.push_back({wall(date, each.hours.from), wall(date, each.hours.to)});
    }
    return spans;
}

// All that counts of some weeks from `from` on, whoever was on leave.
std::vector<Span> open_from(core::Config const& config, core::Code const& code, Instant from) {
    std::vector<Span> spans;
    for (int day = 0; day < days_looked_at; ++day) {
        for (auto span : open_on(config, code, london_date(from) + day)) {
            span.from = std::max(span.from, from);
            if (span.from < span.to) spans.push_back(span);
        }
    }
    return spans;
}

// When so much has been counted. Leaves do not count, and what is left when one begins is counted
// on in whole minutes.
Instant when_counted(std::vector<Span> const& open, std::vector<Span> const& leaves,
                     std::int64_t ms) {
    std::vector<Span> left = open;
    for (auto const& leave : leaves) {
        std::vector<Span> cut;
        for (auto const& span : left) {
            if (span.from < leave.from) cut.push_back({span.from, std::min(span.to, leave.from)});
            if (span.to > leave.to) cut.push_back({std::max(span.from, leave.to), span.to});
        }
        left = std::move(cut);
    }
    auto next_leave = leaves.begin();
    for (auto const& span : left) {
        for (; next_leave != leaves.end() && next_leave->from <= span.from; ++next_leave) {
            if (next_leave->to > open.front().from) ms -= ms % 60'000;
        }
        if (ms <= (span.to - span.from).ms) return span.from + Duration{ms};
        ms -= (span.to - span.from).ms;
    }
    return {};
}

Instant when_days_counted(core::Config const& config, core::Code const& code, Instant from,
                          std::int64_t days) {
    auto const open = open_from(config, code, from);
    if (open.empty()) return {};
    auto const start = open.front().from;
    auto date = london_date(start);
    for (int looked = 0; days > 0 && looked < days_looked_at; ++looked) {
        date = date + 1;
        if (!open_on(config, code, date).empty()) --days;
    }
    auto const time = london_wall(start);
    return london_time(date, time.hour, time.minute, time.second,
                       static_cast<int>(start.ms % 1000));
}

std::int64_t counted(std::vector<Span> const& open, Instant to) {
    std::int64_t ms = 0;
    for (auto const& span : open) {
        if (span.from < to) ms += (std::min(span.to, to) - span.from).ms;
    }
    return ms;
}

// ---- what starts and stops

std::vector<Moment> times_of(Said const& said, Stay const& stay, core::Code const& what) {
    std::vector<Moment> times;
    auto const field = [&](core::Field of) {
        auto const value = now(said, stay, of);
        if (value.known() && value.since->value().moment)
            times.push_back(*value.since->value().moment);
    };
    auto const first = [&](std::vector<Instant> const& all) {
        if (!all.empty())
            times.push_back({*std::min_element(all.begin(), all.end()), Precision::minute});
    };
    std::vector<Instant> plans;
    std::vector<Moment> agreed;
    for (auto const* part : said.parts_of(stay)) {
        auto const& notes = said.notes.of(part->id);
        for (auto const at : notes.agreed) {
            auto const date = at == london_midnight(london_date(at));
            agreed.push_back({at, date ? Precision::date : Precision::minute});
        }
        if (what == "washed_up") {
            for (auto const& word : notes.words) {
                if (!word.parked) times.push_back({word.at, Precision::minute});
            }
        }
        for (auto const& milestone : part->milestones) {
            if (milestone.name == what) times.push_back(milestone.at);
        }
        auto const planned = part->fields.find(core::Field::expected_discharge);
        if (planned == part->fields.end()) continue;
        for (auto const* fact : standing(planned->second, false)) {
            if (fact->value().moment) plans.push_back(fact->recorded);
        }
    }
    if (what == "referral") field(core::Field::referred_at);
    if (what == "admission") field(core::Field::admitted_at);
    if (what == "discharge_ready") field(core::Field::discharge_ready);
    if (what == "washed_up") times.insert(times.end(), agreed.begin(), agreed.end());
    if (what == "first_action" && !agreed.empty())
        times.push_back(*std::min_element(agreed.begin(), agreed.end()));
    if (what == "expected_discharge_set") first(plans);
    if (what == "discharged") {
        auto const end = end_of(said, stay);
        if (end && end->how == "discharged") times.push_back({end->at, end->precision});
    }
    std::sort(times.begin(), times.end());
    return times;
}

std::vector<Span> leaves_of(Said const& said, Stay const& stay) {
    std::vector<Span> leaves;
    for (auto const* part : said.parts_of(stay)) {
        auto const it = part->fields.find(core::Field::on_leave);
        if (it == part->fields.end()) continue;
        for (auto const* fact : standing(it->second, false)) {
            bool const out = !fact->value().code.empty();
            bool const away = !leaves.empty() && leaves.back().to == end_of_time;
            if (out && !away) leaves.push_back({fact->occurred.at, end_of_time});
            if (!out && away) leaves.back().to = fact->occurred.at;
        }
    }
    return leaves;
}

// What ends a clock that its own event does not.
std::optional<End> over(Said const& said, Stay const& stay, core::ClockConfig const& clock) {
    auto const end = end_of(said, stay);
    if (!end || end->how != "discharged" || !clock.after_home) return end;
    auto const died = now(said, stay, core::Field::died_at);
    if (!died.known()) return {};
    auto const at = died.since->value().moment.value_or(died.since->occurred);
    return End{"died", at.at, at.precision};
}

// ---- one run

Instant next_meeting(Said const& said, std::string const& team, Instant from) {
    for (auto const& each : said.config.teams) {
        if (each.code != team) continue;
        Instant next;
        for (int day = 0; day <= 14 && next.ms == 0; ++day) {
            auto const date = london_date(from) + day;
            if (!each.on_bank_holidays && is_holiday(said.config, date)) continue;
            auto plan = each.further_wash_ups;
            plan.push_back({each.wash_up_days, each.wash_up_minute});
            for (auto const& time : plan) {
                auto const at = wall(date, time.minute);
                bool const that_day = (time.days & (1u << (weekday(date) - 1))) != 0;
                if (!that_day || at <= from || said.notes.cancelled.contains({team, at})) continue;
                if (next.ms == 0 || at < next) next = at;
            }
        }
        return next;
    }
    return {};
}

struct Timed {
    Instant due, warn_at;
};

Timed time(Said const& said, Stay const& stay, core::ClockConfig const& clock, Moment const& start,
           Instant began) {
    auto const open = open_from(said.config, clock.calendar, began);
    std::vector<Span> leaves;
    if (std::count(clock.pause_while.begin(), clock.pause_while.end(), "on_leave") > 0)
        leaves = leaves_of(said, stay);
    Timed timed;
    std::int64_t whole = 0;
    if (clock.limit == core::Limit::same_day) {
        timed.due = london_midnight(london_date(start.at) + 1) - milliseconds(1);
    } else if (clock.limit == core::Limit::next_meeting) {
        timed.due = next_meeting(said, team_of(said, stay, place_at(said, stay, began)), began);
    } else if (clock.length.unit == core::Length::Unit::days) {
        timed.due = when_days_counted(said.config, clock.calendar, began, clock.length.count);
    } else {
        whole = clock.length.count * 60'000;
        timed.due = when_counted(open, leaves, whole);
    }
    if (timed.due.ms == 0) return timed;
    if (whole == 0) whole = counted(open, timed.due);
    // Of the time that counts, in whole minutes.
    auto const part = whole * clock.warn_percent / 100 / 60'000 * 60'000;
    timed.warn_at = std::min(timed.due, when_counted(open, leaves, part));
    return timed;
}

bool is_by_then(Instant at, Moment const& limit) {
    return at <= limit.at ||
           (limit.precision == Precision::date && london_date(at) <= london_date(limit.at));
}

void end_run(Run& run, std::vector<Moment> const& stops, Moment const& start,
             std::optional<End> const& end, Instant now) {
    bool const dated = start.precision == Precision::date;
    for (auto const& stop : stops) {
        bool const by_date = dated || stop.precision == Precision::date;
        if (by_date ? london_date(stop.at) < london_date(start.at) : stop.at < start.at) continue;
        if (end && !is_by_then(stop.at, {end->at, end->precision})) break;
        run.ended = stop.at;
        run.by_event = true;
        break;
    }
    if (!run.by_event && end) run.ended = end->at;
    bool const ran = run.ended.ms == 0;
    bool const late = run.due.ms != 0 && (ran ? now : run.ended) > run.due;
    bool const warned = run.warn_at.ms != 0 && now >= run.warn_at;
    run.state = late           ? "breached"
                : run.by_event ? "met"
                : !ran         ? "stopped"
                : warned       ? "warned"
                               : "running";
}

}  // namespace

std::vector<Run> runs_of(Said const& said, Stay const& stay, core::ClockConfig const& clock,
                         Instant now) {
    std::vector<Run> runs;
    auto const end = over(said, stay, clock);
    if (end && end->how == "recorded_in_error") return runs;
    auto const stops = times_of(said, stay, clock.stop);
    for (auto const& start : times_of(said, stay, clock.start)) {
        Run run;
        run.started = start.precision == Precision::date
                          ? london_midnight(london_date(start.at) + 1)
                          : start.at;
        // What begins while one runs is of that one.
        if (!runs.empty() && runs.back().ended.ms == 0) break;
        if (!runs.empty() && run.started <= runs.back().ended) continue;
        auto const timed = time(said, stay, clock, start, run.started);
        run.due = timed.due;
        run.warn_at = timed.warn_at;
        end_run(run, stops, start, end, now);
        runs.push_back(run);
    }
    return runs;
}

// ---- what was told of them

namespace {

// Standing breaches of a clock, told of the stay or of what is read through it.
std::vector<core::ClockBreached> told_of(Said const& said, Stay const& stay,
                                         core::Code const& clock) {
    std::vector<core::ClockBreached> told;
    for (auto const* part : said.parts_of(stay)) {
        for (auto const& breach : said.notes.of(part->id).breaches) {
            if (!breach.withdrawn && breach.said.clock == clock) told.push_back(breach.said);
        }
    }
    return told;
}

bool ran_out(std::vector<Run> const& runs, Instant started, bool still_running) {
    return std::any_of(runs.begin(), runs.end(), [&](Run const& run) {
        return run.started == started && run.state == "breached" &&
               (!still_running || run.ended.ms == 0);
    });
}

Stay const* read_as(Said const& said, core::StayId id) {
    auto it = said.stays.find(id);
    if (it != said.stays.end() && it->second.joined_into)
        it = said.stays.find(it->second.joined_into);
    return it == said.stays.end() ? nullptr : &it->second;
}

core::ClockConfig const* clock_named(Said const& said, core::Code const& code) {
    for (auto const& clock : said.config.clocks) {
        if (clock.code == code) return &clock;
    }
    return nullptr;
}

}  // namespace

std::string breaches_differ(Said const& said, Stay const& stay, Instant now) {
    for (auto const& clock : said.config.clocks) {
        auto const runs = runs_of(said, stay, clock, now);
        auto const told = told_of(said, stay, clock.code);
        for (auto const& breach : told) {
            if (!ran_out(runs, breach.started, false))
                return clock.code + " is still said to be late";
        }
        for (auto const& run : runs) {
            if (run.ended.ms != 0 || run.state != "breached") continue;
            auto const known = std::count_if(told.begin(), told.end(), [&](auto const& breach) {
                return breach.started == run.started;
            });
            if (known != 1) return fmt::format("{} is late, told {} times", clock.code, known);
        }
    }
    return {};
}

std::string event_differs(Said const& said, core::Event const& event, Instant now) {
    if (auto const* back = std::get_if<core::BreachWithdrawn>(&event)) {
        auto const* stay = read_as(said, back->stay);
        auto const* clock = clock_named(said, back->clock);
        if (stay == nullptr || clock == nullptr) return "a breach of nothing was taken back";
        return ran_out(runs_of(said, *stay, *clock, now), back->started, false)
                   ? back->clock + " was taken back, and is late"
                   : "";
    }
    auto const* breach = std::get_if<core::ClockBreached>(&event);
    if (breach == nullptr) return {};
    auto const* stay = read_as(said, breach->stay);
    auto const* clock = clock_named(said, breach->clock);
    if (stay == nullptr || clock == nullptr) return "a clock of nothing is late";
    for (auto const& run : runs_of(said, *stay, *clock, now)) {
        if (run.started != breach->started || run.state != "breached" || run.ended.ms != 0)
            continue;
        auto const* held_by = holds_at(said, *stay, run.due);
        if (run.due != breach->due) return breach->clock + " was told to be due at another time";
        if (held_by == nullptr)
            return breach->blocker ? breach->clock + " waited for nothing, and was told to" : "";
        auto const& why = held_by->said;
        bool const same =
            why.blocker == breach->blocker && why.holder == breach->holder &&
            (why.local_reason.empty() ? why.reason : why.local_reason) == breach->reason;
        return same ? "" : breach->clock + " waited for another blocker";
    }
    return breach->clock + " was told to be late, and is not";
}

}  // namespace washup::sim::naive
