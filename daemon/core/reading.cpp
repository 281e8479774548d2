#include "daemon/core/reading.hpp"

#include <algorithm>
#include <tuple>

#include "daemon/core/command.hpp"

namespace washup::core {

Stay const* State::stay(StayId id) const {
    auto it = stays.find(id);
    while (it != stays.end() && it->second.joined_into) it = stays.find(it->second.joined_into);
    return it == stays.end() ? nullptr : &it->second;
}

Person const* State::person(PersonId id) const {
    auto const it = persons.find(id);
    return it == persons.end() ? nullptr : &it->second;
}

PersonId State::survivor_of(PersonId id) const {
    // decide refuses a merge that would close a circle, so this ends.
    for (auto it = persons.find(id); it != persons.end() && it->second.survivor;
         it = persons.find(id)) {
        id = it->second.survivor;
    }
    return id;
}

std::vector<Person const*> State::records_of(PersonId id) const {
    std::vector<Person const*> records;
    if (auto const* self = person(id)) records.push_back(self);
    for (std::size_t i = 0; i < records.size(); ++i) {
        for (auto const retired : records[i]->retired) {
            if (auto const* record = person(retired)) records.push_back(record);
        }
    }
    return records;
}

SourceName const& master_of(Config const& config, Field field) {
    static SourceName const none;
    for (auto const& master : config.masters) {
        if (master.field == field) return master.source;
    }
    return none;
}

std::vector<Stay const*> parts_of(State const& state, Stay const& stay) {
    std::vector<Stay const*> parts{&stay};
    for (auto const id : stay.joined) {
        auto const it = state.stays.find(id);
        if (it != state.stays.end()) parts.push_back(&it->second);
    }
    return parts;
}

Current read(State const& state, Stay const& stay, Field field) {
    auto const& master = master_of(state.config, field);
    auto const latest_only = cancels_latest_only(field);
    // Most rows are one record of one person: then there is nothing to put together.
    if (!of_person(field) && stay.joined.empty()) {
        auto const* history = stay.history(field);
        return history == nullptr ? Current{} : current(*history, master, latest_only);
    }
    std::vector<FieldHistory const*> histories;
    if (of_person(field)) {
        auto const* self = state.person(state.survivor_of(stay.person));
        if (self != nullptr && self->retired.empty()) {
            auto const it = self->fields.find(field);
            return it == self->fields.end() ? Current{} : current(it->second, master, latest_only);
        }
        for (auto const* record : state.records_of(state.survivor_of(stay.person))) {
            auto const it = record->fields.find(field);
            if (it != record->fields.end()) histories.push_back(&it->second);
        }
    } else {
        for (auto const* part : parts_of(state, stay)) {
            if (auto const* history = part->history(field)) histories.push_back(history);
        }
    }
    return current(histories, master, latest_only);
}

bool has_ended(State const& state, Stay const& stay) {
    return read(state, stay, Field::ending).known();
}

namespace {

// A death before the ward ended the stay is the end: the bed may be cleared, or the file closed, on
// a later day. Of one day, the one that has a time.
bool died_first(Moment const& died, Moment const& ended) {
    auto const on = london_date(died.at), left = london_date(ended.at);
    if (on != left || died.precision == Precision::date) return on < left;
    return ended.precision == Precision::date || died.at < ended.at;
}

// One that is dated before the admission is of another person or the wrong year.
bool plausible_death(State const& state, Stay const& stay, Moment const& died) {
    auto const admitted = read(state, stay, Field::admitted_at);
    return !admitted.known() || !admitted.fact->value.moment ||
           london_date(died.at) >= london_date(admitted.fact->value.moment->at);
}

}  // namespace

std::optional<End> end_of(State const& state, Stay const& stay) {
    auto const at = [](Fact const& fact) {
        return fact.value.moment.value_or(fact.times.occurred);
    };
    auto const ending = read(state, stay, Field::ending);
    auto const died = read(state, stay, Field::died_at);
    if (!ending.known())
        return died.known() ? std::optional{End{ended::died, at(*died.fact)}} : std::nullopt;
    End const end{ending.fact->value.code, at(*ending.fact)};
    if (!died.known() || end.how == ended::recorded_in_error) return end;
    auto const death = at(*died.fact);
    if (!died_first(death, end.at) || !plausible_death(state, stay, death)) return end;
    return End{ended::died, death};
}

Fact const* undone_ending(State const& state, Stay const& stay) {
    if (has_ended(state, stay)) return nullptr;
    for (auto const* part : parts_of(state, stay)) {
        auto const* history = part->history(Field::ending);
        if (history == nullptr) continue;
        auto by_sources = *history;
        std::erase_if(by_sources.retractions,
                      [](auto const& cancel) { return cancel.source == board_source; });
        auto const said = current(by_sources, {});
        if (!said.known()) continue;
        // `said` reads a copy: give the fact that is kept.
        for (auto const& fact : history->facts) {
            if (fact.record == said.fact->record && fact.source != board_source) return &fact;
        }
    }
    return nullptr;
}

bool has_died(State const& state, Stay const& stay) {
    auto const ending = read(state, stay, Field::ending);
    if (ending.known() && ending.fact->value.code == ended::died) return true;
    return read(state, stay, Field::died_at).known();
}

Places::Places(State const& state, Stay const& stay) {
    for (auto const* part : parts_of(state, stay)) {
        auto const* history = part->history(Field::location);
        if (history == nullptr) continue;
        for (auto const* fact : standing(*history, true)) {
            if (fact->value.location) said_.push_back(fact);
        }
    }
    // Each part is in order; what the council said of a place may be between two words of the ward.
    auto const order = [](Fact const* fact) {
        return std::tuple{fact->times.occurred.at, fact->recorded(), fact->record};
    };
    std::stable_sort(said_.begin(), said_.end(),
                     [&](auto const* a, auto const* b) { return order(a) < order(b); });
}

Location Places::at(Instant at) const {
    Fact const* found = nullptr;
    for (auto const* fact : said_) {
        if (found == nullptr || fact->times.occurred.at <= at) found = fact;
    }
    return found == nullptr ? Location{} : *found->value.location;
}

Location location_at(State const& state, Stay const& stay, Instant at) {
    return Places{state, stay}.at(at);
}

Code site_code(Config const& config, Code const& as_given) {
    for (auto const& site : config.sites) {
        if (site.code == as_given ||
            std::find(site.aliases.begin(), site.aliases.end(), as_given) != site.aliases.end()) {
            return site.code;
        }
    }
    return {};
}

WardConfig const* ward_config(Config const& config, Code const& site, Code const& ward) {
    WardConfig const* found = nullptr;
    for (auto const& entry : config.wards) {
        if (entry.code != ward) continue;
        if (entry.site == site) return &entry;
        if (site.empty()) found = &entry;
    }
    return found;
}

TeamConfig const* team_config(Config const& config, Code const& team) {
    for (auto const& entry : config.teams) {
        if (entry.code == team) return &entry;
    }
    return nullptr;
}

Code team_of(State const& state, Stay const& stay, Location const& location) {
    if (auto const said = read(state, stay, Field::team); said.known())
        return said.fact->value.code;
    auto const* ward =
        ward_config(state.config, site_code(state.config, location.site), location.ward);
    return ward == nullptr ? Code{} : ward->team;
}

std::vector<Stay const*> live_stays(State const& state, PersonId person) {
    std::vector<Stay const*> live;
    for (auto const* record : state.records_of(state.survivor_of(person))) {
        for (auto const id : record->stays) {
            auto const it = state.stays.find(id);
            if (it == state.stays.end() || it->second.joined_into) continue;
            if (!has_ended(state, it->second)) live.push_back(&it->second);
        }
    }
    auto const admitted = [&](Stay const* stay) {
        auto const said = read(state, *stay, Field::admitted_at);
        return said.known() && said.fact->value.moment ? said.fact->value.moment->at
                                                       : stay->opened_at;
    };
    std::stable_sort(live.begin(), live.end(),
                     [&](auto const* a, auto const* b) { return admitted(a) < admitted(b); });
    return live;
}

}  // namespace washup::core
