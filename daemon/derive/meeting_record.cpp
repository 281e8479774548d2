#include "daemon/derive/meeting_record.hpp"

#include <algorithm>

#include "daemon/core/command.hpp"
#include "daemon/core/reading.hpp"
#include "daemon/derive/agenda.hpp"

namespace washup::derive {
namespace {

struct During {
    Instant from, to;
    bool holds(Instant at) const { return from <= at && at <= to; }
};

std::string shown(core::Value const& value) {
    if (!value.code.empty()) return value.code;
    if (value.moment) return to_text(*value.moment);
    return value.empty() ? "taken away" : value.text.text;
}

core::Code reason_of(core::Blocker const& blocker) {
    return blocker.local_reason.empty() ? blocker.reason : blocker.local_reason;
}

void add_facts(core::Stay const& part, During const& during, std::vector<Decided>& decided) {
    for (auto const& [field, history] : part.fields) {
        for (auto const& fact : history.facts) {
            if (fact.source == core::board_source && during.holds(fact.received))
                decided.push_back({core::name_of(field), shown(fact.value), {}, {}});
        }
    }
}

// What people entered, whoever it was: at a meeting two may type.
std::vector<Decided> decided_during(core::State const& state, core::Stay const& stay,
                                    During const& during) {
    std::vector<Decided> decided;
    for (auto const* part : core::parts_of(state, stay)) {
        add_facts(*part, during, decided);
        for (auto const& blocker : part->blockers) {
            if (blocker.source == core::board_source && during.holds(blocker.recorded))
                decided.push_back({"blocker", reason_of(blocker), {}, {}});
            if (blocker.closed && during.holds(blocker.closed_recorded))
                decided.push_back({"blocker closed", reason_of(blocker), {}, {}});
        }
        for (auto const& action : part->actions) {
            if (action.source == core::board_source && during.holds(action.recorded)) {
                decided.push_back({"action", action.text.text, action.owner, action.deadline});
            } else if (action.state != core::ActionState::open && during.holds(action.changed_at)) {
                decided.push_back({"action " + std::string(core::name_of(action.state)),
                                   action.text.text,
                                   action.owner,
                                   {}});
            }
        }
    }
    return decided;
}

void add_words(core::State const& state, core::Meeting const& meeting, During const& during,
               MeetingRecord& record) {
    auto const add = [&](core::StayId id, std::vector<DiscussedStay>& list) {
        auto const it = state.stays.find(id);
        if (it == state.stays.end()) return;
        DiscussedStay found{id, nullptr, decided_during(state, it->second, during), {}};
        for (auto const& word : it->second.discussions) {
            if (word.meeting == meeting.id) found.word = &word;
        }
        for (auto const& asked : it->second.prompts) {
            if (asked.meeting == meeting.id) found.asked.push_back(&asked);
        }
        list.push_back(std::move(found));
    };
    for (auto const id : meeting.discussed) add(id, record.discussed);
    for (auto const id : meeting.parked) add(id, record.parked);
    auto const by_time = [](DiscussedStay const& a, DiscussedStay const& b) {
        if (a.word == nullptr || b.word == nullptr) return a.word != nullptr;
        return std::pair{a.word->at, a.stay} < std::pair{b.word->at, b.stay};
    };
    std::sort(record.discussed.begin(), record.discussed.end(), by_time);
    std::sort(record.parked.begin(), record.parked.end(), by_time);
}

bool of_team(core::State const& state, core::Stay const& stay, core::Code const& team,
             Instant now) {
    return core::team_of(state, stay, core::location_at(state, stay, now)) == team;
}

void add_work(core::State const& state, core::Stay const& stay, SinceLast& out, Instant now) {
    for (auto const* part : core::parts_of(state, stay)) {
        for (auto const& blocker : part->blockers) {
            if (blocker.closed && blocker.closed_recorded > out.since)
                out.cleared.emplace_back(stay.id, &blocker);
        }
        for (auto const& action : part->actions) {
            auto const finished =
                action.state != core::ActionState::open && action.changed_at > out.since;
            auto const late = action.state == core::ActionState::open && action.deadline <= now;
            if (finished || late) out.promised.emplace_back(stay.id, &action);
        }
    }
}

}  // namespace

MeetingRecord record_of(core::State const& state, core::Meeting const& meeting, Instant now) {
    MeetingRecord record;
    record.meeting = &meeting;
    During const during{meeting.opened, meeting.closed.ms == 0 ? now : meeting.closed};
    add_words(state, meeting, during, record);
    for (auto const& item : agenda(state, meeting.team, now).items) {
        auto const it = state.stays.find(item.stay);
        if (it->second.opened_at > during.to || meeting.discussed.contains(item.stay)) continue;
        record.not_discussed.push_back(item.stay);
    }
    return record;
}

core::Meeting const* latest_meeting(core::State const& state, core::Code const& team,
                                    Instant before) {
    core::Meeting const* latest = nullptr;
    for (auto const& [id, meeting] : state.meetings) {
        if (meeting.team != team || meeting.opened >= before) continue;
        if (latest == nullptr || latest->opened <= meeting.opened) latest = &meeting;
    }
    return latest;
}

SinceLast since_last(core::State const& state, core::Code const& team, Instant now) {
    SinceLast out;
    auto const* last = latest_meeting(state, team, now);
    // While a meeting is open, "last time" is the one before it.
    if (last != nullptr && last->closed.ms == 0) last = latest_meeting(state, team, last->opened);
    if (last != nullptr) out.since = last->opened;
    for (auto const& [id, stay] : state.stays) {
        if (stay.joined_into || !of_team(state, stay, team, now)) continue;
        if (auto const end = core::end_of(state, stay)) {
            if (stay.end_recorded_at <= out.since) continue;
            (end->how == core::ended::discharged ? out.went_home : out.ended).push_back(id);
            continue;
        }
        auto const referred = core::read(state, stay, core::Field::referred_at);
        if (stay.opened_at > out.since ||
            (referred.known() && referred.fact->received > out.since)) {
            out.new_here.push_back(id);
        }
        add_work(state, stay, out, now);
    }
    for (auto const& answer : state.answers) {
        if (answer.at > out.since) out.answers.push_back(&answer);
    }
    return out;
}

}  // namespace washup::derive
