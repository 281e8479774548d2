#include <fmt/format.h>

#include <algorithm>

#include "board/ctl/choice.hpp"
#include "board/ctl/table.hpp"
#include "board/ctl/text_views.hpp"
#include "board/model/text.hpp"

namespace washup::board::ctl {
namespace {

// What is not known says so; what is doubtful carries a sign.
std::string shown(Observed const& observed, Instant now) {
    if (observed.state == ValueState::erased) return "erased";
    if (!observed.known()) return "?";
    auto text = observed.moment ? moment_words(*observed.moment, now) : observed.value;
    if (observed.state == ValueState::doubtful) text += " (?)";
    if (observed.state == ValueState::disagreement) text += " | " + observed.other;
    return text;
}

std::string blocker_cell(Stay const& stay) {
    auto const* holding = holding_blocker(stay);
    if (holding == nullptr) return stay.ready() && stay.live() ? "unattributed" : "";
    auto const more = open_blockers(stay) - 1;
    auto const words = holding->words.empty() ? holding->reason : holding->words;
    return more == 0 ? words : fmt::format("{} +{}", words, more);
}

std::string owner_cell(Action const& action) {
    auto owner = action.owner_words.empty() ? action.owner : action.owner_words;
    if (owner.empty()) owner = action.owner_role;
    return action.owner_doubtful ? owner + " (?)" : owner;
}

std::vector<Stay const*> in_order(Model const& model, Filter const& filter, bool live_only) {
    std::vector<Stay const*> stays = chosen_stays(model, filter, live_only);
    std::sort(stays.begin(), stays.end(), [](Stay const* a, Stay const* b) {
        if (a->live() != b->live()) return a->live();
        if (a->days_lost != b->days_lost) return a->days_lost > b->days_lost;
        return stay_name(*a) < stay_name(*b);
    });
    return stays;
}

std::string fields_text(Stay const& stay, Instant now, bool wide) {
    Table table({{"FIELD", false, 0},
                 {"VALUE", false, 40},
                 {"OBSERVED", false, 0},
                 {"CONFIRMED", false, 0},
                 {"SOURCE", false, 24},
                 {"", false, 48}});
    auto const add = [&](char const* name, Observed const& o) {
        auto note = o.why;
        if (o.state == ValueState::disagreement) note = o.other_source + " says " + o.other;
        auto const at = [](Instant t) { return t.ms == 0 ? std::string() : to_rfc3339(t); };
        auto value = shown(o, now);
        if (o.known() && o.moment) value = to_text(*o.moment);
        if (o.known() && o.moment && !o.value.empty()) value = o.value + ", " + value;
        table.add({name, value, at(o.observed_at), at(o.confirmed_at), o.source, note});
    };
    add("name", stay.name);
    add("nhs number", stay.nhs_number);
    add("birth date", stay.birth_date);
    add("site", stay.site);
    add("ward", stay.ward);
    add("bed", stay.bed);
    add("team", stay.team);
    add("worker", stay.worker);
    add("admitted", stay.admitted_at);
    add("expected discharge", stay.expected_discharge);
    add("medically optimised", stay.medically_optimised);
    add("discharge ready", stay.discharge_ready);
    add("review", stay.review_on);
    add("usual residence", stay.usual_residence);
    add("ideal outcome", stay.ideal_outcome);
    add("expected outcome", stay.expected_outcome);
    add("actual outcome", stay.actual_outcome);
    add("at risk of placement", stay.at_risk);
    add("ended", stay.ended);
    return table.text(wide);
}

std::string holder_cell(Blocker const& blocker) {
    auto words = holder_words(blocker.holder);
    if (blocker.claims.size() < 2) return words;  // one is the holder
    for (std::size_t i = 0; i < blocker.claims.size(); ++i) {
        words += (i == 0 ? ": " : ", ") + holder_words(blocker.claims[i]);
    }
    return words;
}

std::string blockers_text(Stay const& stay, Instant now, bool wide) {
    Table table({{"BLOCKER", true, 0},
                 {"REASON", false, 0},
                 {"WORDS", false, 32},
                 {"HOLDER", false, 0},
                 {"OPENED", false, 0},
                 {"CLOSED", false, 0},
                 {"DAYS", true, 0},
                 {"", false, 0},
                 {"NOTE", false, 48}});
    for (auto const& b : stay.blockers) {
        table.add({std::to_string(b.number), b.reason, b.words, holder_cell(b),
                   b.opened ? moment_words(*b.opened, now) : "?",
                   b.closed ? moment_words(*b.closed, now) : "", std::to_string(b.days_held),
                   b.holds_clock ? "holds the clock" : "", b.note});
    }
    return table.empty() ? "no blocker\n" : table.text(wide);
}

std::string clocks_text(Stay const& stay, Instant now, bool wide) {
    Table table({{"CLOCK", false, 0},
                 {"WORDS", false, 24},
                 {"STATE", false, 0},
                 {"STARTED", false, 0},
                 {"DUE", false, 0},
                 {"ENDED", false, 0},
                 {"BREACH IS OF", false, 0}});
    auto const at = [&](Instant t) {
        return t.ms == 0 ? std::string{} : moment_words({t, Precision::minute}, now);
    };
    for (auto const& c : stay.clocks) {
        table.add({c.clock, c.words, clock_state(c, now), at(c.started),
                   c.due.ms == 0 ? "never" : at(c.due), at(c.ended), c.owner});
    }
    return table.empty() ? "" : "\n" + table.text(wide);
}

std::string actions_text(Stay const& stay, Instant now, bool wide) {
    Table table({{"ACTION", true, 0},
                 {"STATE", false, 0},
                 {"TEXT", false, 48},
                 {"OWNER", false, 24},
                 {"DUE", false, 0},
                 {"MOVED", true, 0}});
    for (auto const& a : stay.actions) {
        table.add({std::to_string(a.number), a.overdue ? a.state + ", overdue" : a.state, a.text,
                   owner_cell(a), a.deadline ? moment_words(*a.deadline, now) : "?",
                   a.moved == 0 ? "" : fmt::format("{}x", a.moved)});
    }
    return table.empty() ? "no action\n" : table.text(wide);
}

}  // namespace

std::string stays_text(Model const& model, Instant now, Filter const& filter, bool live_only,
                       bool wide) {
    Table table({{"STAY", false, 28},
                 {"PERSON", false, 26},
                 {"PLACE", false, 22},
                 {"TEAM", false, 14},
                 {"DAYS", true, 0},
                 {"OUTCOME", false, 30},
                 {"BLOCKER", false, 26},
                 {"NEXT ACTION", false, 30},
                 {"OWNER", false, 18},
                 {"DUE", false, 0},
                 {"REVIEW", false, 0},
                 {"MARKS", false, 40}});
    auto const stays = in_order(model, filter, live_only);
    for (auto const* stay : stays) {
        auto const* action = next_action(*stay);
        auto const more =
            open_actions(*stay) > 1 ? fmt::format(" +{}", open_actions(*stay) - 1) : "";
        std::string marks;
        if (!stay->live()) marks = stay->died ? "died" : ending_words(stay->ended.value);
        for (auto const& mark : stay->marks) marks += (marks.empty() ? "" : ", ") + mark;
        table.add(
            {stay_name(*stay), person_words(*stay, model.tier), place_words(*stay),
             shown(stay->team, now), stay->ready() ? std::to_string(stay->days_lost) : "",
             outcome_pair_words(model, *stay), blocker_cell(*stay),
             action == nullptr ? "" : action->text + more,
             action == nullptr ? "" : owner_cell(*action),
             action == nullptr || !action->deadline ? "" : due_words(*action->deadline, now).words,
             shown(stay->review_on, now), marks});
    }
    if (table.empty()) return "no stay\n";
    return table.text(wide) +
           fmt::format("{}\n",
                       count_words(static_cast<std::int64_t>(stays.size()), "stay", "stays"));
}

std::string history_text(std::vector<HistoryLine> const& lines, bool wide) {
    Table table({{"OCCURRED", false, 0},
                 {"RECORDED", false, 0},
                 {"WHAT", false, 28},
                 {"VALUE", false, 40},
                 {"FROM", false, 24},
                 {"RECORD", true, 0},
                 {"NOTE", false, 40}});
    auto const at = [](Instant t) { return t.ms == 0 ? std::string("?") : to_rfc3339(t); };
    for (auto const& line : lines) {
        auto const from = line.actor.empty() ? line.source : line.actor;
        table.add({at(line.occurred), at(line.recorded), line.what, line.value, from,
                   std::to_string(line.record), line.note});
    }
    return table.empty() ? "no history\n" : table.text(wide);
}

std::string stay_text(Model const& model, Stay const& stay, std::vector<HistoryLine> const& lines,
                      Instant now, bool wide) {
    auto out = fmt::format("{}  {}  {}  {}\n", stay_name(stay), person_words(stay, model.tier),
                           place_words(stay), outcome_pair_words(model, stay));
    for (auto const& mark : stay.marks) out += "! " + mark + "\n";
    if (stay.inferred) out += "! its admission was not seen\n";
    if (stay.provisional) out += "! announced; the ward has not said it yet\n";
    if (stay.came_from != 0) out += fmt::format("went on from #{}\n", stay.came_from);
    if (stay.went_on_as != 0) out += fmt::format("goes on as #{}\n", stay.went_on_as);
    out += "\n" + fields_text(stay, now, wide);
    out += "\n" + blockers_text(stay, now, wide);
    out += "\n" + actions_text(stay, now, wide);
    out += clocks_text(stay, now, wide);
    out += "\n" + history_text(lines, wide);
    return out;
}

}  // namespace washup::board::ctl
