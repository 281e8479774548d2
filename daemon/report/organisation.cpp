#include "daemon/report/organisation.hpp"

#include <algorithm>

namespace washup::report {

Organisation organisation_of(core::Config const& config, Scope const& scope) {
    auto const& own = config.organisation;
    Organisation org{"PROVIDER", own.region, own.integrated_care_board, own.code, own.words};
    if (scope.place.kind != derive::ScopeKind::site) return org;
    org.level = "SITE";
    org.code = scope.place.code;
    for (auto const& site : config.sites) {
        if (site.code == scope.place.code) org.words = site.words;
    }
    return org;
}

core::Destination const* destination_of(core::State const& state, core::Stay const& stay) {
    auto outcome = code_of(state, stay, core::Field::actual_outcome);
    if (outcome.empty()) outcome = code_of(state, stay, core::Field::proposed_outcome);
    if (outcome.empty()) return nullptr;
    auto const from = code_of(state, stay, core::Field::usual_residence);
    core::Destination const* otherwise = nullptr;
    for (auto const& destination : state.config.destinations) {
        auto const& outcomes = destination.outcomes;
        auto const& residences = destination.usual_residences;
        if (std::find(outcomes.begin(), outcomes.end(), outcome) == outcomes.end()) continue;
        if (std::find(residences.begin(), residences.end(), from) != residences.end())
            return &destination;
        if (residences.empty() && otherwise == nullptr) otherwise = &destination;
    }
    return otherwise;
}

}  // namespace washup::report
