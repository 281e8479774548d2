#pragma once
// Whom a team talks about at its wash-up, and in which order (product.md section 7): who may be
// placed in a bed, who is newly referred, who waits for something that is due. Not what was said
// there (meeting_record.hpp).

#include <vector>

#include "daemon/core/state.hpp"

namespace washup::derive {

// Why somebody stands where they stand, the most pressing first.
enum class AgendaReason {
    referral_missed,  // a wash-up was held since the referral, and it was not discussed
    new_referral,
    parked,  // put off at the last wash-up
    review_due,
    action_overdue,
    answered,  // something came back from above for its cause since it was last discussed
    gap,
    placement,  // the expected outcome is a bed or unknown
    flagged     // somebody says that there is a risk of placement
};
char const* name_of(AgendaReason reason);  // "new_referral"

struct AgendaItem {
    core::StayId stay;
    AgendaReason reason = AgendaReason::placement;
    int gap = 0;             // steps; 0 = none or unknown
    int days = 0;            // midnights lost so far
    Instant missed;          // the wash-up that the referral missed; 0 = none
    Instant last_discussed;  // 0 = never
    bool changed = false;    // since then
};

struct Agenda {
    std::vector<AgendaItem> items;
    std::vector<core::StayId> skipped;  // their review is later, and nothing changed
};
Agenda agenda(core::State const& state, core::Code const& team, Instant now);

// The wash-up that this person's referral missed; 0 = none, or it was discussed since.
Instant missed_wash_up(core::State const& state, core::Stay const& stay, Instant now);
// When it was last discussed, parking left out; 0 = never.
Instant last_discussed(core::State const& state, core::Stay const& stay);
// The date a person is looked at again: as somebody set it, else of the team's next wash-up.
Date review_date(core::State const& state, core::Stay const& stay, Instant now);
// Answers from above about a cause of one of its open blockers, given after `since`.
std::vector<core::Answer const*> answers_for(core::State const& state, core::Stay const& stay,
                                             Instant since);

}  // namespace washup::derive
