#include "daemon/core/claim.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "daemon/core/vocabulary.hpp"

namespace washup::core {
namespace {

bool is_among(std::vector<Code> const& claims, Code const& claim) {
    return std::find(claims.begin(), claims.end(), claim) != claims.end();
}

// Who was said to be the holder. A default was named by nobody.
std::vector<Code> claims_of(Config const& config, Blocker const& held) {
    if (!held.claims.empty() || held.holder.empty() || held.holder == disputed_holder)
        return held.claims;
    auto const by_default = default_holder(config, {held.reason, held.local_reason});
    return held.holder == by_default ? std::vector<Code>{} : std::vector<Code>{held.holder};
}

// Whether the one claim is another's: its own source said no holder, or that it was disputed.
bool is_of_another(Blocker const& held) {
    return held.claims.size() == 1 && held.source_said &&
           held.source_said->holder != held.claims.front();
}

void ask_whose(Decider& d, Blocker const& held, Code const& claim, Code const& before) {
    d.look_at.push_back({fmt::format("holder of blocker {}", held.id.value()),
                         fmt::format("\"{}\" is said, and \"{}\" was: agree whose time it is, "
                                     "correct the blocker, then settle this item",
                                     claim, before)});
}

}  // namespace

void keep_claims(Decider& d, Blocker const& held, BlockerOpened& opening) {
    if (opening.claims.empty()) {
        opening.claims = held.claims;
        return;
    }
    auto const claim = opening.holder;
    auto const is_new = !is_among(held.claims, claim);
    auto const of_another = is_of_another(held);
    if (held.claims.size() < 2 && !(of_another && is_new)) return;
    opening.claims = held.claims;
    if (is_new) opening.claims.push_back(claim);
    if (of_another) ask_whose(d, held, claim, held.claims.front());
    if (of_another || held.holder == disputed_holder) opening.holder = disputed_holder;
}

void hear_claim(Decider& d, StayId home, Blocker const& held, BlockerOpened const& told) {
    if (told.claims.empty()) return;
    auto const& claim = told.claims.front();
    auto claims = claims_of(d.state.config, held);
    auto const stands = claim == held.holder && !claims.empty();  // as people agreed
    if (stands || is_among(claims, claim)) return;
    auto const own = held.source == told.source && claims.size() == 1;
    if (own && told.told < held.told) return;
    if (own) claims.clear();
    if (!claims.empty()) ask_whose(d, held, claim, claims.front());
    claims.push_back(claim);
    auto const is_disputed = claims.size() > 1 || held.holder == disputed_holder;
    d.emit(BlockerOpened{home,
                         held.id,
                         held.reason,
                         held.local_reason,
                         is_disputed ? Code{disputed_holder} : claim,
                         held.note,
                         held.as_given,
                         held.opened,
                         told.source,
                         held.reference,
                         {},
                         held.doubt,
                         own ? told.told : held.told,
                         std::move(claims),
                         held.zone});
}

}  // namespace washup::core
