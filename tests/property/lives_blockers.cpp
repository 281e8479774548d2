#include <algorithm>

#include "tests/property/lives.hpp"

// What happens to blockers in a life: opened, corrected, disputed, agreed, closed, handed over.

namespace washup::tests {
namespace {

constexpr char const* reasons[] = {"CP4", "HP4", "WB3"};
constexpr char const* holders[] = {"nhs", "social_care", "both", "disputed", "provider"};

Moment moment_of(When const& when) {
    return {when.from(), when.by_date ? Precision::date : Precision::minute};
}

}  // namespace

TrueBlocker* Life::any_blocker(bool open) {
    std::vector<TrueBlocker*> all;
    for (auto& blocker : here().blockers) {
        if (!open || !blocker.closed) all.push_back(&blocker);
    }
    return all.empty() ? nullptr : all[chance_.below(all.size())];
}

// As the hub's file says it. Of a holder that others name, too, the hub says what it did before.
Message Life::row(TrueBlocker const& blocker) {
    Message message{"blockers", to_rfc3339(now_)};
    core::BlockerSeen seen;
    seen.reason = blocker.reason;
    seen.holder = blocker.claims.size() > 1 ? blocker.claims.front() : blocker.holder;
    seen.reference = blocker.reference;
    seen.opened_at = moment_of(blocker.opened);
    seen.closed = blocker.closed.has_value();
    if (blocker.closed) seen.closed_at = moment_of(*blocker.closed);
    message.source("hub").nhs(nhs_number).observation.kind = seen;
    return message;
}

void Life::open_blocker() {
    TrueBlocker blocker;
    blocker.reason = reasons[chance_.below(3)];
    blocker.holder = holders[chance_.below(5)];
    if (blocker.holder != "disputed") blocker.claims = {blocker.holder};
    blocker.opened = near(now_);
    if (chance_.chance(400)) {
        note("blocker backdated");
        blocker.opened.at = now_ - minutes(15 * chance_.between(1, 400));
    }
    if (here().number.empty() || chance_.chance(600)) {
        note("blocker by the hub");
        blocker.reference = "b" + std::to_string(++references_);
        here().blockers.push_back(blocker);
        return tell(row(blocker), !here().number.empty());
    }
    if (!act(core::RaiseBlocker{blocker.reason, "", blocker.holder, "", moment_of(blocker.opened)}))
        return;  // the same is open
    note("blocker by hand");
    blocker.id = ward_.state().last_blocker;
    here().blockers.push_back(blocker);
}

void Life::correct_blocker() {
    auto* blocker = any_blocker(false);
    if (blocker == nullptr || blocker->reference.empty()) return;
    if (blocker->claims.size() > 1) return;  // not the hub's alone any more
    auto const agreed = blocker->holder == "disputed";
    blocker->holder = agreed ? "nhs" : holders[chance_.below(5)];
    if (blocker->holder != "disputed") blocker->claims = {blocker->holder};
    note(agreed ? "a dispute agreed" : "blocker corrected");
    if (chance_.chance(500)) blocker->opened = near(now_ - minutes(15 * chance_.between(1, 400)));
    tell(row(*blocker));
}

// The ward names another holder than the hub or the board did, without a number of its own.
void Life::claim_otherwise() {
    auto* blocker = any_blocker(true);
    if (blocker == nullptr || here().number.empty() || blocker->claims.empty()) return;
    arrive();  // it is known of what the ward speaks
    for (auto const& other : here().blockers) {
        if (&other != blocker && !other.closed && other.reason == blocker->reason) return;
    }
    auto const* const claim = holders[chance_.below(3)];
    auto& claims = blocker->claims;
    if (std::find(claims.begin(), claims.end(), claim) != claims.end()) return;
    if (claim == blocker->holder) return;
    note("the ward names another holder");
    claims.push_back(claim);
    blocker->holder = "disputed";
    Message message{"blockers", to_rfc3339(now_)};
    core::BlockerSeen seen;
    seen.reason = blocker->reason;
    seen.holder = claim;
    message.visit(here().number, here().authority).observation.kind = seen;
    // Never late: without a reference only the time tells which of two of a reason is meant, and
    // that is not enough when one of them was entered with a time before.
    if (chance_.chance(300)) ward_.receive(message);
    ward_.receive(message);
}

void Life::agree() {
    for (auto& blocker : here().blockers) {
        if (blocker.claims.size() < 2 || blocker.holder != "disputed") continue;
        core::CorrectBlocker correct;
        correct.holder = blocker.claims[chance_.below(blocker.claims.size())];
        correct.blocker = blocker.id;
        for (auto const& [number, stay] : ward_.state().stays) {
            for (auto const& held : stay.blockers) {
                if (!blocker.reference.empty() && held.reference == blocker.reference)
                    correct.blocker = held.id;
            }
        }
        if (!act(correct)) return;
        note("people agree whose time it is");
        blocker.holder = correct.holder;
        return;
    }
}

void Life::close_blocker() {
    auto* blocker = any_blocker(true);
    if (blocker == nullptr) return;
    auto closed = near(now_);
    if (chance_.chance(300)) closed.at = now_ - minutes(15 * chance_.between(1, 200));
    if (blocker->reference.empty()) {
        if (!act(core::CloseBlocker{blocker->id, "found", moment_of(closed)})) return;
        note("blocker closed by hand");
        blocker->closed = closed;
        return;
    }
    blocker->closed = closed;
    note(closed.from() < blocker->opened.from() ? "closed before it opened" : "blocker closed");
    tell(row(*blocker));
}

void Life::hand_over() {
    auto const* blocker = any_blocker(true);
    if (blocker == nullptr) return;
    auto id = blocker->id;
    for (auto const& [number, stay] : ward_.state().stays) {
        for (auto const& held : stay.blockers) {
            if (!blocker->reference.empty() && held.reference == blocker->reference) id = held.id;
        }
    }
    if (!id) return;
    auto when = now_;
    if (chance_.chance(300)) when = now_ - minutes(15 * chance_.between(1, 100));
    if (!act(core::HandOverClock{id, Moment{when, Precision::minute}})) return;
    note(when == now_ ? "handed over" : "handed over, backdated");
    here().hand_overs.push_back({id, when});
}

}  // namespace washup::tests
