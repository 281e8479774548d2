#include "daemon/derive/discharge.hpp"

#include <algorithm>
#include <tuple>

#include "daemon/core/moved.hpp"
#include "daemon/core/reading.hpp"
#include "daemon/core/vocabulary.hpp"
#include "daemon/derive/ledger.hpp"

namespace washup::derive {
namespace {

using core::Field;

core::Code code_of(core::State const& state, core::Stay const& stay, Field field) {
    auto const said = core::read(state, stay, field);
    return said.known() ? said.fact->value.code : core::Code{};
}

std::optional<Moment> moment_of(core::State const& state, core::Stay const& stay, Field field) {
    auto const said = core::read(state, stay, field);
    return said.known() ? said.fact->value.moment : std::nullopt;
}

// All that was ever said of a field and not taken back, in the order of its times.
std::vector<core::Fact const*> said_of(core::State const& state, core::Stay const& stay,
                                       Field field) {
    std::vector<core::Fact const*> facts;
    for (auto const* part : core::parts_of(state, stay)) {
        auto const* history = part->history(field);
        if (history == nullptr) continue;
        for (auto const* fact : core::standing(*history, false)) {
            if (!fact->value.empty()) facts.push_back(fact);
        }
    }
    std::stable_sort(facts.begin(), facts.end(), [](auto const* a, auto const* b) {
        return std::tuple{a->times.occurred.at, a->recorded(), a->record} <
               std::tuple{b->times.occurred.at, b->recorded(), b->record};
    });
    return facts;
}

// When the meeting that first talked about this person was over; nothing when none has yet.
std::optional<Instant> first_wash_up(core::State const& state, core::Stay const& stay) {
    core::Discussion const* first = nullptr;
    for (auto const* part : core::parts_of(state, stay)) {
        for (auto const& said : part->discussions) {
            if (!said.parked && (first == nullptr || said.at < first->at)) first = &said;
        }
    }
    if (first == nullptr) return {};
    auto const meeting = state.meetings.find(first->meeting);
    auto const closed = meeting == state.meetings.end() ? Instant{} : meeting->second.closed;
    return std::max(first->at, closed);
}

core::Code held_by(std::vector<core::Fact const*> const& ideals, std::optional<Instant> at) {
    core::Fact const* held = ideals.empty() ? nullptr : ideals.front();
    for (auto const* fact : ideals) {
        if (at && fact->times.occurred.at <= *at) held = fact;
    }
    return held == nullptr ? core::Code{} : held->value.code;
}

void put_ideals(core::State const& state, core::Stay const& stay, std::optional<Moment> ready,
                Discharge& out) {
    auto const ideals = said_of(state, stay, Field::ideal_outcome);
    auto const washed_up = first_wash_up(state, stay);
    out.ideal_latest = code_of(state, stay, Field::ideal_outcome);
    out.on_board = washed_up || !ideals.empty();
    out.ideal_first = held_by(ideals, washed_up);
    for (std::size_t i = 1; i < ideals.size(); ++i) {
        auto const moved = gap(state.config, ideals[i - 1]->value.code, ideals[i]->value.code);
        if (ready && moved.known && moved.steps > 0 && ideals[i]->times.occurred.at >= ready->at)
            out.lowered_after_ready = true;
    }
}

bool is_bed(std::optional<core::Band> band) {
    return band == core::Band::short_bed || band == core::Band::long_bed;
}

core::Code pathway_of(core::State const& state, core::Stay const& stay, core::Code const& actual) {
    if (auto said = code_of(state, stay, Field::pathway); !said.empty()) return said;
    return core::pathway_of(state.config, actual);
}

}  // namespace

core::Code first_ideal(core::State const& state, core::Stay const& stay) {
    return held_by(said_of(state, stay, Field::ideal_outcome), first_wash_up(state, stay));
}

std::optional<core::Band> band_of(core::Config const& config, core::Code const& outcome) {
    for (auto const& step : config.ladder) {
        if (step.band == core::Band::off_ladder) continue;
        if (step.code == outcome || core::name_of(step.band) == outcome) return step.band;
    }
    return {};
}

std::optional<Discharge> discharge_of(core::State const& state, core::Stay const& stay) {
    if (stay.joined_into) return {};
    auto const end = core::end_of(state, stay);
    if (!end || end->how != core::ended::discharged) return {};
    Discharge out;
    out.stay = stay.id;
    out.person = state.survivor_of(stay.person);
    out.date = london_date(end->at.at);
    out.place = shown_place(state, stay);
    auto const ready = moment_of(state, stay, Field::discharge_ready);
    put_ideals(state, stay, ready, out);
    out.actual = code_of(state, stay, Field::actual_outcome);
    out.actual_band = band_of(state.config, out.actual);
    for (auto const* fact : said_of(state, stay, Field::expected_outcome)) {
        if (is_bed(band_of(state.config, fact->value.code))) out.bed_expected = true;
    }
    out.reached_first = reached(state.config, out.ideal_first, out.actual);
    out.reached_latest = reached(state.config, out.ideal_latest, out.actual);
    if (ready && london_date(ready->at) <= out.date)
        out.delay_days = std::max(out.date - *delayed_since(state, stay), 0);
    out.pathway = pathway_of(state, stay, out.actual);
    return out;
}

Return came_back(core::State const& state, Discharge const& discharge, int days) {
    auto found = Return::none;
    auto const last = discharge.date + days;
    for (auto const* record : state.records_of(discharge.person)) {
        for (auto const id : record->stays) {
            auto const it = state.stays.find(id);
            if (it == state.stays.end() || id == discharge.stay || it->second.joined_into) continue;
            auto const& stay = it->second;
            auto const end = core::end_of(state, stay);
            if (end && end->how == core::ended::recorded_in_error) continue;
            auto const admitted = moment_of(state, stay, Field::admitted_at);
            auto const date = london_date(admitted ? admitted->at : stay.opened_at);
            // The stay before it, or one that went on beside it, is no coming back.
            if (date < discharge.date || date > last) continue;
            if (date == discharge.date && id < discharge.stay) continue;
            // Who is moved here from another hospital's bed was not at home.
            if (core::came_from(state, stay) != nullptr) continue;
            auto const method = code_of(state, stay, Field::admission_method);
            if (method == "emergency") return Return::readmitted;
            if (method.empty()) found = Return::method_unknown;
        }
    }
    if (found != Return::none) return found;
    auto const* const stay = state.stay(discharge.stay);
    auto const died = stay == nullptr ? std::nullopt : moment_of(state, *stay, Field::died_at);
    if (died && london_date(died->at) <= last) found = Return::died;
    return found;
}

}  // namespace washup::derive
