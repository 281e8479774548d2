#include "tests/sim/checkers/naive/compare_state.hpp"

#include <fmt/format.h>

#include "daemon/core/clock.hpp"
#include "tests/sim/checkers/naive/sums.hpp"

namespace washup::sim::naive {
namespace {

constexpr Duration meetings_remembered = hours(24 * 100);

bool same_words(core::Sealed const& said, core::Sealed const& held) {
    return is_gone(said.text) || said.text == held.text;
}

std::string words_of(Run const& run) {
    return fmt::format("{} to {}, warned {}, ended {}, {}", run.started.ms, run.due.ms,
                       run.warn_at.ms, run.ended.ms, run.state);
}

}  // namespace

std::string runs_differ(Said const& said, Stay const& stay, core::State const& state, Instant now) {
    auto const held = state.stays.find(stay.id);
    if (held == state.stays.end()) return "the stay is not held";
    for (auto const& clock : said.config.clocks) {
        auto const ours = runs_of(said, stay, clock, now);
        auto const theirs = core::runs_of(state, held->second, clock, now);
        if (ours.size() != theirs.size())
            return fmt::format("{} ran {} times, not {}", clock.code, ours.size(), theirs.size());
        for (std::size_t i = 0; i < ours.size(); ++i) {
            auto const& run = theirs[i];
            Run const told{run.started, run.warn_at,        run.due,
                           run.ended,   name_of(run.state), run.by_event};
            if (words_of(ours[i]) == words_of(told) && ours[i].by_event == told.by_event) continue;
            return fmt::format("{} is {}; it is told as {}", clock.code, words_of(ours[i]),
                               words_of(told));
        }
    }
    return {};
}

std::string notes_differ(Said const& said, Stay const& stay, core::State const& state) {
    auto const it = state.stays.find(stay.id);
    if (it == state.stays.end()) return "the stay is not held";
    auto const& held = it->second;
    auto const& notes = said.notes.of(stay.id);
    if (notes.words.size() != held.discussions.size() || notes.asked.size() != held.prompts.size())
        return fmt::format("{} words and {} answers of wash-ups, not {} and {}", notes.words.size(),
                           notes.asked.size(), held.discussions.size(), held.prompts.size());
    for (std::size_t i = 0; i < notes.words.size(); ++i) {
        auto const& ours = notes.words[i];
        auto const& theirs = held.discussions[i];
        if (ours.meeting != theirs.meeting || ours.at != theirs.at ||
            ours.parked != theirs.parked || !same_words(ours.text, theirs.note))
            return "a wash-up said something else";
    }
    for (std::size_t i = 0; i < notes.asked.size(); ++i) {
        auto const& ours = notes.asked[i];
        auto const& theirs = held.prompts[i];
        if (ours.meeting != theirs.meeting || ours.prompt != theirs.prompt ||
            !same_words(ours.answer, theirs.answer) ||
            !same_words(ours.managed_by, theirs.managed_by))
            return "a prompt was answered otherwise";
    }
    if (notes.breaches.size() != held.breaches.size()) return "breaches were lost";
    for (std::size_t i = 0; i < notes.breaches.size(); ++i) {
        auto const& ours = notes.breaches[i];
        auto const& theirs = held.breaches[i];
        if (ours.said.clock != theirs.clock || ours.said.started != theirs.started ||
            ours.said.due != theirs.due || ours.withdrawn != theirs.withdrawn)
            return "the breach of " + ours.said.clock + " is held otherwise";
    }
    return {};
}

std::string meetings_differ(Said const& said, core::State const& state) {
    std::map<core::MeetingId, std::map<core::StayId, bool>> last_word;  // whether put off
    for (auto const& [id, notes] : said.notes.stays) {
        for (auto const& word : notes.words) last_word[word.meeting][id] = word.parked;
    }
    for (auto const& [id, meeting] : said.notes.meetings) {
        auto const it = state.meetings.find(id);
        bool const old =
            meeting.closed.ms != 0 && meeting.closed + meetings_remembered < said.last_at;
        if (it == state.meetings.end()) {
            if (old) continue;
            return fmt::format("wash-up {} is forgotten", id.value());
        }
        auto const& held = it->second;
        if (held.team != meeting.said.team || held.planned != meeting.said.planned ||
            held.chair != meeting.said.chair || held.opened != meeting.opened ||
            held.closed != meeting.closed)
            return fmt::format("wash-up {} sat otherwise", id.value());
        for (auto const& [stay, parked] : last_word[id]) {
            if (held.parked.contains(stay) != parked || held.discussed.contains(stay) == parked)
                return fmt::format("wash-up {} discussed others", id.value());
        }
    }
    return {};
}

std::string frozen_differs(Said const& said, core::ParetoFrozen const& frozen) {
    if (frozen.date != said.today) return "the Pareto was frozen on another day";
    auto const sums = count(said);
    std::size_t bars = 0;
    for (auto const& [bar, counted] : sums.bars) {
        if (bar.scope != frozen.scope || bar.window != frozen.window || bar.level != "leaf")
            continue;
        ++bars;
        bool found = false;
        for (auto const& leaf : frozen.leaves) {
            found = found || (leaf.reason == bar.code && leaf.local_reason == bar.local &&
                              leaf.bed_days == counted.bed_days &&
                              leaf.people == static_cast<std::int64_t>(counted.people.size()));
        }
        if (!found)
            return fmt::format("{} of {}, {} days, is not so in the frozen Pareto", bar.code,
                               frozen.scope, counted.bed_days);
    }
    return bars == frozen.leaves.size() ? "" : "the frozen Pareto has other bars";
}

}  // namespace washup::sim::naive
