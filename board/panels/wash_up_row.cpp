// One row of the Wash-up page: what each cell says, in which forms, and whether it is doubtful or
// old.

#include <fmt/format.h>

#include <algorithm>

#include "board/panels/wash_up.hpp"

namespace washup::board {
namespace {

bool in_doubt(Observed const& value) {
    return value.state == ValueState::doubtful || value.state == ValueState::disagreement;
}

std::string as_of_words(Model const& model, std::string const& source, Instant now) {
    Instant const heard = last_heard(model, source);
    if (heard.ms == 0) return "not heard";
    return "at " + moment_words({heard, Precision::minute}, now);
}

Phrase doubtful(Phrase phrase, bool doubt) {
    return doubt ? wrapped("", phrase, " ?") : phrase;
}

// Two sources that differ in what is not said here, a middle name, do not differ for the reader.
bool name_in_doubt(Stay const& stay) {
    if (stay.name.state != ValueState::disagreement) return in_doubt(stay.name);
    return name_words(stay.name.value) != name_words(stay.name.other);
}

void say_person(WashUpRow& row, Model const& model, Stay const& stay, Instant now) {
    row.person = doubtful(name_forms(stay, model.tier), model.tier >= 2 && name_in_doubt(stay));
    row.place = doubtful(place_forms(stay), in_doubt(stay.ward) || in_doubt(stay.bed));
    row.place_old = from_silent_source(model, stay.ward, now);
    if (!row.place_old) return;
    std::string const at = as_of_words(model, stay.ward.source, now);
    std::string const bed = stay.bed.known() ? stay.bed.value : ward_words(stay);
    row.place = Phrase::of(place_words(stay) + " " + at, bed + " " + at, at);
}

void say_ready(WashUpRow& row, Model const& model, Stay const& stay, Instant now) {
    row.ready = stay.ready();
    if (!row.ready) {
        row.days = nothing_words;
        return;
    }
    row.days = days_words(stay.days_lost);
    row.ready_old = from_silent_source(model, stay.discharge_ready, now);
    if (row.ready_old) {
        row.ready_on = as_of_words(model, stay.discharge_ready.source, now);
        return;
    }
    row.ready_on = "unknown";
    if (stay.discharge_ready.moment) {
        WallTime const on = london_wall(stay.discharge_ready.moment->at);
        row.ready_on = Phrase::of(day_month(london_date(stay.discharge_ready.moment->at)),
                                  fmt::format("{}/{}", on.day, on.month));
    }
    row.ready_on = doubtful(row.ready_on, in_doubt(stay.discharge_ready));
}

void say_outcome(WashUpRow& row, Model const& model, Stay const& stay, Instant now) {
    row.ladder = ladder_mark(model, stay);
    row.outcome =
        outcome_forms(model, stay, in_doubt(stay.ideal_outcome) || in_doubt(stay.expected_outcome));
    row.outcome_old = from_silent_source(model, stay.ideal_outcome, now) ||
                      from_silent_source(model, stay.expected_outcome, now);
    if (row.outcome_old) {
        Observed const& old = from_silent_source(model, stay.expected_outcome, now)
                                  ? stay.expected_outcome
                                  : stay.ideal_outcome;
        row.outcome = as_of_words(model, old.source, now);
    }
}

std::string blocker_words(Model const& model, Blocker const& blocker) {
    if (!blocker.words.empty()) return blocker.words;
    auto const reason = model.reasons.find(blocker.reason);
    if (reason != model.reasons.end() && !reason->second.words.empty()) return reason->second.words;
    std::string theme = theme_words(model, blocker.theme);
    if (!theme.empty()) return theme;
    return blocker.reason.empty() ? "Unknown" : blocker.reason;
}

// What stands behind a second line when there are more of the kind.
Phrase with_more(Phrase const& phrase, std::size_t more) {
    if (more == 0) return phrase;
    return with_tail(phrase, {fmt::format(" · +{} more", more), fmt::format(" · +{}", more)});
}

// Somebody who has gone waits for nothing: where to, as far as it is known.
void say_where_to(WashUpRow& row, Model const& model, Stay const& stay) {
    if (stay.actual_outcome.known()) {
        row.waiting = doubtful(capitalised(outcome_words(model, stay.actual_outcome)),
                               in_doubt(stay.actual_outcome));
        row.holder = "discharged";
    } else if (stay.proposed_outcome.known()) {
        row.waiting = doubtful(capitalised(outcome_words(model, stay.proposed_outcome)), true);
        row.holder = Phrase::of("to be confirmed", "to confirm");
    } else {
        row.waiting = "Discharged";
        row.holder = "where to is unknown";
    }
}

void say_waiting(WashUpRow& row, Model const& model, Stay const& stay, Instant now) {
    if (row.need == Need::gone) return say_where_to(row, model, stay);
    if (Blocker const* blocker = holding_blocker(stay)) {
        row.waiting_old = from_silent_source(model, blocker->source, now);
        row.waiting =
            waiting_forms(blocker_words(model, *blocker), theme_words(model, blocker->theme));
        std::string const holder = holder_words(blocker->holder);
        Phrase const held = Phrase::of(holder + " " + days_words(blocker->days_held), holder);
        row.holder = with_more(doubtful(held, !blocker->doubt.empty()), open_blockers(stay) - 1);
        if (row.waiting_old) row.holder = as_of_words(model, blocker->source, now);
        return;
    }
    if (stay.ready()) {
        row.waiting = "Unknown";
        row.holder = "unattributed";
        return;
    }
    row.waiting = "Not ready";
    row.holder = "no date yet";
    if (stay.expected_discharge.moment) {
        std::string const on = day_month(london_date(stay.expected_discharge.moment->at));
        row.holder =
            doubtful(Phrase::of("expected " + on, "exp. " + on), in_doubt(stay.expected_discharge));
        row.waiting_old = from_silent_source(model, stay.expected_discharge, now);
        if (row.waiting_old) row.holder = as_of_words(model, stay.expected_discharge.source, now);
    }
}

std::string owner_name(Model const& model, Action const& action) {
    if (!action.owner_words.empty()) return action.owner_words;
    auto const staff = model.staff.find(action.owner);
    if (staff != model.staff.end() && !staff->second.name.empty()) return staff->second.name;
    if (!action.owner_role.empty()) return action.owner_role;
    return action.owner;
}

// Tier 1 says the role alone; from tier 2 the action's words and its owner.
void say_action(WashUpRow& row, Model const& model, Stay const& stay) {
    Action const* action = next_action(stay);
    if (row.need == Need::gone) {
        row.action = nothing_words;
        return;
    }
    if (action == nullptr) {
        row.action = stay.ready() ? Phrase("No action") : Phrase(nothing_words);
        row.owner = stay.ready() ? Phrase("no owner") : Phrase();
        return;
    }
    std::size_t const more = open_actions(stay) - 1;
    std::string const moved = action->moved > 0 ? fmt::format("moved {}x", action->moved) : "";
    if (model.tier < 2) {
        Phrase const role =
            action->owner_role.empty() ? Phrase("Owner") : role_forms(action->owner_role);
        row.action = action->owned() ? doubtful(role, action->owner_doubtful) : Phrase("No owner");
        std::string const n = more == 0 ? "" : fmt::format("+{} more", more);
        std::string const both = moved.empty() || n.empty() ? moved + n : moved + " · " + n;
        row.owner = both.empty() ? Phrase() : Phrase::of(both, moved.empty() ? n : moved);
        return;
    }
    row.action = action->text.empty() ? Phrase("Action") : action_forms(capitalised(action->text));
    Phrase const owner =
        action->owned() ? full_name_forms(owner_name(model, *action)) : Phrase("no owner");
    Phrase const sure = doubtful(owner, action->owner_doubtful);
    row.owner = with_more(moved.empty() ? sure : with_tail(sure, {" · " + moved}), more);
}

// The review date; when none is set it is the team's next wash-up (product.md section 3).
std::string review_words(Model const& model, Stay const& stay, Instant now) {
    std::optional<Instant> on;
    if (stay.review_on.moment) on = stay.review_on.moment->at;
    auto const team = model.teams.find(stay.team.value);
    if (!on && team != model.teams.end() && team->second.next_wash_up.ms != 0) {
        on = team->second.next_wash_up;
    }
    if (!on) return nothing_words;
    int const days = london_date(*on) - london_date(now);
    if (days < 0) return "review due";
    if (days == 0) return "review today";
    return "review " +
           (days < 7 ? std::string(weekday_short(london_date(*on))) : day_month(london_date(*on)));
}

void say_due(WashUpRow& row, Model const& model, Stay const& stay, Instant now) {
    if (row.need == Need::gone) {
        std::string const when =
            stay.ended.moment ? moment_words(*stay.ended.moment, now) : std::string();
        row.due = Phrase::of("gone " + when, "gone");
        return;
    }
    if (row.need == Need::no_plan) {
        row.no_plan = true;
        row.due = "no plan";
        return;
    }
    Action const* action = next_action(stay);
    if (action != nullptr && action->deadline) {
        Due const due = due_words(*action->deadline, now);
        row.due_kind = due.kind;
        row.due = due.words;
        if (due.kind == DueKind::overdue) {
            // The sign itself says late; days in three figures leave no room for the word.
            std::string const days = due.words.substr(0, due.words.rfind(" late"));
            row.due.forms.push_back(days.ends_with(" d") ? days : "late");
        }
    } else if (action != nullptr) {
        row.due = "no date";
    } else {
        row.due = review_words(model, stay, now);
    }
    if (row.need == Need::overdue && row.due_kind != DueKind::overdue) {
        row.due_kind = DueKind::overdue;  // journaled as overdue without a deadline of its own
        row.due = "late";
    }
}

// The other value of a disagreement, in words that stand beside the first.
Phrase other_words(Model const& model, Stay const& stay) {
    if (model.tier >= 2 && stay.name.state == ValueState::disagreement && name_in_doubt(stay)) {
        Phrase const other = full_name_forms(name_words(stay.name.other));
        Phrase words = wrapped("or ", other, "");
        words.forms.emplace_back("2 names");
        return words;
    }
    Observed const& ready = stay.discharge_ready;
    if (ready.state == ValueState::disagreement) {
        auto const other = parse_moment(ready.other);
        if (other) return Phrase::of("or " + day_month(london_date(other->at)), "2 dates");
        return "2 dates";
    }
    for (Observed const* outcome : {&stay.expected_outcome, &stay.ideal_outcome}) {
        if (outcome->state != ValueState::disagreement) continue;
        Observed other = *outcome;
        other.value = outcome->other;
        return Phrase::of("or " + outcome_words(model, other), "2 outcomes");
    }
    for (Observed const* place : {&stay.ward, &stay.bed}) {
        if (place->state == ValueState::disagreement)
            return Phrase::of("or " + place->other, "2 beds");
    }
    return {};
}

void say_mark(WashUpRow& row, Model const& model, Stay const& stay, Instant now) {
    if (row.need == Need::gone) {
        if (!stay.actual_outcome.known()) row.mark = Phrase::of("outcome missing", "no outcome");
        return;
    }
    row.mark = other_words(model, stay);
    if (!row.mark.empty()) return;
    if (!stay.marks.empty()) {
        row.mark = text_forms(stay.marks.front());
        if (stay.marks.front() == "ward says discharged") row.mark.forms.push_back("ward: gone");
        if (stay.marks.front() == "moved from another hospital")
            row.mark.forms.push_back("moved here");
    } else if (stay.on_leave) {
        row.mark = "on leave";
    } else if (stay.provisional) {
        row.mark = Phrase::of("not on ward yet", "expected");
    } else if (stay.first_seen || stay.inferred) {
        row.mark = "first seen";
    } else if (std::string review = review_words(model, stay, now);
               review != nothing_words && review != row.due.words()) {
        row.mark = std::move(review);
    }
}

}  // namespace

WashUpRow make_wash_up_row(Model const& model, Stay const& stay, Instant now) {
    WashUpRow row;
    row.id = stay.id;
    row.need = need_of(model, stay, now);
    row.greyed = row.need == Need::gone;
    say_person(row, model, stay, now);
    say_ready(row, model, stay, now);
    say_outcome(row, model, stay, now);
    say_waiting(row, model, stay, now);
    say_action(row, model, stay);
    say_due(row, model, stay, now);
    say_mark(row, model, stay, now);
    return row;
}

}  // namespace washup::board
