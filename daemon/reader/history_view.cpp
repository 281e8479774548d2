#include "daemon/reader/history_view.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "daemon/core/command.hpp"
#include "daemon/core/reading.hpp"
#include "daemon/reader/observed.hpp"
#include "daemon/reader/rows.hpp"

namespace washup::reader {
namespace {

using Lines = std::vector<v1::HistoryLine>;

void add_field(Lines& lines, core::Field field, core::FieldHistory const& history,
               std::string const& whose) {
    auto const stands = core::standing(history, core::cancels_latest_only(field));
    for (auto const& fact : history.facts) {
        v1::HistoryLine line;
        line.set_occurred_ms(fact.times.occurred.at.ms);
        line.set_recorded_ms(fact.received.ms);
        line.set_what(core::name_of(field));
        auto words = words_of(fact.value);
        if (!fact.value.code.empty() && fact.value.moment)
            words += " " + to_text(*fact.value.moment);
        auto const erased = words.empty() && !fact.value.text.box.empty();
        line.set_value(fact.value.empty() ? "taken away" : erased ? "erased" : words);
        line.set_source(fact.source);
        line.set_actor(fact.actor);
        line.set_record(fact.record.value());
        std::string note = whose;
        auto const add = [&](std::string const& text) {
            note += (note.empty() ? "" : "; ") + text;
        };
        if (std::find(stands.begin(), stands.end(), &fact) == stands.end()) add("taken back");
        if (!fact.doubt.empty()) add("doubtful: " + fact.doubt);
        if (!fact.why.empty()) add("because " + fact.why);
        if (!fact.why_words.box.empty()) add("because " + said(fact.why_words));
        line.set_note(note);
        lines.push_back(std::move(line));
    }
    for (auto const& cancel : history.retractions) {
        v1::HistoryLine line;
        line.set_occurred_ms(cancel.recorded.ms);
        line.set_recorded_ms(cancel.recorded.ms);
        line.set_what(fmt::format("{} cancelled", core::name_of(field)));
        line.set_source(cancel.source);
        line.set_actor(cancel.actor);
        line.set_record(cancel.record.value());
        lines.push_back(std::move(line));
    }
}

void add_blockers(Lines& lines, core::State const& state, core::Stay const& stay) {
    for (auto const& blocker : stay.blockers) {
        v1::HistoryLine line;
        line.set_occurred_ms(blocker.opened.at.ms);
        line.set_recorded_ms(blocker.recorded.ms);
        line.set_what(fmt::format("blocker {} opened", blocker.id.value()));
        line.set_value(fmt::format("{} ({})",
                                   reason_words(state.config, blocker.reason, blocker.local_reason),
                                   blocker.holder));
        line.set_source(blocker.source);
        line.set_actor(blocker.actor);
        line.set_record(blocker.record.value());
        line.set_note(blocker.doubt);
        lines.push_back(line);
        if (blocker.reopened.ms != 0) {
            v1::HistoryLine reopened;
            reopened.set_occurred_ms(blocker.reopened.ms);
            reopened.set_recorded_ms(blocker.reopened.ms);
            reopened.set_what(fmt::format("blocker {} reopened", blocker.id.value()));
            reopened.set_source(blocker.reopened_by);
            reopened.set_note("its closing was taken back: it has been open all along");
            lines.push_back(std::move(reopened));
        }
        if (!blocker.closed) continue;
        line.set_occurred_ms(blocker.closed->at.ms);
        line.set_recorded_ms(blocker.closed_recorded.ms);
        line.set_what(fmt::format("blocker {} closed", blocker.id.value()));
        line.set_value(closed_why(blocker));
        line.clear_record();
        lines.push_back(line);
    }
}

void add_actions(Lines& lines, core::State const& state, core::Stay const& stay) {
    for (auto const& action : stay.actions) {
        v1::HistoryLine line;
        auto const staff = state.staff.find(action.owner);
        auto const owner =
            staff == state.staff.end() ? action.owner_as_given.text : staff->second.name.text;
        line.set_occurred_ms(action.agreed.ms);
        line.set_recorded_ms(action.recorded.ms);
        line.set_what(fmt::format("action {}", action.id.value()));
        line.set_value(fmt::format("{}; {}; due {}; {}", said(action.text), owner,
                                   to_rfc3339(action.deadline), core::name_of(action.state)));
        line.set_source(action.source);
        line.set_actor(action.actor);
        line.set_record(action.record.value());
        if (action.overdue) line.set_note("overdue");
        if (action.moved > 0) line.set_note(line.note() + fmt::format(" moved {}x", action.moved));
        lines.push_back(std::move(line));
    }
}

// What wash-ups said, and which clocks ran out.
void add_meetings(Lines& lines, core::Stay const& stay) {
    auto const add = [&](Instant at, std::string what, std::string value, core::StaffId actor) {
        v1::HistoryLine line;
        line.set_occurred_ms(at.ms);
        line.set_recorded_ms(at.ms);
        line.set_what(std::move(what));
        line.set_value(std::move(value));
        line.set_source(core::board_source);
        line.set_actor(std::move(actor));
        lines.push_back(std::move(line));
    };
    for (auto const& word : stay.discussions) {
        add(word.at, word.parked ? "put off at the wash-up" : "discussed at the wash-up",
            said(word.note), word.actor);
        lines.back().set_record(word.record.value());
    }
    for (auto const& asked : stay.prompts)
        add(asked.at, "asked: " + asked.prompt, said(asked.answer), asked.actor);
    for (auto const& breach : stay.breaches) {
        add(breach.recorded, "clock " + breach.clock + " ran out",
            fmt::format("due {}; {}", to_rfc3339(breach.due),
                        breach.holder.empty() ? "unattributed" : breach.holder),
            {});
        lines.back().set_source("daemon");
        if (breach.withdrawn) lines.back().set_note("withdrawn");
    }
}

}  // namespace

v1::History history_of(core::State const& state, core::Stay const& stay) {
    Lines lines;
    for (auto const* part : core::parts_of(state, stay)) {
        auto const whose = part == &stay ? "" : "as announced";
        for (auto const& [field, history] : part->fields) add_field(lines, field, history, whose);
        add_blockers(lines, state, *part);
        add_actions(lines, state, *part);
        add_meetings(lines, *part);
    }
    for (auto const* record : state.records_of(state.survivor_of(stay.person))) {
        auto const whose = record->survivor ? "retired record" : "";
        for (auto const& [field, history] : record->fields) add_field(lines, field, history, whose);
    }
    std::stable_sort(lines.begin(), lines.end(), [](auto const& a, auto const& b) {
        return std::pair{a.occurred_ms(), a.record()} < std::pair{b.occurred_ms(), b.record()};
    });
    v1::History history;
    history.set_found(true);
    auto const surplus = static_cast<int>(lines.size()) - history_lines_max;
    if (surplus > 0) {
        lines.erase(lines.begin(), lines.begin() + surplus);
        lines.front().set_note(fmt::format("{} older lines are not shown", surplus));
    }
    for (auto& line : lines) *history.add_lines() = std::move(line);
    return history;
}

}  // namespace washup::reader
