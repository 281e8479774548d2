#include "tests/sim/checkers/naive/sums.hpp"

namespace washup::sim::naive {
namespace {

std::vector<std::string> scopes_of(core::Config const& config, std::string const& site,
                                   std::string const& team, std::string const& ward) {
    std::vector<std::string> scopes{"all"};
    for (auto const& entry : config.teams) {
        if (entry.code == team && !team.empty() && !entry.area.empty())
            scopes.push_back("area:" + entry.area);
    }
    if (!site.empty()) scopes.push_back("site:" + site);
    if (!team.empty()) scopes.push_back("team:" + team);
    if (!ward.empty()) scopes.push_back("ward:" + site + "/" + ward);
    return scopes;
}

// A midnight is of yesterday when it is the one that began today.
std::vector<std::string> windows_of(int days_ago, bool here) {
    std::vector<std::string> windows;
    if (here) windows.push_back("now");
    if (days_ago == 1) windows.push_back("today");
    if (days_ago <= 7) windows.push_back("7");
    if (days_ago <= 28) windows.push_back("28");
    if (days_ago <= 91) windows.push_back("91");
    if (days_ago > 7 && days_ago <= 14) windows.push_back("prior_7");
    return windows;
}

std::string theme_of(core::Config const& config, Blocker const* blocker) {
    if (blocker == nullptr) return {};
    for (auto const& code : {blocker->said.local_reason, blocker->said.reason}) {
        for (auto const& entry : config.reasons) {
            if (!code.empty() && entry.code == code && !entry.theme.empty()) return entry.theme;
        }
    }
    return "other";
}

void count_midnights(Said const& said, Stay const& stay, Sums& sums) {
    bool const here = !end_of(said, stay);
    auto const person = said.reads_for(stay.person);
    for (auto const& lost : lost_midnights(said, stay)) {
        std::string reason, local;
        if (lost.held_by != nullptr) {
            reason = lost.held_by->said.reason;
            local = lost.held_by->said.local_reason;
            if (reason.empty() && local.empty()) reason = "unmapped";
        }
        auto const theme = theme_of(said.config, lost.held_by);
        for (auto const& window : windows_of(said.today - lost.date, here)) {
            for (auto const& scope : scopes_of(said.config, lost.site, lost.team, lost.ward)) {
                ++sums.heads[scope].days[window];
                if (window == "today" || window == "prior_7") continue;
                auto& leaf = sums.bars[Bar{scope, window, "leaf", reason, local}];
                ++leaf.bed_days;
                leaf.people.insert(person);
                sums.bars[Bar{scope, window, "theme", theme, {}}].people.insert(person);
                sums.bars[Bar{scope, window, "reason", reason, {}}].people.insert(person);
            }
        }
    }
}

std::string code_now(Said const& said, Stay const& stay, core::Field field) {
    auto const what = now(said, stay, field);
    return what.known() ? what.since->value().code : std::string{};
}

// When the meeting that first talked about this person was over; while it sits, when it did.
std::optional<Instant> first_wash_up(Said const& said, Stay const& stay) {
    Word const* first = nullptr;
    for (auto const* part : said.parts_of(stay)) {
        for (auto const& word : said.notes.of(part->id).words) {
            if (!word.parked && (first == nullptr || word.at < first->at)) first = &word;
        }
    }
    if (first == nullptr) return {};
    auto const meeting = said.notes.meetings.find(first->meeting);
    auto const sat = meeting == said.notes.meetings.end() ? Instant{} : meeting->second.closed;
    return std::max(first->at, sat);
}

// The ideal held at the first wash-up: the last that was said of a time before its end. Without
// one, and when none was held by then, the first.
std::string first_ideal(Said const& said, Stay const& stay) {
    std::vector<Fact const*> ideals;
    for (auto const* part : said.parts_of(stay)) {
        auto const it = part->fields.find(core::Field::ideal_outcome);
        if (it == part->fields.end()) continue;
        for (auto const* fact : standing(it->second, false)) {
            if (!fact->value().code.empty()) ideals.push_back(fact);
        }
    }
    auto const washed_up = first_wash_up(said, stay);
    Fact const* held = nullptr;
    for (auto const* fact : ideals) {
        if (held == nullptr || fact->occurred.at < held->occurred.at) held = fact;
    }
    for (auto const* fact : ideals) {
        bool const by_then = washed_up && fact->occurred.at <= *washed_up;
        if (by_then && fact->occurred.at >= held->occurred.at) held = fact;
    }
    return held == nullptr ? std::string{} : held->value().code;
}

void count_stay(Said const& said, Stay const& stay, Sums& sums) {
    Head one;
    auto const ideal = code_now(said, stay, core::Field::ideal_outcome);
    if (auto const end = end_of(said, stay)) {
        auto const first = first_ideal(said, stay);
        auto const days_ago = said.today - london_date(end->at);
        if (end->how != "discharged" || first.empty() || days_ago < 1 || days_ago > 28) return;
        auto const actual = code_now(said, stay, core::Field::actual_outcome);
        auto const way = gap(said.config, first, actual);
        one.discharged = 1;
        one.ideal_known = way.known ? 1 : 0;
        one.ideal_reached = way.known && way.steps <= 0 ? 1 : 0;
    } else {
        auto const way =
            gap(said.config, ideal, code_now(said, stay, core::Field::expected_outcome));
        one.live = 1;
        one.ready = now(said, stay, core::Field::discharge_ready).known() ? 1 : 0;
        one.on_track_known = way.known ? 1 : 0;
        one.on_track = way.known && way.steps <= 0 ? 1 : 0;
    }
    auto const place = now(said, stay, core::Field::location);
    auto const at =
        place.known() ? place.since->value().location.value_or(core::Location{}) : core::Location{};
    for (auto const& scope :
         scopes_of(said.config, site_of(said, at), team_of(said, stay, at), at.ward)) {
        auto& head = sums.heads[scope];
        head.ready += one.ready;
        head.live += one.live;
        head.on_track_known += one.on_track_known;
        head.on_track += one.on_track;
        head.discharged += one.discharged;
        head.ideal_known += one.ideal_known;
        head.ideal_reached += one.ideal_reached;
    }
}

}  // namespace

Sums count(Said const& said) {
    Sums sums;
    for (auto const& [id, stay] : said.stays) {
        if (stay.joined_into) continue;  // counted with the stay it is read through
        count_midnights(said, stay, sums);
        count_stay(said, stay, sums);
    }
    return sums;
}

}  // namespace washup::sim::naive
