#include "daemon/derive/agenda.hpp"

#include <algorithm>
#include <tuple>

#include "daemon/core/cause.hpp"
#include "daemon/core/command.hpp"
#include "daemon/core/reading.hpp"
#include "daemon/core/wash_up.hpp"
#include "daemon/derive/chess_clock.hpp"
#include "daemon/derive/gap.hpp"
#include "daemon/derive/ledger.hpp"

namespace washup::derive {
namespace {

using core::Field;

core::Code code_of(core::State const& state, core::Stay const& stay, Field field) {
    auto const said = core::read(state, stay, field);
    return said.known() ? said.fact->value.code : core::Code{};
}

bool action_overdue(core::State const& state, core::Stay const& stay, Instant now) {
    for (auto const* part : core::parts_of(state, stay)) {
        for (auto const& action : part->actions) {
            if (action.state == core::ActionState::open && action.deadline <= now) return true;
        }
    }
    return false;
}

enum class Parking { counts, left_out };

// The last word of a wash-up about it.
core::Discussion const* last_word(core::State const& state, core::Stay const& stay,
                                  Parking parking) {
    core::Discussion const* last = nullptr;
    for (auto const* part : core::parts_of(state, stay)) {
        for (auto const& word : part->discussions) {
            if (word.parked && parking == Parking::left_out) continue;
            if (last == nullptr || last->at <= word.at) last = &word;
        }
    }
    return last;
}

// What is new since a person was talked about. What people entered until that wash-up was over
// is what came of the talk, also when it was entered after the person was ticked off.
class News {
  public:
    News(core::State const& state, core::Discussion const* talk, Instant now) {
        if (talk == nullptr) return;
        talked_ = over_ = talk->at;
        auto const meeting = state.meetings.find(talk->meeting);
        if (meeting == state.meetings.end()) return;
        over_ = std::max(over_, meeting->second.closed.ms == 0 ? now : meeting->second.closed);
    }
    bool in(core::Stay const& part) const {
        for (auto const& [field, history] : part.fields) {
            if (tells(field) && in(history)) return true;
        }
        for (auto const& blocker : part.blockers) {
            if (is_new(blocker.recorded, blocker.source) ||
                is_new(blocker.closed_recorded, blocker.source))
                return true;
        }
        for (auto const& action : part.actions) {
            if (is_new(action.recorded, action.source) || is_new(action.changed_at, action.source))
                return true;
        }
        return false;
    }

  private:
    // A move between beds says nothing about the way home, and a date for the next look nothing
    // new.
    static bool tells(Field field) { return field != Field::location && field != Field::review_on; }
    bool is_new(Instant at, core::SourceName const& source) const {
        return at > (source == core::board_source ? over_ : talked_);
    }
    // What a source says again, or another one had said before, is no news.
    bool in(core::FieldHistory const& history) const {
        auto const& runs = history.facts.runs();
        for (auto const& run : runs) {
            if (!is_new(run.first->received, run.first->source)) continue;
            auto const known = [&](core::Run const& other) {
                return !is_new(other.first->received, other.first->source) &&
                       core::same_value(other.first->value, run.first->value);
            };
            if (std::none_of(runs.begin(), runs.end(), known)) return true;
        }
        return std::any_of(
            history.retractions.begin(), history.retractions.end(),
            [&](auto const& retraction) { return is_new(retraction.recorded, retraction.source); });
    }

    Instant talked_, over_;
};

bool changed_since(core::State const& state, core::Stay const& stay, Instant now) {
    News const news{state, last_word(state, stay, Parking::left_out), now};
    auto const parts = core::parts_of(state, stay);
    return std::any_of(parts.begin(), parts.end(),
                       [&](auto const* part) { return news.in(*part); });
}

// "Home" alone is home; what is known to a band only is as that band.
bool may_be_placed(core::State const& state, core::Stay const& stay) {
    auto const expected = code_of(state, stay, Field::expected_outcome);
    if (expected.empty()) return true;
    for (auto const& step : state.config.ladder) {
        if (step.code != expected) continue;
        return step.band == core::Band::short_bed || step.band == core::Band::long_bed;
    }
    return expected == core::name_of(core::Band::short_bed) ||
           expected == core::name_of(core::Band::long_bed);
}

struct Judged {
    AgendaItem item;
    bool belongs = false, later = false;
};

Judged judge(core::State const& state, core::Stay const& stay, Instant now) {
    Judged judged;
    auto& item = judged.item;
    item.stay = stay.id;
    auto const step = gap(state.config, code_of(state, stay, Field::ideal_outcome),
                          code_of(state, stay, Field::expected_outcome));
    item.gap = step.known ? std::max(0, step.steps) : 0;
    item.days = static_cast<int>(ledger(state, stay, london_date(now)).size());
    item.missed = missed_wash_up(state, stay, now);
    item.last_discussed = last_discussed(state, stay);
    item.changed = changed_since(state, stay, now);
    auto const* const word = last_word(state, stay, Parking::counts);
    auto const referred = core::read(state, stay, Field::referred_at).known();
    auto const review = core::read(state, stay, Field::review_on);
    auto const today = london_date(now);
    auto const due = review.known() && review_date(state, stay, now) <= today;
    judged.belongs = true;
    if (item.missed.ms != 0) {
        item.reason = AgendaReason::referral_missed;
    } else if (referred && item.last_discussed.ms == 0) {
        item.reason = AgendaReason::new_referral;
    } else if (word != nullptr && word->parked) {
        item.reason = AgendaReason::parked;
    } else if (due && london_date(item.last_discussed) < today) {
        item.reason = AgendaReason::review_due;
    } else if (action_overdue(state, stay, now)) {
        item.reason = AgendaReason::action_overdue;
    } else if (!answers_for(state, stay, item.last_discussed).empty()) {
        item.reason = AgendaReason::answered;
    } else {
        auto const placed = may_be_placed(state, stay);
        auto const flagged = code_of(state, stay, Field::at_risk) == "yes";
        item.reason = item.gap > 0 ? AgendaReason::gap
                      : placed     ? AgendaReason::placement
                                   : AgendaReason::flagged;
        judged.belongs = item.gap > 0 || placed || flagged;
        judged.later = review.known() && !due && !item.changed;
    }
    return judged;
}

}  // namespace

char const* name_of(AgendaReason reason) {
    switch (reason) {
        case AgendaReason::referral_missed:
            return "referral_missed";
        case AgendaReason::new_referral:
            return "new_referral";
        case AgendaReason::parked:
            return "parked";
        case AgendaReason::review_due:
            return "review_due";
        case AgendaReason::action_overdue:
            return "action_overdue";
        case AgendaReason::answered:
            return "answered";
        case AgendaReason::gap:
            return "gap";
        case AgendaReason::placement:
            return "placement";
        case AgendaReason::flagged:
            return "flagged";
    }
    return "placement";
}

Agenda agenda(core::State const& state, core::Code const& team, Instant now) {
    Agenda agenda;
    for (auto const& [id, stay] : state.stays) {
        if (stay.joined_into || core::end_of(state, stay)) continue;
        if (core::team_of(state, stay, core::location_at(state, stay, now)) != team) continue;
        auto const judged = judge(state, stay, now);
        if (!judged.belongs) continue;
        if (judged.later) {
            agenda.skipped.push_back(id);
        } else {
            agenda.items.push_back(judged.item);
        }
    }
    // Gap, placement and flag are one class: the largest gap first, then the longest delay.
    auto const place = [](AgendaItem const& item) {
        return std::tuple{std::min(item.reason, AgendaReason::gap), -item.gap, -item.days,
                          item.stay};
    };
    std::sort(agenda.items.begin(), agenda.items.end(),
              [&](auto const& a, auto const& b) { return place(a) < place(b); });
    return agenda;
}

Instant missed_wash_up(core::State const& state, core::Stay const& stay, Instant now) {
    auto const referred = core::read(state, stay, Field::referred_at);
    if (!referred.known() || last_discussed(state, stay).ms != 0) return {};
    // By when it was known here: nobody can discuss what nobody was told.
    auto const known = referred.fact->received;
    auto const team = core::team_of(state, stay, core::location_at(state, stay, now));
    Instant missed;
    for (auto const& [id, meeting] : state.meetings) {
        if (meeting.team != team || meeting.opened < known || meeting.closed.ms == 0) continue;
        if (meeting.closed <= now && (missed.ms == 0 || meeting.opened < missed))
            missed = meeting.opened;
    }
    return missed;
}

Instant last_discussed(core::State const& state, core::Stay const& stay) {
    auto const* const talk = last_word(state, stay, Parking::left_out);
    return talk == nullptr ? Instant{} : talk->at;
}

Date review_date(core::State const& state, core::Stay const& stay, Instant now) {
    auto const set = core::read(state, stay, Field::review_on);
    if (set.known() && set.fact->value.moment) return london_date(set.fact->value.moment->at);
    auto const team = core::team_of(state, stay, core::location_at(state, stay, now));
    auto const* const config = core::team_config(state.config, team);
    if (config == nullptr) return {};
    auto const next = core::next_wash_up(state, *config, now);
    return next.ms == 0 ? Date{} : london_date(next);
}

std::vector<core::Answer const*> answers_for(core::State const& state, core::Stay const& stay,
                                             Instant since) {
    std::vector<core::Answer const*> found;
    if (state.answers.empty()) return found;
    for (auto const* blocker : blockers_of(state, stay)) {
        if (blocker->closed) continue;
        auto const cause = core::cause_of(state, stay, *blocker);
        for (auto const& answer : state.answers) {
            if (answer.cause == cause && answer.at > since) found.push_back(&answer);
        }
    }
    return found;
}

}  // namespace washup::derive
