#pragma once
// The whole of one stay, drawn at its beginning: when the person will be ready, what will be waited
// for, who will be asked to do what, how it ends. A list of steps in order of time; the model plays
// them, because beds and files are shared and steps are not. Pure.

#include <optional>
#include <string>
#include <vector>

#include "adapters/hospital/people.hpp"
#include "proto/base/prng.hpp"
#include "proto/base/time.hpp"

namespace washup::hospital {

struct StaffMember {
    std::string id, name, role, team;
};

enum class StepKind {
    admit,           // A01
    cancel_admit,    // A11: it was an error
    expect,          // A08 or A16 with `date` as expected discharge
    move,            // A02
    take_back_move,  // A12
    optimise,        // A08, ZU1-22/24
    refer,           // referral row
    outcomes,        // outcomes row `index`
    ready,           // A08 with `date` as discharge ready date
    not_ready,       // A08: meets the criteria to reside again
    open_blocker,    // blockers row `index`
    close_blocker,
    give_action,  // actions row `index`
    end_action,
    milestone,        // `words`
    pending_leave,    // A16
    leave,            // A03
    take_back_leave,  // A13
    merge,            // A40: registered anew under the real number
    review,           // outcomes row with the next review date
};

struct Step {
    Instant at;
    StepKind kind = StepKind::admit;
    Date date;
    std::size_t index = 0;
    std::string words;
};

struct PlannedBlocker {
    std::string reference, reason, local_reason, holder, closed_why;
    Instant opened, closed;
};
struct PlannedAction {
    std::string reference, text, owner, end_state, why, blocker_reason;
    std::optional<Moment> deadline;  // none: the hub forgot it
    Instant agreed, ended;
};
struct PlannedOutcomes {
    std::string ideal, expected, actual;
};

struct Story {
    int pathway = 0;
    std::string admission_method, specialty, consultant, admission_source;
    std::string discharge_method = "1", destination = "19";
    bool dies = false, on_list = false, merges = false;
    std::string case_worker;
    std::vector<PlannedBlocker> blockers;
    std::vector<PlannedAction> actions;
    std::vector<PlannedOutcomes> outcomes;
    std::vector<Step> steps;  // in order of time
};

struct StoryTeller {
    Prng& chance;
    std::vector<StaffMember> const& staff;  // who may own an action here
    std::uint32_t& references;              // the hub's own numbering of blockers and actions

    Story tell(Person const& person, int pathway, Instant admitted);
};

// The next Monday to Friday after `day`.
Date next_working_day(Date day);

}  // namespace washup::hospital
