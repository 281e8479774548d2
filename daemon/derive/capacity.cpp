#include "daemon/derive/capacity.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "daemon/core/cause.hpp"

namespace washup::derive {
namespace {

constexpr int pace_days = 28;

CapacityKey key_of(core::Config const& config, core::CapacityReported const& c) {
    auto pathway = c.pathway;
    if (pathway.empty()) {
        if (auto const* kind = kind_config(config, c.kind)) pathway = kind->pathway;
    }
    return {c.kind, zone_code(config, c.zone), pathway};
}

void add(std::optional<std::int64_t>& sum, std::optional<std::int64_t> const& part) {
    if (part) sum = sum.value_or(0) + *part;
}

void add_counters(core::CapacityReported const& c, Position& position) {
    ++position.services;
    add(position.total, c.total);
    add(position.occupied, c.occupied);
    add(position.reserved, c.reserved);
    add(position.out_of_service, c.out_of_service);
    add(position.accepting, c.accepting);
    if (position.counted_at.ms == 0 || c.occurred < position.counted_at)
        position.counted_at = c.occurred;
    auto const doubt = doubt_of_counters(c);
    if (doubt.empty()) return;
    if (!position.doubt.empty()) position.doubt += "; ";
    position.doubt += (c.name.empty() ? c.service : c.name) + ": " + doubt;
}

bool is_of_day(Date date, Date today) {
    return today - date >= 1 && today - date <= pace_days;
}

void add_want(Wanted const& want, Date today, Position& position) {
    if (is_of_day(london_date(want.since), today)) ++position.wanted_28;
    if (want.came == Came::met && is_of_day(london_date(want.until), today)) ++position.met_28;
    if (want.came != Came::open) return;
    ++position.open;
    if (position.oldest.ms == 0 || want.since < position.oldest) position.oldest = want.since;
}

// One run of days after another, in order.
void add_day(Date date, bool short_of, Bottleneck& out) {
    ++out.days_known;
    // Of days between that nobody counted nothing is known.
    if (out.last_known + 1 != date) out.days_now = 0;
    out.last_known = date;
    if (!short_of) {
        out.days_now = 0;
        return;
    }
    if (out.days_now++ == 0) {
        out.since = date;
        ++out.times;
    }
    ++out.days;
    out.longest = std::max(out.longest, out.days_now);
}

}  // namespace

std::optional<std::int64_t> Position::days_to_tipping() const {
    auto const left = net();
    if (!left) return {};
    if (*left < 0) return 0;
    auto const gain = wanted_28 - met_28;
    if (gain <= 0) return {};
    return *left * pace_days / gain;
}

bool is_live(core::State const& state, core::CapacityReported const& counters) {
    return state.today - london_date(counters.occurred) <= live_counter_days;
}

std::string doubt_of_counters(core::CapacityReported const& c) {
    auto const used =
        c.occupied.value_or(0) + c.reserved.value_or(0) + c.out_of_service.value_or(0);
    if (c.total && used > *c.total) return "more occupied than there are";
    if (c.total && c.accepting && used + *c.accepting > *c.total)
        return "more accepting than are free";
    return {};
}

std::map<CapacityKey, Position> positions(core::State const& state) {
    std::map<CapacityKey, Position> all;
    for (auto const& [code, service] : state.services)
        add_counters(service.counters, all[key_of(state.config, service.counters)]);
    for (auto const& want : wanted_by_all(state))
        add_want(want, state.today, all[{want.kind, want.zone, want.pathway}]);
    // What was wanted once, long ago, and has no counter, is neither demand nor capacity.
    std::erase_if(all, [](auto const& entry) {
        auto const& position = entry.second;
        return position.services == 0 && position.open == 0 && position.wanted_28 == 0 &&
               position.met_28 == 0;
    });
    return all;
}

std::map<UnmetKey, Unmet> unmet_need(core::State const& state, Date first, Date last) {
    std::map<UnmetKey, Unmet> all;
    for (auto const& want : wanted_by_all(state)) {
        auto const date = london_date(want.since);
        if (date < first || date > last) continue;
        auto const hour = want.at_an_hour ? london_wall(want.since).hour : -1;
        auto& unmet = all[{want.kind, want.zone, hour}];
        ++unmet.wanted;
        unmet.refusals += want.refusals;
        unmet.days_waited += (want.until.ms == 0 ? state.today : london_date(want.until)) - date;
        switch (want.came) {
            case Came::open:
                ++unmet.open;
                break;
            case Came::met:
                ++unmet.met;
                break;
            case Came::elsewhere:
                ++unmet.elsewhere;
                break;
            case Came::withdrawn:
                ++unmet.withdrawn;
                break;
            case Came::closed:
                ++unmet.closed;
                break;
            case Came::unknown:
                ++unmet.unknown;
                break;
        }
    }
    return all;
}

std::string trend_scope(CapacityKey const& key) {
    return fmt::format("service:{}|{}|{}", key.kind, key.zone, key.pathway);
}

std::optional<CapacityKey> key_of(std::string_view scope) {
    constexpr std::string_view head = "service:";
    if (!scope.starts_with(head)) return {};
    scope.remove_prefix(head.size());
    auto const first = scope.find('|');
    auto const second = scope.rfind('|');
    if (first == std::string_view::npos || second == first) return {};
    return CapacityKey{core::Code(scope.substr(0, first)),
                       core::Code(scope.substr(first + 1, second - first - 1)),
                       core::Code(scope.substr(second + 1))};
}

std::map<CapacityKey, Bottleneck> bottlenecks(core::State const& state, Date first) {
    std::map<CapacityKey, Bottleneck> all;
    for (auto const& [scope, measures] : state.trends) {
        auto const key = key_of(scope);
        auto const days = measures.find(demand_measure);
        if (!key || days == measures.end()) continue;
        auto& out = all[*key];
        for (auto it = days->second.lower_bound(first); it != days->second.end(); ++it) {
            if (it->first < state.today) add_day(it->first, it->second.value > it->second.of, out);
        }
    }
    for (auto const& [key, position] : positions(state)) {
        if (auto const net = position.net()) add_day(state.today, *net < 0, all[key]);
    }
    return all;
}

std::string hint_of(core::State const& state, core::Stay const& stay,
                    core::Blocker const& blocker) {
    auto const* const kind = kind_waited_for(state.config, blocker.reason, blocker.local_reason);
    if (kind == nullptr) return {};
    auto const reason =
        std::find_if(state.config.reasons.begin(), state.config.reasons.end(),
                     [&](auto const& entry) { return entry.code == blocker.reason; });
    if (reason == state.config.reasons.end()) return {};
    auto const zone =
        blocker.zone.empty() ? core::zone_of(state, stay) : zone_code(state.config, blocker.zone);
    if (zone.empty()) return {};
    std::optional<std::int64_t> accepting;
    for (auto const& [code, service] : state.services) {
        auto const& c = service.counters;
        if (c.kind != kind->code || zone_code(state.config, c.zone) != zone) continue;
        if (!is_live(state, c)) continue;
        if (!kind->pathway.empty() && !c.pathway.empty() && c.pathway != kind->pathway) continue;
        add(accepting, c.accepting);
    }
    if (!accepting) return {};
    if (reason->family == "interface" && *accepting == 0)
        return fmt::format("{}: being arranged, and none accepting", kind->words);
    if (reason->family == "capacity" && *accepting > 0)
        return fmt::format("{}: none to arrange, and {} accepting", kind->words, *accepting);
    return {};
}

}  // namespace washup::derive
