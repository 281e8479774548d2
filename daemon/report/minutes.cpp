#include <fmt/format.h>

#include <charconv>
#include <map>

#include "daemon/core/reading.hpp"
#include "daemon/core/wash_up.hpp"
#include "daemon/derive/meeting_record.hpp"
#include "daemon/report/asked.hpp"
#include "daemon/report/cells.hpp"
#include "daemon/report/meeting_reports.hpp"

// What a wash-up decided, and which were held.

namespace washup::report {
namespace {

Result<core::Meeting const*> meeting_asked(core::State const& state, Options const& options) {
    auto const number = option(options, "meeting");
    if (number.empty()) {
        auto const team = team_asked(state, options);
        if (!team) return team.error();
        auto const after = Instant{state.last_at.ms + 1};
        if (auto const* const meeting = derive::latest_meeting(state, (*team)->code, after))
            return meeting;
        return invalid("no wash-up of this team is remembered", "scope");
    }
    std::uint64_t id = 0;
    auto const* const end = number.data() + number.size();
    auto const read = std::from_chars(number.data(), end, id);
    auto const it = state.meetings.find(core::MeetingId{id});
    if (read.ec != std::errc{} || read.ptr != end || it == state.meetings.end())
        return invalid(fmt::format("there is no wash-up \"{}\"", number), "meeting");
    return &it->second;
}

Table head(core::State const& state, derive::MeetingRecord const& record) {
    auto const& meeting = *record.meeting;
    auto const* const team = core::team_config(state.config, meeting.team);
    Table table{fmt::format("Minutes, {}", team == nullptr ? meeting.team : team->words),
                "Entries of while the wash-up was open, by whoever made them.",
                {"what", "is"},
                {}};
    table.lines = {
        {"number", std::to_string(meeting.id.value())},
        {"planned", meeting.planned.ms == 0 ? "an extra one" : time_cell(meeting.planned)},
        {"opened", time_cell(meeting.opened)},
        {"closed", meeting.closed.ms == 0 ? "still open" : time_cell(meeting.closed)},
        {"chair", staff_cell(state, meeting.chair)},
        {"discussed", std::to_string(record.discussed.size())},
        {"put off", std::to_string(record.parked.size())},
        {"not discussed", std::to_string(record.not_discussed.size())}};
    return table;
}

std::string prompt_words(core::State const& state, core::Code const& code) {
    for (auto const& prompt : state.config.prompts) {
        if (prompt.code == code) return prompt.words;
    }
    return code;
}

Table decisions(core::State const& state, derive::MeetingRecord const& record) {
    Table table{"Decisions",
                "Person by person, in the order in which they were discussed.",
                {"stay", "name", "place", "what", "said", "owner", "due", "decided by"},
                {}};
    for (auto const& each : record.discussed) {
        auto const& stay = state.stays.at(each.stay);
        auto const line = [&](std::string what, std::string said, std::string owner = {},
                              std::string due = {}) {
            auto const* const word = each.word;
            auto const by = word == nullptr            ? core::StaffId{}
                            : word->decided_by.empty() ? word->actor
                                                       : word->decided_by;
            table.lines.push_back({stay_cell(each.stay), name_cell(state, stay),
                                   place_cell(state, stay), std::move(what), std::move(said),
                                   std::move(owner), std::move(due), staff_cell(state, by)});
        };
        line("discussed", each.word == nullptr ? "" : words_cell(each.word->note));
        for (auto const* asked : each.asked) {
            auto said = words_cell(asked->answer);
            auto const who = words_cell(asked->managed_by);
            if (!who.empty()) said += (said.empty() ? "" : "; ") + ("managed by " + who);
            line(prompt_words(state, asked->prompt), said.empty() ? "asked" : said);
        }
        for (auto const& decided : each.decided) {
            line(decided.what, decided.value, staff_cell(state, decided.owner),
                 time_cell(decided.deadline));
        }
    }
    return table;
}

Table by_owner(core::State const& state, derive::MeetingRecord const& record) {
    Table table{"Actions by owner",
                "Made at this wash-up.",
                {"owner", "due", "action", "stay", "name"},
                {}};
    std::multimap<std::pair<std::string, Instant>, std::vector<std::string>> lines;
    for (auto const* list : {&record.discussed, &record.parked}) {
        for (auto const& each : *list) {
            for (auto const& decided : each.decided) {
                if (decided.what != "action") continue;
                auto const owner = staff_cell(state, decided.owner);
                lines.insert({{owner, decided.deadline},
                              {owner, time_cell(decided.deadline), decided.value,
                               stay_cell(each.stay), name_cell(state, state.stays.at(each.stay))}});
            }
        }
    }
    for (auto& [key, line] : lines) table.lines.push_back(std::move(line));
    return table;
}

Table left(core::State const& state, derive::MeetingRecord const& record) {
    Table table{"Put off and not discussed",
                "Who was on the agenda and was not talked about.",
                {"stay", "name", "place", "why"},
                {}};
    auto const line = [&](core::StayId id, std::string why) {
        auto const& stay = state.stays.at(id);
        table.lines.push_back(
            {stay_cell(id), name_cell(state, stay), place_cell(state, stay), std::move(why)});
    };
    for (auto const& each : record.parked) {
        line(each.stay,
             each.word == nullptr ? "put off" : "put off: " + words_cell(each.word->note));
    }
    for (auto const id : record.not_discussed) {
        if (!record.meeting->parked.contains(id)) line(id, "not discussed");
    }
    return table;
}

}  // namespace

std::optional<Instant> wash_up_over_at(core::State const& state, Options const& options) {
    auto const meeting = meeting_asked(state, options);
    if (!meeting || (*meeting)->closed.ms == 0) return {};
    return (*meeting)->closed;
}

Result<Document> minutes(core::State const& state, Options const& options) {
    auto const meeting = meeting_asked(state, options);
    if (!meeting) return meeting.error();
    auto const record = derive::record_of(state, **meeting, state.last_at);
    return Document{{head(state, record), decisions(state, record), by_owner(state, record),
                     left(state, record)},
                    "Minutes",
                    fmt::format("{}, {}", (*meeting)->team, time_cell((*meeting)->opened))};
}

Result<Document> meetings(core::State const& state, Options const& options) {
    core::Code wanted;
    if (!option(options, "scope").empty()) {
        auto const team = team_asked(state, options);
        if (!team) return team.error();
        wanted = (*team)->code;
    }
    Table held{"Wash-ups",
               "Those of the last 100 days, the latest first.",
               {"number", "team", "planned", "opened", "closed", "chair", "discussed", "put off"},
               {}};
    for (auto it = state.meetings.rbegin(); it != state.meetings.rend(); ++it) {
        auto const& meeting = it->second;
        if (!wanted.empty() && meeting.team != wanted) continue;
        held.lines.push_back(
            {std::to_string(meeting.id.value()), meeting.team, time_cell(meeting.planned),
             time_cell(meeting.opened), time_cell(meeting.closed), meeting.chair,
             std::to_string(meeting.discussed.size()), std::to_string(meeting.parked.size())});
    }
    Table next{"Next", "By the team's schedule.", {"team", "words", "next", "cancelled"}, {}};
    for (auto const& team : state.config.teams) {
        if (!wanted.empty() && team.code != wanted) continue;
        std::string cancelled;
        for (auto const& [code, at] : state.cancelled_wash_ups) {
            if (code == team.code && at > state.last_at)
                cancelled += (cancelled.empty() ? "" : ", ") + time_cell(at);
        }
        next.lines.push_back({team.code, team.words,
                              time_cell(core::next_wash_up(state, team, state.last_at)),
                              cancelled});
    }
    return Document{{std::move(next), std::move(held)}};
}

Result<Document> prompts(core::State const& state, Options const&) {
    Table table{"Prompts",
                "Put at the wash-up where there is a gap or an unknown.",
                {"code", "question", "names who"},
                {}};
    for (auto const& prompt : state.config.prompts)
        table.lines.push_back({prompt.code, prompt.words, yes_no(prompt.names_who)});
    return Document{{std::move(table)}};
}

}  // namespace washup::report
