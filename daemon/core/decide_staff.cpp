#include <fmt/format.h>

#include <algorithm>

#include "daemon/core/decide_command.hpp"

// A person's commands about the staff list: who is on it, who is away, who takes over whose
// actions.

namespace washup::core {
namespace {

bool knows_hours(Config const& config, Code const& code) {
    return code.empty() || std::any_of(config.calendars.begin(), config.calendars.end(),
                                       [&](auto const& calendar) { return calendar.code == code; });
}

}  // namespace

bool is_away(Staff const& staff, Date date) {
    return staff.away_from.days != 0 && staff.away_from <= date && date <= staff.away_until;
}

std::string away_words(State const& state, StaffId const& id, Date date) {
    auto const it = state.staff.find(id);
    if (it == state.staff.end() || !is_away(it->second, date)) return {};
    auto const& staff = it->second;
    auto words = fmt::format("{} is away until {}", staff.name.text.empty() ? id : staff.name.text,
                             to_iso(staff.away_until));
    auto const deputy = state.staff.find(staff.deputy);
    if (deputy != state.staff.end())
        words += fmt::format("; {} does the work meanwhile", deputy->second.name.text);
    return words;
}

Outcomes carry_out(Decider& d, Command const&, AddStaff const& add) {
    if (add.id.empty()) return refused("a staff id is needed", "id");
    if (add.name.empty()) return refused("a name is needed", "name");
    if (!add.team.empty() && team_config(d.state.config, add.team) == nullptr) {
        return refused(fmt::format("\"{}\" is not a team of the site file", add.team), "team");
    }
    auto const it = d.state.staff.find(add.id);
    auto const held = it == d.state.staff.end() ? Staff{} : it->second;
    StaffAdded const said{add.id,
                          Sealed{add.name, {}},
                          add.role,
                          add.team,
                          add.organisation.value_or(held.organisation),
                          Sealed{add.email.value_or(held.email.text), {}},
                          add.hours.value_or(held.hours)};
    if (!knows_hours(d.state.config, said.hours)) {
        return refused(fmt::format("\"{}\" is not a calendar of the site file", said.hours),
                       "hours");
    }
    if (!said.email.text.empty() && said.email.text.find('@') == std::string::npos)
        return refused("this is no e-mail address", "email");
    if (it != d.state.staff.end() && held.name.text == add.name && held.role == add.role &&
        held.team == add.team && held.organisation == said.organisation &&
        held.email.text == said.email.text && held.hours == said.hours) {
        d.decision.outcome.warning = "nothing to change: the staff list says so already";
        return ok();
    }
    d.emit(said);
    return ok();
}

Outcomes carry_out(Decider& d, Command const& c, SetAway const& away) {
    auto const unknown = [&](StaffId const& id, char const* field) {
        return refused(fmt::format("\"{}\" is not on the staff list", id), field);
    };
    if (!d.state.staff.contains(away.staff)) return unknown(away.staff, "staff");
    if (!away.from && !away.until) {
        d.emit(StaffAwaySet{away.staff, {}, {}, {}, c.actor});
        return ok();
    }
    if (!away.from || !away.until) return refused("say from when until when", "until");
    auto const from = london_date(away.from->at), until = london_date(away.until->at);
    if (until < from) return refused("this ends before it begins", "until");
    if (until < london_date(d.now)) return refused("this is past", "until");
    if (!away.deputy.empty()) {
        if (away.deputy == away.staff) return refused("nobody stands in for oneself", "deputy");
        auto const deputy = d.state.staff.find(away.deputy);
        if (deputy == d.state.staff.end()) return unknown(away.deputy, "deputy");
        auto const& other = deputy->second;
        if (other.away_from.days != 0 && other.away_from <= until && from <= other.away_until) {
            d.decision.outcome.warning = away_words(d.state, away.deputy, other.away_from);
        }
    }
    d.emit(StaffAwaySet{away.staff, from, until, away.deputy, c.actor});
    return ok();
}

Outcomes carry_out(Decider& d, Command const& c, HandOverActions const& over) {
    for (auto const& [id, field] : {std::pair{over.from, "from"}, std::pair{over.to, "to"}}) {
        if (!d.state.staff.contains(id))
            return refused(fmt::format("\"{}\" is not on the staff list", id), field);
    }
    if (over.from == over.to) return refused("they are the same person", "to");
    if (over.why.empty()) return refused("handing actions over needs a reason", "why");
    std::uint64_t count = 0;
    for (auto const& [id, stay] : d.state.stays) {
        for (auto const& action : stay.actions) {
            if (action.owner != over.from || action.state != ActionState::open) continue;
            d.emit(ActionHandedOver{id,
                                    action.id,
                                    over.from,
                                    over.to,
                                    Sealed{over.why, {}},
                                    c.actor,
                                    board_source,
                                    entered(d, c),
                                    {}});
            ++count;
        }
    }
    if (count == 0) return refused("there is no open action of theirs", "from");
    d.decision.outcome.made = count;
    d.decision.outcome.warning = away_words(d.state, over.to, london_date(d.now));
    return ok();
}

}  // namespace washup::core
