#include "daemon/derive/matching.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <tuple>

#include "daemon/core/reading.hpp"
#include "daemon/derive/assignment.hpp"
#include "daemon/derive/capacity.hpp"
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

FreePlaces places_of(core::Service const& service) {
    return {service.counters.service, *service.counters.accepting,
            service.counters.unit != "hour_week"};
}

auto order_of(Match const& match) {
    return std::tuple{-match.days, -match.gap.value_or(-1), match.want.stay, match.want.since,
                      match.want.kind};
}

class Fitting {
  public:
    Fitting(core::State const& state, Match const& match, core::CapacityReported const& service)
        : state_(state), stay_(state.stays.at(match.want.stay)), match_(match), service_(service) {}

    Fit make() {
        look_at_place();
        look_at_outcome();
        look_at_readiness();
        look_at_other_blockers();
        return std::move(fit_);
    }

  private:
    void look_at_place() {
        auto const& want = match_.want;
        auto const zone = zone_code(state_.config, service_.zone);
        if (want.zone.empty()) {
            fit_.against.push_back("zone unknown");
        } else if (want.zone != zone) {
            fit_.against.push_back("lives in " + zone_words(state_.config, want.zone));
        } else {
            fit_.in_favour.push_back("in " + zone_words(state_.config, zone));
        }
        if (want.council.empty()) {
            fit_.beside.push_back("council of residence unknown");
        } else if (!service_.council.empty() && want.council != service_.council) {
            fit_.against.push_back("resident of another council");
        }
        if (!want.pathway.empty() && !service_.pathway.empty() && want.pathway != service_.pathway)
            fit_.against.push_back("waits for pathway " + want.pathway);
    }
    void look_at_outcome() {
        auto const* const kind = kind_config(state_.config, service_.kind);
        if (kind == nullptr || kind->outcomes.empty()) return;
        auto const leads_to = [&](core::Code const& outcome) {
            return std::find(kind->outcomes.begin(), kind->outcomes.end(), outcome) !=
                   kind->outcomes.end();
        };
        auto const ideal = code_of(state_, stay_, Field::ideal_outcome);
        auto const expected = code_of(state_, stay_, Field::expected_outcome);
        if (leads_to(ideal)) {
            fit_.in_favour.push_back("leads to the ideal outcome");
        } else if (leads_to(expected)) {
            fit_.in_favour.push_back("leads to the expected outcome");
            if (!ideal.empty()) fit_.beside.push_back("not the ideal outcome");
        } else if (!ideal.empty() && !expected.empty() && is_whole(ideal) && is_whole(expected)) {
            fit_.against.push_back("leads neither to the ideal nor to the expected outcome");
        } else {
            fit_.beside.push_back("outcomes not known enough");
        }
    }
    // A step of the ladder, and not its band alone.
    bool is_whole(core::Code const& outcome) const {
        return std::any_of(state_.config.ladder.begin(), state_.config.ladder.end(),
                           [&](auto const& step) { return step.code == outcome; });
    }
    void look_at_readiness() {
        if (core::read(state_, stay_, Field::discharge_ready).known()) {
            fit_.in_favour.push_back(fmt::format("ready, {} bed days lost", match_.days));
        } else {
            fit_.beside.push_back("not ready yet");
        }
        if (match_.gap && *match_.gap > 0)
            fit_.in_favour.push_back(fmt::format("outcome gap of {}", *match_.gap));
        if (match_.want.refusals > 0)
            fit_.beside.push_back(fmt::format("refused before: {}", match_.want.refusals));
    }
    // What else holds the person here when the place is theirs.
    void look_at_other_blockers() {
        for (auto const* blocker : blockers_of(state_, stay_)) {
            if (!blocker->open_at(state_.last_at)) continue;
            auto const* kind =
                kind_waited_for(state_.config, blocker->reason, blocker->local_reason);
            if (kind != nullptr && kind->code == service_.kind) continue;
            fit_.beside.push_back("also waits for " + words_of(*blocker));
        }
    }
    std::string words_of(core::Blocker const& blocker) const {
        for (auto const& code : {blocker.local_reason, blocker.reason}) {
            for (auto const& reason : state_.config.reasons) {
                if (!code.empty() && reason.code == code) return reason.words;
            }
        }
        return "something to be mapped";
    }

    core::State const& state_;
    core::Stay const& stay_;
    Match const& match_;
    core::CapacityReported const& service_;
    Fit fit_;
};

std::vector<Match> who_waits(core::State const& state, std::vector<FreePlaces> const& places) {
    std::vector<Match> all;
    for (auto const& want : wanted_by_all(state)) {
        auto const is_theirs = [&](auto const& place) {
            return state.services.at(place.service).counters.kind == want.kind;
        };
        if (want.came != Came::open || std::none_of(places.begin(), places.end(), is_theirs))
            continue;
        auto const& stay = state.stays.at(want.stay);
        Match match;
        match.want = want;
        match.days = static_cast<std::int64_t>(ledger(state, stay, state.today).size());
        auto const between = gap(state.config, code_of(state, stay, Field::ideal_outcome),
                                 code_of(state, stay, Field::expected_outcome));
        if (between.known) match.gap = std::max(between.steps, 0);
        all.push_back(std::move(match));
    }
    std::sort(all.begin(), all.end(),
              [](auto const& a, auto const& b) { return order_of(a) < order_of(b); });
    return all;
}

void give(core::State const& state, Matching& out) {
    std::vector<std::size_t> free;
    for (auto const& place : out.places)
        free.push_back(place.countable ? static_cast<std::size_t>(place.accepting) : 0);
    std::vector<std::vector<std::size_t>> may;
    for (auto& match : out.matches) {
        auto& of = may.emplace_back();
        for (std::size_t i = 0; i < out.places.size(); ++i) {
            auto const& service = state.services.at(out.places[i].service).counters;
            auto fit = service.kind == match.want.kind ? Fitting{state, match, service}.make()
                                                       : Fit{{"waits for another kind"}, {}, {}};
            if (fit.may()) of.push_back(i);
            match.fits.push_back(std::move(fit));
        }
    }
    auto const given = assign(may, free);
    for (std::size_t i = 0; i < out.matches.size(); ++i) out.matches[i].assigned = given.service[i];
}

}  // namespace

Result<Matching> matching(core::State const& state, core::Code const& service) {
    Matching out;
    for (auto const& [code, held] : state.services) {
        if (!service.empty() && code != service) continue;
        auto const live = held.counters.accepting && is_live(state, held.counters);
        if (!service.empty() && !live) {
            return refused(
                "this service has no live counter: what it accepts was said neither today nor "
                "yesterday",
                "service");
        }
        if (live && (*held.counters.accepting > 0 || !service.empty()))
            out.places.push_back(places_of(held));
    }
    if (!service.empty() && out.places.empty())
        return invalid(fmt::format("there is no service \"{}\"", service), "service");
    out.cut = out.places.size() > match_services_max;
    if (out.cut) out.places.resize(match_services_max);
    out.matches = who_waits(state, out.places);
    if (out.matches.size() > match_people_max) {
        out.matches.resize(match_people_max);
        out.cut = true;
    }
    give(state, out);
    return out;
}

}  // namespace washup::derive
