#pragma once
// A small ward as a board's model: one delayed person, one who has left.

#include "board/model/model.hpp"
#include "proto/base/time.hpp"

namespace washup::board::ctl {

inline Observed known(std::string value) {
    Observed o;
    o.state = ValueState::known;
    o.value = std::move(value);
    o.observed_at = o.confirmed_at = Instant{1'763'800'000'000};
    o.source = "ward";
    return o;
}
inline Observed known_at(std::string_view text) {
    auto o = known({});
    o.moment = *parse_moment(text);
    return o;
}

inline Model sample_model() {
    Model model;
    model.tier = 3;
    model.complete = true;
    model.head = 40;
    model.link.phase = LinkPhase::following;
    model.link.daemon_time = Instant{1'763'900'000'000};
    model.link.heard_steady_ms = 1000;

    Stay here;
    here.id = "17";
    here.stay = 17;
    here.version = 39;
    here.key = "RXX:900123";
    here.name = known("ASHDOWN, Edith");
    here.ward = known("Ford");
    here.bed = known("C1");
    here.discharge_ready = known_at("2025-11-12");
    here.days_lost = 11;
    Blocker blocker;
    blocker.number = 1;
    blocker.reason = "CP4";
    blocker.words = "Night sitting";
    blocker.holds_clock = true;
    blocker.opened = *parse_moment("2025-11-12");
    here.blockers.push_back(blocker);
    Action action;
    action.number = 2;
    action.text = "Ask the night service for Thursday";
    action.owner = "kfinch";
    action.owner_words = "K. Finch";
    action.state = "open";
    action.deadline = *parse_moment("2025-11-20");
    here.actions.push_back(action);
    model.stays[here.id] = here;

    Stay gone;
    gone.id = "18";
    gone.stay = 18;
    gone.key = "RXX:900124";
    gone.ended = known("discharged");
    gone.ended.moment = *parse_moment("2025-11-22T10:30:00+00:00");
    model.stays[gone.id] = gone;
    return model;
}

}  // namespace washup::board::ctl
