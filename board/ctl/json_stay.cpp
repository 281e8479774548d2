#include "board/ctl/json_stay.hpp"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>

#include "board/ctl/json_values.hpp"

namespace washup::board::ctl {
namespace json = boost::json;
namespace {

char const* state_word(ValueState state) {
    switch (state) {
        case ValueState::unknown:
            return "unknown";
        case ValueState::known:
            return "known";
        case ValueState::doubtful:
            return "doubtful";
        case ValueState::disagreement:
            return "disagreement";
        case ValueState::erased:
            return "erased";
    }
    return "unknown";
}

// The same observation, with another value: a field that is a code and a time gives two keys.
json::object observed_as(Observed const& observed, json::value value) {
    json::object out;
    out["value"] = observed.known() ? std::move(value) : json::value(nullptr);
    out["state"] = state_word(observed.state);
    out["observed_at"] = time_json(observed.observed_at);
    out["confirmed_at"] = time_json(observed.confirmed_at);
    out["source"] = text_json(observed.source);
    out["why"] = text_json(observed.why);
    out["other"] = text_json(observed.other);
    out["other_source"] = text_json(observed.other_source);
    return out;
}

json::object gap_json(Gap const& gap) {
    auto const number = [&](std::int64_t n) { return gap.known ? json::value(n) : nullptr; };
    json::object out;
    out["state"] = gap.off_ladder ? "off_ladder" : gap.known ? "known" : "unknown";
    out["steps"] = number(gap.steps);
    out["bands"] = number(gap.bands);
    out["at_least"] = gap.at_least;
    out["ideal_step"] = id_json(gap.ideal_step);
    out["expected_step"] = id_json(gap.expected_step);
    return out;
}

json::array strings_json(std::vector<std::string> const& texts) {
    return json::array(texts.begin(), texts.end());
}

json::object blocker_json(Blocker const& b) {
    json::object out;
    out["number"] = b.number;
    out["state"] = b.open() ? "open" : "closed";
    out["reason"] = text_json(b.reason);
    out["words"] = text_json(b.words);
    out["theme"] = text_json(b.theme);
    out["holder"] = text_json(b.holder);
    out["claims"] = strings_json(b.claims);
    out["holds_clock"] = b.holds_clock;
    out["opened_at"] = moment_json(b.opened);
    out["closed_at"] = moment_json(b.closed);
    out["closed_why"] = text_json(b.closed_why);
    out["days_held"] = b.days_held;
    out["note"] = text_json(b.note);
    out["source"] = text_json(b.source);
    out["sensitive"] = b.sensitive;
    out["doubt"] = text_json(b.doubt);
    return out;
}

json::object action_json(Action const& a) {
    json::object out;
    out["number"] = a.number;
    out["state"] = text_json(a.state);
    out["text"] = text_json(a.text);
    out["owner"] = text_json(a.owner);
    out["owner_words"] = text_json(a.owner_words);
    out["owner_role"] = text_json(a.owner_role);
    out["owner_state"] = !a.owned() ? "unknown" : a.owner_doubtful ? "doubtful" : "known";
    out["deadline"] = moment_json(a.deadline);
    out["overdue"] = a.overdue;
    out["moved"] = a.moved;
    out["blocker"] = id_json(a.blocker);
    out["why"] = text_json(a.why);
    return out;
}

json::object clock_piece_json(ClockPiece const& piece) {
    json::object out;
    out["from"] = time_json(piece.from);
    out["to"] = time_json(piece.to);
    out["holder"] = text_json(piece.holder);
    out["words"] = text_json(piece.words);
    out["blocker"] = id_json(piece.blocker);
    return out;
}

json::object clock_json(StayClock const& clock) {
    json::object out;
    out["clock"] = clock.clock;
    out["words"] = text_json(clock.words);
    out["owner"] = text_json(clock.owner);
    out["started_at"] = time_json(clock.started);
    out["warn_at"] = time_json(clock.warn_at);
    out["due_at"] = time_json(clock.due);
    out["ended_at"] = time_json(clock.ended);
    out["state"] = text_json(clock.state);
    return out;
}

json::object milestone_json(Milestone const& milestone) {
    json::object out;
    out["name"] = milestone.name;
    out["at"] = to_text(milestone.at);
    return out;
}

}  // namespace

json::object observed_json(Observed const& observed) {
    if (observed.moment) return observed_as(observed, moment_json(observed.moment));
    return observed_as(observed, text_json(observed.value));
}

json::object stay_json(Stay const& s) {
    json::object out;
    out["key"] = text_json(s.key);
    out["stay"] = s.stay;
    out["version"] = s.version;
    out["site"] = observed_json(s.site);
    out["nhs_number"] = observed_json(s.nhs_number);
    out["name"] = observed_json(s.name);
    out["initials"] = text_json(s.initials);
    out["birth_date"] = observed_json(s.birth_date);
    out["identifiers"] = strings_json(s.identifiers);
    out["postcode_district"] = observed_json(s.postcode_district);
    out["ward"] = observed_json(s.ward);
    out["bed"] = observed_json(s.bed);
    out["team"] = observed_json(s.team);
    out["area"] = observed_json(s.area);
    out["worker"] = observed_json(s.worker);
    out["referred_at"] = observed_json(s.referred_at);
    out["admitted_at"] = observed_json(s.admitted_at);
    out["expected_discharge"] = observed_json(s.expected_discharge);
    out["medically_optimised"] = observed_json(s.medically_optimised);
    out["discharge_ready"] = observed_json(s.discharge_ready);
    out["ended_at"] = observed_as(s.ended, moment_json(s.ended.moment));
    out["ended_how"] = observed_as(s.ended, text_json(s.ended.value));
    out["review_on"] = observed_json(s.review_on);
    out["days_lost"] = s.days_lost;
    out["usual_residence"] = observed_json(s.usual_residence);
    out["pathway"] = observed_json(s.pathway);
    out["ideal_outcome"] = observed_json(s.ideal_outcome);
    out["expected_outcome"] = observed_json(s.expected_outcome);
    out["actual_outcome"] = observed_json(s.actual_outcome);
    out["proposed_outcome"] = observed_json(s.proposed_outcome);
    out["at_risk"] = observed_json(s.at_risk);
    out["gap"] = gap_json(s.gap);
    out["blockers"] = list_json(s.blockers, blocker_json);
    out["actions"] = list_json(s.actions, action_json);
    out["chess_clock"] = list_json(s.chess_clock, clock_piece_json);
    out["milestones"] = list_json(s.milestones, milestone_json);
    out["clocks"] = list_json(s.clocks, clock_json);
    out["came_from"] = id_json(s.came_from);
    out["went_on_as"] = id_json(s.went_on_as);
    out["marks"] = strings_json(s.marks);
    out["live"] = s.live();
    out["died"] = s.died;
    out["on_leave"] = s.on_leave;
    out["provisional"] = s.provisional;
    out["inferred"] = s.inferred;
    out["first_seen"] = s.first_seen;
    out["escalation"] = nullptr;
    out["escalation_state"] = "not_built";
    return out;
}

json::array history_json(std::vector<HistoryLine> const& lines) {
    return list_json(lines, [](HistoryLine const& line) {
        json::object out;
        out["occurred_at"] = time_json(line.occurred);
        out["recorded_at"] = time_json(line.recorded);
        out["what"] = line.what;
        out["value"] = text_json(line.value);
        out["source"] = text_json(line.source);
        out["actor"] = text_json(line.actor);
        out["record"] = line.record;
        out["note"] = text_json(line.note);
        return out;
    });
}

}  // namespace washup::board::ctl
