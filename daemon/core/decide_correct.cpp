#include <fmt/format.h>

#include "daemon/core/decide_command.hpp"
#include "daemon/core/plausible.hpp"
#include "daemon/core/vocabulary.hpp"

// A person puts right what was said of a blocker, agrees whose time it is, or records a milestone.

namespace washup::core {
namespace {

struct Home {
    Stay const* stay = nullptr;
    Blocker const* blocker = nullptr;
};

Home home_of(State const& state, Stay const& stay, BlockerId wanted) {
    for (auto const* part : parts_of(state, stay)) {
        if (auto const* blocker = part->blocker(wanted)) return {part, blocker};
    }
    return {};
}

Result<Code> holder_meant(Config const& config, std::string const& said, char const* field) {
    auto const holder = match_holder(config, said);
    if (!holder) return refused(fmt::format("\"{}\" is not a holder", said), field);
    return *holder;
}

// The reason as corrected, with its own holder unless one is said.
Outcomes correct_reason(Decider const& d, CorrectBlocker const& correct, Instant at,
                        BlockerOpened& opening) {
    auto const& said = correct.local_reason.empty() ? correct.reason : correct.local_reason;
    if (said.empty()) return ok();
    auto const reason = match_reason(d.state.config, said, london_date(at));
    if (!reason)
        return refused(fmt::format("\"{}\" is not a reason of the vocabulary", said), "reason");
    opening.reason = reason->reason;
    opening.local_reason = reason->local_reason;
    opening.as_given = {};
    drop_doubt(opening.doubt, reason_to_be_mapped);
    if (opening.holder != "disputed") opening.holder = default_holder(d.state.config, *reason);
    return ok();
}

// Disputed, both claims are kept; agreed, the time moves from the opening of the blocker.
Outcomes correct_holder(Decider const& d, CorrectBlocker const& correct, BlockerOpened& opening) {
    auto const was = opening.holder;
    if (!correct.holder.empty()) {
        auto const holder = holder_meant(d.state.config, correct.holder, "holder");
        if (!holder) return holder.error();
        opening.holder = *holder;
    }
    if (!correct.claims.empty()) {
        if (opening.holder != "disputed")
            return refused("claims are of a disputed holder", "claims");
        opening.claims.clear();
        for (auto const& said : correct.claims) {
            auto const claim = holder_meant(d.state.config, said, "claims");
            if (!claim) return claim.error();
            opening.claims.push_back(*claim);
        }
    } else if (opening.holder == "disputed" && was != "disputed") {
        opening.claims = {was};
    }
    return ok();
}

Outcomes check_times(Decider const& d, Stay const& stay, CorrectBlocker const& correct,
                     Blocker const& held) {
    auto const opened = correct.opened_at.value_or(held.opened);
    if (opened.at > d.now + clock_ahead_max)
        return refused("it cannot open in the future", "opened_at");
    if (correct.opened_at && opened_long_before(d.state, stay, opened.at))
        return refused("this is more than a year before the admission", "opened_at");
    if (correct.open_again && correct.closed_at)
        return refused("open again, or closed at another time: one of them", "closed_at");
    if (correct.open_again && !held.closed) return refused("it is not closed", "open_again");
    if (correct.closed_at && !held.closed)
        return refused("it is not closed; close it, with its time", "closed_at");
    if (correct.closed_at && correct.closed_at->at > d.now + clock_ahead_max)
        return refused("it cannot close in the future", "closed_at");
    auto const closed = correct.closed_at    ? correct.closed_at
                        : correct.open_again ? std::nullopt
                                             : held.closed;
    if (closed && closed->at < opened.at && (correct.closed_at || correct.opened_at))
        return refused("it cannot close before it opened",
                       correct.closed_at ? "closed_at" : "opened_at");
    return ok();
}

BlockerOpened as_held(Stay const& stay, Blocker const& held, StaffId actor) {
    BlockerOpened opening;
    opening.stay = stay.id;
    opening.blocker = held.id;
    opening.reason = held.reason;
    opening.local_reason = held.local_reason;
    opening.holder = held.holder;
    opening.note = held.note;
    opening.as_given = held.as_given;
    opening.opened = held.opened;
    opening.source = board_source;
    opening.reference = held.reference;
    opening.actor = std::move(actor);
    opening.doubt = held.doubt;
    opening.told = held.told;
    opening.claims = held.claims;
    opening.zone = held.zone;
    return opening;
}

}  // namespace

Outcomes carry_out(Decider& d, Command const& c, Stay const& stay, CorrectBlocker const& correct) {
    auto const [part, held] = home_of(d.state, stay, correct.blocker);
    if (held == nullptr) return refused("this stay has no blocker of that number", "blocker");
    if (auto const good = check_times(d, stay, correct, *held); !good) return good;
    auto const before = as_held(*part, *held, c.actor);
    auto opening = before;
    if (auto const good = correct_reason(d, correct, entered(d, c), opening); !good) return good;
    if (auto const good = correct_holder(d, correct, opening); !good) return good;
    if (correct.note) opening.note = Sealed{*correct.note, {}};
    if (correct.zone) opening.zone = *correct.zone;
    if (correct.opened_at) {
        opening.opened = *correct.opened_at;
        drop_doubt(opening.doubt, closed_before_opened);
    }
    if (!(opening == before)) d.emit(opening);
    if (correct.open_again) {
        d.emit(BlockerReopened{part->id, held->id, board_source, c.actor, {}});
    } else if (correct.closed_at && correct.closed_at != held->closed) {
        d.emit(BlockerClosed{part->id,
                             held->id,
                             *correct.closed_at,
                             held->closed_why,
                             board_source,
                             c.actor,
                             {},
                             held->closed_words,
                             {}});
    }
    if (d.decision.events.empty())
        d.decision.outcome.warning = "nothing to change: it is so already";
    d.decision.outcome.made = held->id.value();
    return ok();
}

Outcomes carry_out(Decider& d, Command const& c, Stay const& stay, RecordMilestone const& record) {
    auto const name = match_milestone(d.state.config, record.name);
    if (!name)
        return refused(fmt::format("\"{}\" is not a milestone of the site file", record.name),
                       "name");
    auto const at = record.at.value_or(Moment{entered(d, c), Precision::minute});
    if (at.at > d.now + clock_ahead_max) return refused("it cannot be reached ahead", "at");
    if (at.at < d.now - long_past_max) return refused("this is more than ten years ago", "at");
    if (stay.milestones.size() >= stay_milestones_max)
        return refused("this stay has 200 milestones", "stay");
    for (auto const& held : stay.milestones) {
        if (held.name != *name || held.at != at) continue;
        d.decision.outcome.warning = "nothing to change: it is recorded already";
        return ok();
    }
    d.emit(MilestoneReached{stay.id, *name, at, board_source, c.actor});
    return ok();
}

}  // namespace washup::core
