#pragma once
// The pen with which a decision is written: gives new ids without changing the state, collects
// events, and carries what every event of one observation shares. Used by decide_*.cpp alone.

#include <algorithm>

#include "daemon/core/decide.hpp"
#include "daemon/core/reading.hpp"

namespace washup::core {

class Decider {
  public:
    Decider(State const& known, Instant at)
        : state(known),
          now(at),
          person_(known.last_person),
          stay_(known.last_stay),
          blocker_(known.last_blocker),
          action_(known.last_action),
          inbox_(known.last_inbox) {
        decision.outcome.code = "accepted";
    }
    State const& state;
    Instant const now;
    Decision decision;
    std::vector<Unreadable> look_at;  // taken as it was said, and for a person to look at

    PersonId new_person() { return next(person_); }
    StayId new_stay() { return next(stay_); }
    BlockerId new_blocker() { return next(blocker_); }
    ActionId new_action() { return next(action_); }
    InboxId new_inbox() { return next(inbox_); }

    template <class E>
    void emit(E event) {
        decision.events.push_back(std::move(event));
    }

    // Keeps the record for a person and says so in the answer. One item for each thing that is
    // wrong.
    void keep(Observation const& observation, Code why, std::string field, std::string words,
              std::optional<AliasKey> waiting_for = {}) {
        emit(InboxKept{new_inbox(),
                       observation.source,
                       observation.record_name,
                       observation.trigger,
                       why,
                       field,
                       words,
                       waiting_for,
                       Sealed{observation.raw(), {}},
                       {},
                       observation.record});
        decision.outcome.code = "inbox";
        decision.outcome.reason = std::move(why);
        decision.outcome.field = std::move(field);
        decision.outcome.words = std::move(words);
    }

  private:
    template <class Id>
    static Id next(Id& last) {
        return last = Id{last.value() + 1};
    }

    PersonId person_;
    StayId stay_;
    BlockerId blocker_;
    ActionId action_;
    InboxId inbox_;
};

// When the source said it; never ahead of us.
Instant told_at(Decider const& decider, Observation const& observation);
// Observations about blockers and counters (decide_hub.cpp), and actions (decide_action.cpp).
void decide_blocker(Decider& decider, Observation const& observation, Stay const& stay,
                    BlockerSeen const& seen);
void decide_action(Decider& decider, Observation const& observation, Stay const& stay,
                   ActionSeen const& seen);
void decide_capacity(Decider& decider, Observation const& observation, CapacitySeen const& seen);
void decide_merge(Decider& decider, Observation const& observation, MergeSeen const& seen);
// decide_figures.cpp
void decide_request(Decider& decider, Observation const& observation, Stay const& stay,
                    RequestSeen const& seen);
void decide_figure(Decider& decider, Observation const& observation, FigureSeen const& seen);

// Kept beside what was taken (decide_inbox.cpp): what the record could not be read for, and what
// was decided to be looked at. The event that makes an item stand for one record
// more; it says nothing else anew.
InboxKept count_one_more(InboxKept const& item);
void keep_unreadable(Decider& decider, Observation const& observation, StayId stay);
void settle_first_time(Decider& decider, Observation const& observation);

// A blocker may be older than the admission; by more than a year it is the wrong one.
bool opened_long_before(State const& state, Stay const& stay, Instant opened);
// A deadline given as a date alone means 17:00 of that day.
Instant deadline_of(Moment const& moment);
// Why counters cannot be taken as they are: a negative one. Empty when they can.
std::string negative_counter(CapacityReported const& counters);

}  // namespace washup::core
