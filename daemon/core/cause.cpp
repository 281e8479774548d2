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

Code zone_of(State const& state, Stay const& stay) {
    auto const district = read(state, stay, Field::postcode_district);
    if (!district.known()) return {};
    auto const wanted = fold(district.fact->value.code);
    auto const council = read(state, stay, Field::council);
    ZoneConfig const* found = nullptr;
    for (auto const& zone : state.config.zones) {
        if (std::none_of(zone.districts.begin(), zone.districts.end(),
                         [&](auto const& each) { return fold(each) == wanted; })) {
            continue;
        }
        if (council.known() && zone.council == council.fact->value.code) return zone.code;
        if (found != nullptr) return {};  // two councils have it, and the person's is neither
        found = &zone;
    }
    return found == nullptr ? Code{} : found->code;
}

Code zone_of(State const& state, Stay const& stay, Blocker const& blocker) {
    auto const zone = blocker.zone.empty() ? zone_of(state, stay) : blocker.zone;
    return zone.empty() ? unknown_zone : zone;
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
