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

Holding::Holding(State const& state, Stay const& stay, RecordedBy known)
    : known_(known), blockers_(blockers_of(state, stay)) {
    std::erase_if(blockers_, [&](auto const* blocker) { return blocker->record > known.record; });
    for (auto const* part : parts_of(state, stay)) {
        for (auto const& hand_over : part->hand_overs) {
            if (hand_over.record <= known.record) hand_overs_.push_back(&hand_over);
        }
    }
}

bool Holding::is_open(Blocker const& blocker, Instant at) const {
    auto const closing_known = blocker.closed_recorded <= known_.at;
    return closing_known ? blocker.open_at(at) : blocker.opened.at <= at;
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
            if (blocker->id == last->blocker && is_open(*blocker, at)) return blocker;
        }
    }
    auto const earliest = std::find_if(blockers_.begin(), blockers_.end(),
                                       [&](auto const* blocker) { return is_open(*blocker, at); });
    return earliest == blockers_.end() ? nullptr : *earliest;
}

}  // namespace washup::core
