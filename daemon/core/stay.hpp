#pragma once
// One hospital stay: the row on the board. Facts by field, blockers, actions; nothing derived.

#include <map>
#include <set>
#include <vector>

#include "daemon/core/history.hpp"
#include "daemon/core/stay_parts.hpp"

namespace washup::core {

struct Stay {
    StayId id;
    PersonId person;
    SourceName opened_by;
    Instant opened_at;  // received
    bool provisional = false;
    bool inferred = false;
    StayId joined_into;              // a provisional stay that is read through its ward's stay
    std::set<StayId> joined;         // provisional stays that are read through this one
    std::vector<VisitAlias> visits;  // the first names the row
    std::map<Field, FieldHistory> fields;
    std::vector<Blocker> blockers;
    std::vector<HandOver> hand_overs;
    std::vector<Action> actions;
    std::vector<Milestone> milestones;
    Instant end_recorded_at;  // when its standing end was recorded here; 0 = not ended
    InboxId asked;            // the question which ward has what was announced
    RecordNumber changed;     // the last record that touched it: the version of its row
    std::vector<Breach> breaches;
    std::vector<Discussion> discussions;
    std::vector<PromptAnswer> prompts;
    std::vector<Request> requests;
    std::vector<InappropriateDischarge> reports;
    static void describe(auto& self, auto&& field) {
        field(1, self.id);
        field(2, self.person);
        field(3, self.opened_by);
        field(4, self.opened_at);
        field(5, self.provisional);
        field(6, self.inferred);
        field(7, self.joined_into);
        field(8, self.visits);
        field(9, self.fields);
        field(10, self.blockers);
        field(11, self.hand_overs);
        field(12, self.actions);
        field(13, self.milestones);
        field(14, self.end_recorded_at);
        field(15, self.joined);
        field(16, self.changed);
        field(17, self.asked);
        field(18, self.breaches);
        field(19, self.discussions);
        field(20, self.prompts);
        field(21, self.requests);
        field(22, self.reports);
    }
    Blocker const* blocker(BlockerId wanted) const;
    Action const* action(ActionId wanted) const;
    FieldHistory const* history(Field wanted) const;
};

}  // namespace washup::core
