#include "daemon/derive/scope.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "daemon/core/reading.hpp"

namespace washup::derive {
namespace {

core::Code area_of(core::Config const& config, core::Code const& team) {
    auto const* const found = core::team_config(config, team);
    return found == nullptr ? core::Code{} : found->area;
}

constexpr std::pair<ScopeKind, std::string_view> kinds[] = {{ScopeKind::area, "area"},
                                                            {ScopeKind::site, "site"},
                                                            {ScopeKind::team, "team"},
                                                            {ScopeKind::ward, "ward"}};

bool is_anywhere(core::State const& state, Scope const& scope) {
    auto const& config = state.config;
    auto const named = [&](auto const& list) {
        return std::any_of(list.begin(), list.end(),
                           [&](auto const& entry) { return entry.code == scope.code; });
    };
    switch (scope.kind) {
        case ScopeKind::all:
            return true;
        case ScopeKind::area:
            return named(config.areas);
        case ScopeKind::site:
            if (named(config.sites)) return true;
            break;
        case ScopeKind::team:
            if (named(config.teams)) return true;
            break;
        case ScopeKind::ward:
            if (core::ward_config(config, scope.site, scope.code) != nullptr) return true;
            break;
    }
    // A site or ward that is not configured is adopted under its code.
    return std::any_of(state.stays.begin(), state.stays.end(), [&](auto const& entry) {
        return scope.holds(shown_place(state, entry.second));
    });
}

// The one site that has a ward of this code; empty when none or several do.
core::Code only_site_of(core::State const& state, core::Code const& ward) {
    std::set<core::Code> sites;
    for (auto const& entry : state.config.wards) {
        if (entry.code == ward) sites.insert(entry.site);
    }
    if (sites.empty()) {
        for (auto const& [id, stay] : state.stays) {
            auto const place = shown_place(state, stay);
            if (place.ward == ward) sites.insert(place.site);
        }
    }
    return sites.size() == 1 ? *sites.begin() : core::Code{};
}

Error unknown(std::string words) {
    return invalid(std::move(words), "scope");
}

}  // namespace

bool Scope::holds(Place const& place) const {
    switch (kind) {
        case ScopeKind::all:
            return true;
        case ScopeKind::area:
            return place.area == code;
        case ScopeKind::site:
            return place.site == code;
        case ScopeKind::team:
            return place.team == code;
        case ScopeKind::ward:
            return place.ward == code && place.site == site;
    }
    return false;
}

std::string name_of(Scope const& scope) {
    for (auto const& [kind, word] : kinds) {
        if (kind != scope.kind) continue;
        auto const in = kind == ScopeKind::ward ? scope.site + '/' : std::string{};
        return fmt::format("{}:{}{}", word, in, scope.code);
    }
    return "all";
}

std::vector<std::string> names_of(Place const& place) {
    std::vector<std::string> names{name_of(Scope{})};
    auto const add = [&](ScopeKind kind, core::Code const& code) {
        if (!code.empty()) names.push_back(name_of({kind, code, place.site}));
    };
    add(ScopeKind::area, place.area);
    add(ScopeKind::site, place.site);
    add(ScopeKind::team, place.team);
    add(ScopeKind::ward, place.ward);
    return names;
}

std::string words_of(core::Config const& config, Scope const& scope) {
    auto const named = [&](auto const& list) {
        auto const it = std::find_if(list.begin(), list.end(),
                                     [&](auto const& entry) { return entry.code == scope.code; });
        return it == list.end() ? scope.code : it->words;
    };
    switch (scope.kind) {
        case ScopeKind::all:
            break;
        case ScopeKind::area:
            return named(config.areas);
        case ScopeKind::site:
            return named(config.sites);
        case ScopeKind::team:
            return named(config.teams);
        case ScopeKind::ward:
            if (auto const* ward = core::ward_config(config, scope.site, scope.code))
                return ward->words;
            return scope.code;
    }
    return config.site_words;
}

Result<Scope> parse_scope(core::State const& state, std::string_view text) {
    if (text.empty() || text == "all" || text == "county") return Scope{};
    auto const colon = text.find(':');
    auto const word = text.substr(0, colon);
    for (auto const& [kind, name] : kinds) {
        if (name != word || colon == std::string_view::npos) continue;
        Scope scope{kind, core::Code(text.substr(colon + 1)), {}};
        if (kind == ScopeKind::ward) {
            auto const slash = scope.code.find('/');
            if (slash == std::string::npos) {
                scope.site = only_site_of(state, scope.code);
                if (scope.site.empty())
                    return unknown("no one site has this ward; write ward:SITE/WARD");
            } else {
                scope.site = scope.code.substr(0, slash);
                scope.code.erase(0, slash + 1);
            }
        }
        if (scope.code.empty() || !is_anywhere(state, scope))
            return unknown(fmt::format("there is no {} \"{}\" here", name, scope.code));
        return scope;
    }
    return unknown("write all, or area:, site:, team: or ward: and its code");
}

Place place_of(core::Config const& config, LostMidnight const& midnight) {
    return {midnight.site, midnight.ward, midnight.team, area_of(config, midnight.team)};
}

Place shown_place(core::State const& state, core::Stay const& stay) {
    auto const said = core::read(state, stay, core::Field::location);
    auto const at =
        said.known() ? said.fact->value.location.value_or(core::Location{}) : core::Location{};
    auto const site = core::site_code(state.config, at.site);
    auto const team = core::team_of(state, stay, at);
    return {site.empty() ? at.site : site, at.ward, team, area_of(state.config, team)};
}

}  // namespace washup::derive
