#include "daemon/derive/agenda.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "daemon/core/cause.hpp"
#include "daemon/core/reading.hpp"
#include "daemon/derive/chess_clock.hpp"
#include "daemon/derive/meeting_record.hpp"
#include "daemon/report/asked.hpp"
#include "daemon/report/cells.hpp"
#include "daemon/report/meeting_reports.hpp"

// What a wash-up looks at: its agenda, and what happened since the last one.

namespace washup::report {
namespace {

using core::Field;

core::Stay const& stay_of(core::State const& state, core::StayId id) {
    return state.stays.at(id);
}

// "Call hub (Osei, due 2026-11-20 17:00)" of the next one that is open, and how many more.
std::string next_action(core::State const& state, core::Stay const& stay) {
    core::Action const* next = nullptr;
    std::size_t open = 0;
    for (auto const* part : core::parts_of(state, stay)) {
        for (auto const& action : part->actions) {
            if (action.state != core::ActionState::open) continue;
            ++open;
            if (next == nullptr || action.deadline < next->deadline) next = &action;
        }
    }
    if (next == nullptr) return {};
    auto cell =
        fmt::format("{} ({}, {} {})", words_cell(next->text), owner_cell(state, *next),
                    next->deadline <= state.last_at ? "was due" : "due", time_cell(next->deadline));
    if (open > 1) cell += fmt::format(" +{}", open - 1);
    return cell;
}

std::string blocker_now(core::State const& state, core::Stay const& stay) {
    std::size_t open = 0;
    for (auto const* blocker : derive::blockers_of(state, stay)) open += blocker->closed ? 0 : 1;
    auto const* const holds = derive::holding(state, stay, state.last_at);
    if (holds == nullptr) return {};
    auto cell = reason_cell(state.config, *holds);
    if (open > 1) cell += fmt::format(" +{}", open - 1);
    return cell;
}

// First on the card: what we said, and whether it was done.
std::string said_last(core::State const& state, core::Stay const& stay) {
    core::Discussion const* last = nullptr;
    for (auto const* part : core::parts_of(state, stay)) {
        for (auto const& word : part->discussions) {
            if (last == nullptr || last->at <= word.at) last = &word;
        }
    }
    if (last == nullptr) return {};
    std::size_t made = 0, done = 0;
    for (auto const* part : core::parts_of(state, stay)) {
        for (auto const& action : part->actions) {
            if (action.recorded > last->at) continue;
            ++made;
            done += action.state == core::ActionState::done ? 1 : 0;
        }
    }
    auto cell = fmt::format("{}: {}", to_iso(london_date(last->at)),
                            last->note.box.empty() && last->note.text.empty()
                                ? (last->parked ? "put off" : "discussed")
                                : words_cell(last->note));
    if (made > 0) cell += fmt::format(" ({} of {} actions done)", done, made);
    return cell;
}

std::vector<std::string> agenda_line(core::State const& state, derive::AgendaItem const& item) {
    auto const& stay = stay_of(state, item.stay);
    auto const review = derive::review_date(state, stay, state.last_at);
    auto const answers = derive::answers_for(state, stay, item.last_discussed);
    std::string answer;
    if (!answers.empty())
        answer = fmt::format("{}: {}", answers.back()->level, words_cell(answers.back()->text));
    return {derive::name_of(item.reason),
            stay_cell(item.stay),
            name_cell(state, stay),
            place_cell(state, stay),
            field_cell(state, stay, Field::case_worker),
            outcome_cell(state, stay, Field::ideal_outcome),
            outcome_cell(state, stay, Field::expected_outcome),
            std::to_string(item.days),
            said_last(state, stay),
            blocker_now(state, stay),
            next_action(state, stay),
            review.days == 0 ? "" : to_iso(review),
            answer};
}

Table people(core::State const& state, char const* title, char const* definition,
             std::vector<core::StayId> const& stays) {
    Table table{title, definition, {"stay", "name", "place", "ideal", "expected", "actual"}, {}};
    for (auto const id : stays) {
        auto const& stay = stay_of(state, id);
        table.lines.push_back({stay_cell(id), name_cell(state, stay), place_cell(state, stay),
                               outcome_cell(state, stay, Field::ideal_outcome),
                               outcome_cell(state, stay, Field::expected_outcome),
                               outcome_cell(state, stay, Field::actual_outcome)});
    }
    return table;
}

}  // namespace

Result<Document> agenda(core::State const& state, Options const& options) {
    auto const team = team_asked(state, options);
    if (!team) return team.error();
    auto const by = one_of(options, "by", {"order", "ward", "worker"}, 0);
    if (!by) return by.error();
    auto const agenda = derive::agenda(state, (*team)->code, state.last_at);
    Table table;
    table.title = fmt::format("Agenda, {}", (*team)->words);
    table.definition = fmt::format(
        "Everyone who may be placed in a bed (expected outcome a bed or unknown, or a gap), and "
        "who "
        "waits for something due; referrals first, then what was put off, reviews, late actions, "
        "answers, then the largest gap and the longest delay. {} skipped: their review is later "
        "and nothing changed.",
        agenda.skipped.size());
    table.columns = {"why",         "stay",     "name",  "place",          "worker",
                     "ideal",       "expected", "days",  "said last time", "blocker",
                     "next action", "review",   "answer"};
    for (auto const& item : agenda.items) table.lines.push_back(agenda_line(state, item));
    // People of one ward or one worker can go when theirs are done; within them the order stays.
    if (*by != 0) {
        std::size_t const column = *by == 1 ? 3 : 4;
        std::stable_sort(table.lines.begin(), table.lines.end(),
                         [&](auto const& a, auto const& b) { return a[column] < b[column]; });
    }
    return Document{{std::move(table)}, "Agenda", (*team)->words};
}

Result<Document> since_last(core::State const& state, Options const& options) {
    auto const team = team_asked(state, options);
    if (!team) return team.error();
    auto const since = derive::since_last(state, (*team)->code, state.last_at);
    Document document{{}, "Since last time", (*team)->words};
    auto& tables = document.tables;
    tables.push_back(
        people(state, "Went home", "Discharged since the last wash-up.", since.went_home));
    tables.push_back(
        people(state, "Ended otherwise", "Died, transferred, left, or in error.", since.ended));
    tables.push_back(people(state, "New", "Opened here, or referred, since then.", since.new_here));
    Table cleared{"Cleared", "Blockers closed since then.", {"stay", "name", "blocker", "why"}, {}};
    for (auto const& [id, blocker] : since.cleared) {
        cleared.lines.push_back({stay_cell(id), name_cell(state, stay_of(state, id)),
                                 reason_cell(state.config, *blocker), blocker->closed_why});
    }
    Table promised{"What we said would be done",
                   "Actions finished since then, and those that are late.",
                   {"stay", "name", "action", "owner", "due", "state"},
                   {}};
    for (auto const& [id, action] : since.promised) {
        auto const late = action->state == core::ActionState::open;
        promised.lines.push_back({stay_cell(id), name_cell(state, stay_of(state, id)),
                                  words_cell(action->text), staff_cell(state, action->owner),
                                  time_cell(action->deadline),
                                  late ? "late" : core::name_of(action->state)});
    }
    Table answers{"Answers", "You asked, they answered.", {"cause", "from", "answer", "when"}, {}};
    for (auto const* answer : since.answers) {
        answers.lines.push_back({core::cause_words(state.config, answer->cause), answer->level,
                                 words_cell(answer->text), time_cell(answer->at)});
    }
    for (auto* table : {&cleared, &promised, &answers}) tables.push_back(std::move(*table));
    tables.front().title = since.since.ms == 0
                               ? "Went home (no earlier wash-up is remembered)"
                               : fmt::format("Went home since {}", time_cell(since.since));
    return document;
}

}  // namespace washup::report
