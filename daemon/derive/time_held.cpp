#include "daemon/derive/time_held.hpp"

#include <algorithm>
#include <map>
#include <set>

#include "daemon/core/reading.hpp"
#include "daemon/derive/pareto.hpp"

namespace washup::derive {
namespace {

BarLevel level_of(HeldBy by) {
    if (by == HeldBy::theme) return BarLevel::theme;
    return by == HeldBy::reason ? BarLevel::reason : BarLevel::local_reason;
}

core::Code holder_of(LostMidnight const& night) {
    return night.holder.empty() ? core::Code{unattributed_holder} : night.holder;
}

HeldSum named(core::Config const& config, HeldBy by, LostMidnight const& night) {
    HeldSum sum;
    if (by == HeldBy::holder) {
        sum.code = holder_of(night);
        sum.words = sum.code == unattributed_holder ? "unattributed" : sum.code;
        return sum;
    }
    auto const bar = bar_of(config, level_of(by), night.reason, night.local_reason,
                            static_cast<bool>(night.blocker));
    sum.code = bar.code;
    sum.words = bar_words(config, level_of(by), bar);
    if (by != HeldBy::cause) return sum;
    auto const area = place_of(config, night).area;
    sum.code += "|" + area;
    for (auto const& entry : config.areas) {
        if (entry.code == area) sum.words += ", " + entry.words;
    }
    return sum;
}

bool is_of(core::Config const& config, HeldAsked const& asked, LostMidnight const& night) {
    if (!asked.holder.empty() && holder_of(night) != asked.holder) return false;
    if (asked.reason.empty()) return true;
    for (auto const level : {BarLevel::theme, BarLevel::reason, BarLevel::local_reason}) {
        auto const bar = bar_of(config, level, night.reason, night.local_reason,
                                static_cast<bool>(night.blocker));
        if (bar.code == asked.reason) return true;
    }
    return false;
}

}  // namespace

char const* name_of(HeldBy by) {
    switch (by) {
        case HeldBy::holder:
            return "holder";
        case HeldBy::theme:
            return "theme";
        case HeldBy::reason:
            return "reason";
        case HeldBy::local_reason:
            return "local_reason";
        case HeldBy::cause:
            return "cause";
    }
    return "unknown";
}

Held time_held(core::State const& state, HeldAsked const& asked) {
    struct Counting {
        HeldSum sum;
        std::set<core::PersonId> people;
    };
    std::map<core::Code, Counting> by_code;
    std::set<core::PersonId> people;
    Held held;
    auto const dates = dates_of(asked.window, state.today);
    for (auto const& [id, stay] : state.stays) {
        if (stay.joined_into) continue;  // counted with the stay it is read through
        if (!dates && core::end_of(state, stay)) continue;
        for (auto const& night : ledger(state, stay, state.today)) {
            if (dates && (night.date < dates->first || night.date > dates->second)) continue;
            if (!asked.scope.holds(place_of(state.config, night))) continue;
            ++held.headline;
            if (!is_of(state.config, asked, night)) continue;
            ++held.midnights;
            auto const person = state.survivor_of(stay.person);
            people.insert(person);
            auto sum = named(state.config, asked.by, night);
            auto const code = sum.code;
            auto& counting = by_code.try_emplace(code, Counting{std::move(sum), {}}).first->second;
            ++counting.sum.midnights;
            counting.people.insert(person);
        }
    }
    held.people = static_cast<std::int64_t>(people.size());
    for (auto& [code, counting] : by_code) {
        counting.sum.people = static_cast<std::int64_t>(counting.people.size());
        held.sums.push_back(std::move(counting.sum));
    }
    std::stable_sort(held.sums.begin(), held.sums.end(),
                     [](auto const& a, auto const& b) { return a.midnights > b.midnights; });
    return held;
}

core::Stay const* stay_called(core::State const& state, std::string_view name) {
    for (auto const& [id, stay] : state.stays) {
        if (name == "#" + std::to_string(id.value())) return state.stay(id);
        for (auto const& visit : stay.visits) {
            if (visit.number.text.empty() || name.size() <= visit.authority.size()) continue;
            if (name.starts_with(visit.authority) && name[visit.authority.size()] == ':' &&
                name.substr(visit.authority.size() + 1) == visit.number.text)
                return state.stay(id);
        }
    }
    return nullptr;
}

}  // namespace washup::derive
