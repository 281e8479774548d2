#include <fmt/format.h>

#include <algorithm>

#include "daemon/derive/agenda.hpp"
#include "daemon/derive/chess_clock.hpp"
#include "daemon/report/asked.hpp"
#include "daemon/report/board_rows.hpp"
#include "daemon/report/cells.hpp"
#include "daemon/report/return_reports.hpp"

// The daily digest to a team: live cases, what changed since yesterday, what is due today. And what
// raises an alarm now, as far as alarms exist.

namespace washup::report {
namespace {

using core::Field;

std::string days_words(BoardRow const& row) {
    return row.days ? std::to_string(*row.days) : "";
}
std::string blocker_words(core::State const& state, BoardRow const& row) {
    if (row.blockers.empty()) return {};
    auto words = reason_words(state.config, row.blockers.front()->reason,
                              row.blockers.front()->local_reason);
    if (row.blockers.size() > 1) words += fmt::format(" +{}", row.blockers.size() - 1);
    return words;
}

Table live_cases(core::State const& state, std::vector<BoardRow> const& rows) {
    Table table;
    table.name = "live";
    table.title = fmt::format("{} live cases", rows.size());
    table.columns = {"name",       "ward",  "bed",     "ideal",
                     "expected",   "steps", "blocker", "days since ready",
                     "next action"};
    for (auto const& row : rows) {
        table.lines.push_back({row.name, row.ward, row.bed, row.ideal, row.expected, row.gap_words,
                               blocker_words(state, row), days_words(row),
                               row.actions.empty() ? "" : action_words(state, *row.actions[0])});
        table.stays.push_back({{row.stay->id, 1}});
    }
    return table;
}

Table due_today(core::State const& state, std::vector<BoardRow> const& rows) {
    Table table;
    table.name = "due";
    table.title = "Due today, and overdue";
    table.columns = {"name", "ward", "what", "owner", "by", "is"};
    table.key_columns = 3;
    auto const put = [&](BoardRow const& row, std::string what, std::string owner, Date by,
                         char const* is) {
        table.lines.push_back({row.name, row.ward, std::move(what), std::move(owner),
                               weekday_short(by) + " " + day_month(by), is});
        table.stays.push_back({{row.stay->id, 1}});
    };
    for (auto const& row : rows) {
        for (auto const* action : row.actions) {
            auto const by = london_date(action->deadline);
            if (by > state.today && !action->overdue) continue;
            put(row, action->text.text, owner_cell(state, *action), by,
                action->overdue ? "overdue" : "due today");
        }
        if (row.review_on && *row.review_on <= state.today)
            put(row, "review", "", *row.review_on,
                *row.review_on < state.today ? "overdue" : "due today");
    }
    return table;
}

// What became another thing in the last 24 hours, each person once a kind.
class Since {
  public:
    Since(core::State const& state, Instant since) : state_(state), since_(since) {
        table_.name = "changed";
        table_.title = "Changed since yesterday";
        table_.definition = fmt::format("Recorded here since {} {}.", day_month(london_date(since)),
                                        clock_time(since));
        table_.columns = {"what", "name", "ward", "now"};
        table_.key_columns = 2;
    }
    void take(StayFacts const& facts) {
        auto const& stay = *facts.stay;
        if (!facts.in_scope || (!on_wash_up_board(state_, stay) && (facts.end || !facts.ready))) {
            return;
        }
        now_ = &facts;
        if (facts.end && stay.end_recorded_at > since_) {
            auto const actual = code_of(state_, stay, Field::actual_outcome);
            auto const how =
                facts.discharged()
                    ? actual.empty() ? "outcome missing" : outcome_words(state_.config, actual)
                    : facts.end->how;
            put(0, facts.discharged() ? "discharged" : "left", how);
        }
        if (facts.end) return;
        if (stay.opened_at > since_) put(1, "new", "");
        if (newly(Field::discharge_ready))
            put(2, "ready", facts.ready ? day_month(*facts.ready) : "no longer");
        for (auto const field : {Field::expected_outcome, Field::ideal_outcome}) {
            if (!newly(field)) continue;
            auto const code = code_of(state_, stay, field);
            put(3, field == Field::ideal_outcome ? "ideal revised" : "expected revised",
                code.empty() ? "not known" : outcome_words(state_.config, code));
        }
        for (auto const* blocker : derive::blockers_of(state_, stay)) {
            auto const words = reason_words(state_.config, blocker->reason, blocker->local_reason);
            if (blocker->closed && blocker->closed_recorded > since_)
                put(4, "blocker cleared", words);
            else if (!blocker->closed && blocker->recorded > since_)
                put(5, "blocker raised", words);
        }
    }
    Table table() {
        std::stable_sort(lines_.begin(), lines_.end(),
                         [](auto const& a, auto const& b) { return a.rank < b.rank; });
        for (auto& line : lines_) {
            table_.lines.push_back(std::move(line.cells));
            table_.stays.push_back({{line.stay, 1}});
        }
        return std::move(table_);
    }

  private:
    // Another value than the one held at the beginning.
    bool newly(Field field) const {
        for (auto const* part : core::parts_of(state_, *now_->stay)) {
            auto const* const history = part->history(field);
            if (history == nullptr) continue;
            core::Fact const* before = nullptr;
            for (auto const& fact : history->facts) {
                if (fact.received > since_ &&
                    (before == nullptr || !core::same_value(before->value, fact.value)))
                    return true;
                before = &fact;
            }
        }
        return false;
    }
    void put(int rank, std::string what, std::string now) {
        auto const& place = now_->place;
        lines_.push_back({rank,
                          now_->stay->id,
                          {std::move(what), person_cell(state_, *now_->stay),
                           ward_cell(state_.config, place.site, place.ward), std::move(now)}});
    }

    struct Line {
        int rank;
        core::StayId stay;
        std::vector<std::string> cells;
    };
    core::State const& state_;
    Instant since_;
    StayFacts const* now_ = nullptr;
    Table table_;
    std::vector<Line> lines_;
};

}  // namespace

Result<Document> digest(core::State const& state, Options const& options) {
    auto const scope = scope_of(state, options);
    if (!scope) return scope.error();
    auto const rows = board_rows(state, *scope);
    Since since{state, state.last_at - hours(24)};
    for (auto const& facts : stays_of(state, *scope)) since.take(facts);
    Document document;
    document.tables = {since.table(), due_today(state, rows), live_cases(state, rows)};
    document.title = "Daily digest";
    document.about =
        fmt::format("{}, {} {}, as known at {}", scope->words, weekday_short(state.today),
                    day_month(state.today), clock_time(state.last_at));
    return document;
}

namespace {

// Counts alone: whom it concerns stands on the agenda.
Table missed_referrals(core::State const& state, Scope const& scope) {
    Table table;
    table.name = "referrals";
    table.title = "Referrals that missed their wash-up, by team";
    table.definition = "Known here before a wash-up that was held, and not discussed since.";
    table.columns = {"team", "missed", "first missed on"};
    std::map<core::Code, std::pair<std::int64_t, Instant>> by_team;
    for (auto const& [id, stay] : state.stays) {
        if (stay.joined_into || core::end_of(state, stay)) continue;
        auto const missed = derive::missed_wash_up(state, stay, state.last_at);
        auto const place = derive::shown_place(state, stay);
        if (missed.ms == 0 || !scope.place.holds(place)) continue;
        auto& [count, first] = by_team[place.team];
        ++count;
        if (first.ms == 0 || missed < first) first = missed;
    }
    for (auto const& [team, counted] : by_team) {
        table.lines.push_back({team_words(state.config, team), std::to_string(counted.first),
                               to_iso(london_date(counted.second))});
    }
    return table;
}

// What ran out and when it was told, by clock and what the person waited for then. A breach that
// later facts take back is told as withdrawn, and not forgotten.
Table breaches(core::State const& state, Scope const& scope) {
    Table table;
    table.name = "breaches";
    table.title = "Clocks that ran out, told in the last 7 complete days and today";
    table.definition =
        "Withdrawn = it was told, and facts that came later say that it had not run out.";
    table.columns = {"clock", "words", "owner", "waited for", "ran out", "of these withdrawn"};
    table.key_columns = 4;
    using Key = std::pair<core::Code, std::string>;
    std::map<Key, std::pair<std::int64_t, std::int64_t>> counted;
    auto const since = london_time(state.today - 7, 0, 0);
    for (auto const& [id, stay] : state.stays) {
        if (stay.joined_into || !scope.place.holds(derive::shown_place(state, stay))) continue;
        for (auto const* part : core::parts_of(state, stay)) {
            for (auto const& breach : part->breaches) {
                if (breach.recorded < since) continue;
                auto& [all, withdrawn] = counted[{
                    breach.clock, breach.blocker ? reason_words(state.config, breach.reason, {})
                                                 : "unattributed"}];
                ++all;
                withdrawn += breach.withdrawn ? 1 : 0;
            }
        }
    }
    for (auto const& [key, count] : counted) {
        std::string words, owner;
        for (auto const& clock : state.config.clocks) {
            if (clock.code == key.first) words = clock.words, owner = clock.owner;
        }
        table.lines.push_back({key.first, words, owner, key.second, std::to_string(count.first),
                               std::to_string(count.second)});
    }
    return table;
}

}  // namespace

Result<Document> alarms(core::State const& state, Options const& options) {
    auto const scope = scope_of(state, options);
    if (!scope) return scope.error();
    Table silent;
    silent.name = "sources";
    silent.title = "Sources";
    silent.definition = "Silent = nothing was heard for longer than the site file expects.";
    silent.columns = {"source", "last heard", "expected within, minutes", "is"};
    for (auto const& config : state.config.sources) {
        auto const it = state.sources.find(config.name);
        auto const heard = it == state.sources.end() ? Instant{} : it->second.last_heard;
        auto const expected = config.expected_within.ms;
        auto const late = expected != 0 && (state.last_at - heard).ms > expected;
        silent.lines.push_back(
            {config.name, heard.ms == 0 ? "" : to_iso(london_date(heard)) + " " + clock_time(heard),
             expected == 0 ? not_applicable : std::to_string(expected / 60'000),
             heard.ms == 0 ? (expected == 0 ? "" : "not heard yet")
             : late        ? "silent"
                           : "heard"});
    }
    Table overdue;
    overdue.name = "overdue";
    overdue.title = "Overdue actions, by owner";
    overdue.definition =
        "Alarms that escalate, with what came of them, are counted here once escalation exists.";
    overdue.columns = {"owner", "overdue", "oldest, days"};
    std::map<std::string, std::pair<std::int64_t, int>> by_owner;
    for (auto const& row : board_rows(state, *scope)) {
        for (auto const* action : row.actions) {
            if (!action->overdue) continue;
            auto& [count, oldest] =
                by_owner[action->owner.empty() ? "not on the staff list" : action->owner];
            ++count;
            oldest = std::max(oldest, state.today - london_date(action->deadline));
        }
    }
    for (auto const& [owner, counted] : by_owner)
        overdue.lines.push_back(
            {owner, std::to_string(counted.first), std::to_string(counted.second)});
    Document document{{std::move(silent), std::move(overdue), missed_referrals(state, *scope),
                       breaches(state, *scope)}};
    document.title = "Alarms";
    document.about =
        scope->words + ", as known at " + to_iso(state.today) + " " + clock_time(state.last_at);
    return document;
}

}  // namespace washup::report
