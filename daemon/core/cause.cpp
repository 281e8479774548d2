#include "daemon/core/cause.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "daemon/core/reading.hpp"
#include "proto/base/fold.hpp"

namespace washup::core {
namespace {

// Reason, zone, area; empty when there are not three.
std::array<std::string, 3> parts(Code const& cause) {
    auto const first = cause.find(':');
    auto const last = cause.rfind(':');
    if (first == std::string::npos || first == last) return {};
    return {cause.substr(0, first), cause.substr(first + 1, last - first - 1),
            cause.substr(last + 1)};
}

template <class List>
std::string words_of(List const& list, Code const& code) {
    auto const it =
        std::find_if(list.begin(), list.end(), [&](auto const& each) { return each.code == code; });
    return it == list.end() ? code : it->words;
}

}  // namespace

Code zone_of(State const& state, Stay const& stay, Blocker const& blocker) {
    if (!blocker.zone.empty()) return blocker.zone;
    auto const district = read(state, stay, Field::postcode_district);
    if (!district.known()) return unknown_zone;
    auto const wanted = fold(district.fact->value.code);
    for (auto const& zone : state.config.zones) {
        for (auto const& each : zone.districts) {
            if (fold(each) == wanted) return zone.code;
        }
    }
    return unknown_zone;
}

Code cause_of(State const& state, Stay const& stay, Blocker const& blocker) {
    auto const& reason = blocker.local_reason.empty() ? blocker.reason : blocker.local_reason;
    auto const team = team_of(state, stay, location_at(state, stay, state.last_at));
    auto const* const config = team_config(state.config, team);
    return fmt::format("{}:{}:{}", reason.empty() ? "unmapped" : reason,
                       zone_of(state, stay, blocker), config == nullptr ? "" : config->area);
}

std::string cause_words(Config const& config, Code const& cause) {
    auto const [reason, zone, area] = parts(cause);
    if (reason.empty()) return cause;
    auto words = words_of(config.reasons, reason);
    words += ", " + (zone == unknown_zone ? "zone unknown" : words_of(config.zones, zone));
    if (!area.empty()) words += ", " + words_of(config.areas, area);
    return words;
}

bool is_cause(Config const& config, Code const& cause) {
    auto const split = parts(cause);
    auto const knows = [](auto const& list, Code const& code) {
        return std::any_of(list.begin(), list.end(),
                           [&](auto const& each) { return each.code == code; });
    };
    return knows(config.reasons, split[0]) &&
           (split[1] == unknown_zone || knows(config.zones, split[1])) &&
           (split[2].empty() || knows(config.areas, split[2]));
}

}  // namespace washup::core
