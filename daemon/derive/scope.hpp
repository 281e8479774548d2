#pragma once
// Whose figures: everybody's, an area's, a site's, a team's, a ward's; and whether a place is of
// them. A lost midnight is of the place of that midnight, a person who is here of the place that is
// shown.

#include <string>
#include <string_view>
#include <vector>

#include "daemon/derive/ledger.hpp"
#include "proto/base/result.hpp"

namespace washup::derive {

// By the codes of the site file, where it has them.
struct Place {
    core::Code site, ward, team, area;
    friend bool operator==(Place const&, Place const&) = default;
};

enum class ScopeKind { all, area, site, team, ward };

struct Scope {
    ScopeKind kind = ScopeKind::all;
    core::Code code;
    core::Code site;  // of a ward: its code may stand at two sites
    bool holds(Place const& place) const;
    friend bool operator==(Scope const&, Scope const&) = default;
};

std::string name_of(Scope const& scope);  // "all", "team:north", "ward:STM/FORD"
// The names of all scopes that hold a place; a part that is not known names none.
std::vector<std::string> names_of(Place const& place);
std::string words_of(core::Config const& config, Scope const& scope);

// "all" or "county"; "area:", "site:", "team:" and a code; "ward:" and SITE/WARD, or the ward alone
// where one site has it. Error: a form that is none, or a place that is neither configured nor
// anybody's; the field is `scope`.
Result<Scope> parse_scope(core::State const& state, std::string_view text);

Place place_of(core::Config const& config, LostMidnight const& midnight);
Place shown_place(core::State const& state, core::Stay const& stay);

}  // namespace washup::derive
