#include "daemon/report/stays.hpp"

#include <algorithm>

#include "daemon/derive/decimal.hpp"
#include "daemon/report/asked.hpp"

namespace washup::report {
namespace {

std::optional<Date> date_of(core::State const& state, core::Stay const& stay, core::Field field) {
    auto const said = core::read(state, stay, field);
    if (!said.known() || !said.fact->value.moment) return {};
    return london_date(said.fact->value.moment->at);
}

template <class List>
std::string words_in(List const& list, core::Code const& code) {
    for (auto const& entry : list) {
        if (entry.code == code) return entry.words;
    }
    return {};
}

StayFacts facts_of(core::State const& state, core::Stay const& stay, Scope const& scope) {
    StayFacts facts;
    facts.stay = &stay;
    facts.admitted = date_of(state, stay, core::Field::admitted_at);
    facts.ready = date_of(state, stay, core::Field::discharge_ready);
    facts.end = core::end_of(state, stay);
    auto const at = facts.end ? facts.end->at.at : state.last_at;
    auto const where = core::location_at(state, stay, at);
    auto const site = core::site_code(state.config, where.site);
    facts.place = {
        site.empty() ? where.site : site, where.ward, core::team_of(state, stay, where), {}};
    if (auto const* team = core::team_config(state.config, facts.place.team))
        facts.place.area = team->area;
    facts.council = code_of(state, stay, core::Field::council);
    auto const* const lives_in = council_config(state.config, facts.council);
    if (!scope.council.empty() &&
        (lives_in == nullptr ? facts.council : lives_in->code) != scope.council) {
        return facts;
    }
    facts.in_scope = scope.place.holds(facts.place);
    for (auto& midnight : derive::ledger(state, stay, state.today)) {
        if (scope.place.holds(derive::place_of(state.config, midnight)))
            facts.ledger.push_back(std::move(midnight));
    }
    return facts;
}

}  // namespace

Result<Scope> scope_of(core::State const& state, Options const& options) {
    auto const place = scope_asked(state, options);
    if (!place) return place.error();
    Scope scope{*place, option(options, "council"), derive::words_of(state.config, *place)};
    if (place->kind == derive::ScopeKind::all) scope.words = state.config.site_words;
    if (scope.council.empty()) return scope;
    // A council need not be configured to be where somebody lives.
    auto const* const known = council_config(state.config, scope.council);
    if (known != nullptr) scope.council = known->code;
    scope.words += ", living in " + (known == nullptr ? scope.council : known->words);
    return scope;
}

std::optional<int> StayFacts::days_on(Date date) const {
    if (!admitted) return {};
    return date - *admitted;
}

std::vector<StayFacts> stays_of(core::State const& state, Scope const& scope) {
    std::vector<StayFacts> all;
    for (auto const& [id, stay] : state.stays) {
        if (stay.joined_into) continue;
        auto facts = facts_of(state, stay, scope);
        if (facts.end && facts.end->how == core::ended::recorded_in_error) continue;
        if (facts.in_scope || !facts.ledger.empty()) all.push_back(std::move(facts));
    }
    return all;
}

core::Code code_of(core::State const& state, core::Stay const& stay, core::Field field) {
    auto const said = core::read(state, stay, field);
    return said.known() ? said.fact->value.code : core::Code{};
}

core::ReasonConfig const* reason_config(core::Config const& config, core::Code const& code) {
    for (auto const& reason : config.reasons) {
        if (reason.code == code) return &reason;
    }
    return nullptr;
}

core::Code published_reason(core::Config const& config, derive::LostMidnight const& midnight) {
    if (!midnight.reason.empty()) return midnight.reason;
    auto const* const local = reason_config(config, midnight.local_reason);
    return local == nullptr ? core::Code{} : local->parent;
}

core::CouncilConfig const* council_config(core::Config const& config, core::Code const& as_given) {
    if (as_given.empty()) return nullptr;
    for (auto const& council : config.returns.councils) {
        auto const& aliases = council.aliases;
        if (council.code == as_given || council.official == as_given ||
            std::find(aliases.begin(), aliases.end(), as_given) != aliases.end()) {
            return &council;
        }
    }
    return nullptr;
}

std::string outcome_words(core::Config const& config, core::Code const& code) {
    auto words = words_in(config.ladder, code);
    if (!words.empty()) return words;
    // A band alone.
    if (code == core::name_of(core::Band::home)) return "Home";
    if (code == core::name_of(core::Band::short_bed)) return "A short-term bed";
    if (code == core::name_of(core::Band::long_bed)) return "A long-term bed";
    return code;
}

std::string reason_words(core::Config const& config, core::Code const& reason,
                         core::Code const& local_reason) {
    auto const& code = local_reason.empty() ? reason : local_reason;
    auto const* const found = reason_config(config, code);
    return found == nullptr ? code : found->words;
}

std::string team_words(core::Config const& config, core::Code const& team) {
    auto const words = words_in(config.teams, team);
    return words.empty() ? team : words;
}

std::string fixed(std::int64_t numerator, std::int64_t denominator, int decimals) {
    auto text = derive::ratio(numerator, denominator, decimals);
    return text.empty() ? not_applicable : text;
}

}  // namespace washup::report
