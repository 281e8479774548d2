#include "daemon/core/holding.hpp"

#include <algorithm>
#include <tuple>

#include "daemon/core/reading.hpp"

namespace washup::core {

std::vector<Blocker const*> blockers_of(State const& state, Stay const& stay) {
    std::vector<Blocker const*> all;
    for (auto const* part : parts_of(state, stay)) {
        for (auto const& blocker : part->blockers) all.push_back(&blocker);
    }
    std::sort(all.begin(), all.end(), [](auto const* a, auto const* b) {
        return std::tuple{a->opened.at, a->id} < std::tuple{b->opened.at, b->id};
    });
    return all;
}

Holding::Holding(State const& state, Stay const& stay) : blockers_(blockers_of(state, stay)) {
    for (auto const* part : parts_of(state, stay)) {
        for (auto const& hand_over : part->hand_overs) hand_overs_.push_back(&hand_over);
    }
}

Blocker const* Holding::at(Instant at) const {
    HandOver const* last = nullptr;
    for (auto const* hand_over : hand_overs_) {
        if (hand_over->at > at) continue;
        if (last == nullptr ||
            std::tuple{last->at, last->record} < std::tuple{hand_over->at, hand_over->record}) {
            last = hand_over;
        }
    }
    if (last != nullptr) {
        for (auto const* blocker : blockers_) {
            if (blocker->id == last->blocker && blocker->open_at(at)) return blocker;
        }
    }
    auto const earliest = std::find_if(blockers_.begin(), blockers_.end(),
                                       [&](auto const* blocker) { return blocker->open_at(at); });
    return earliest == blockers_.end() ? nullptr : *earliest;
}

}  // namespace washup::core
