#include "daemon/derive/chess_clock.hpp"

#include <algorithm>
#include <set>
#include <tuple>

#include "daemon/core/reading.hpp"

namespace washup::derive {

using core::Blocker;

Blocker const* holding(core::State const& state, core::Stay const& stay, Instant at) {
    return Holding{state, stay}.at(at);
}

std::vector<ClockPiece> chess_clock(core::State const& state, core::Stay const& stay, Instant ready,
                                    Instant until) {
    std::vector<ClockPiece> pieces;
    if (until <= ready) return pieces;
    // The holder can change only where a blocker opens or closes or the clock is handed over.
    std::set<Instant> turns{ready};
    auto const add = [&](Instant at) {
        if (at > ready && at < until) turns.insert(at);
    };
    for (auto const* part : core::parts_of(state, stay)) {
        for (auto const& blocker : part->blockers) {
            add(blocker.opened.at);
            if (blocker.closed) add(blocker.closed->at);
        }
        for (auto const& hand_over : part->hand_overs) add(hand_over.at);
    }
    Holding const held{state, stay};
    for (auto const at : turns) {
        auto const* blocker = held.at(at);
        auto const id = blocker == nullptr ? core::BlockerId{} : blocker->id;
        if (!pieces.empty()) {
            pieces.back().to = at;
            if (pieces.back().blocker == id) continue;
        }
        pieces.push_back({at, until, id, blocker == nullptr ? core::Code{} : blocker->holder});
    }
    pieces.back().to = until;
    return pieces;
}

std::optional<Whole> whole_of(core::State const& state, core::Stay const& stay) {
    auto const ready = core::read(state, stay, core::Field::discharge_ready);
    if (!ready.known() || !ready.fact->value.moment) return std::nullopt;
    auto const end = core::end_of(state, stay);
    if (end && end->how == core::ended::recorded_in_error) return std::nullopt;
    Whole whole{clock_start(*ready.fact->value.moment), {}};
    auto const admitted = core::read(state, stay, core::Field::admitted_at);
    if (admitted.known() && admitted.fact->value.moment)
        whole.from = std::max(whole.from, admitted.fact->value.moment->at);
    if (end) whole.until = end->at.at;
    return whole;
}

std::vector<ClockPiece> chess_clock(core::State const& state, core::Stay const& stay, Instant now) {
    auto const whole = whole_of(state, stay);
    if (!whole) return {};
    return chess_clock(state, stay, whole->from, whole->until.value_or(now));
}

Instant clock_start(Moment const& ready) {
    return certain_by(ready);
}

}  // namespace washup::derive
