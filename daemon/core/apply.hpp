#pragma once
// The only thing that changes State. Cannot fail and never asks why: a record was decided once, and
// live, replay, past views and standby all apply it the same way (design.md law 3).

#include <set>

#include "daemon/core/state.hpp"

namespace washup::core {

// What a record touched, for those who derive from State and must not look at all of it again.
struct Changes {
    std::set<StayId> stays;
    std::set<Code> services;
    std::set<SourceName> sources;
    std::set<StaffId> staff;
    std::set<InboxId> inbox;
    std::set<StayId> let_go;
    std::set<AliasKey> appeared;  // visits and persons that inbox items may wait for
    bool config = false;
    bool day = false;
    bool meetings = false;  // a wash-up or a cycle: its schedule, what it holds
    bool figures = false;   // trends, imports, what somebody answers for
    // Those of a later record, besides.
    void take(Changes&& later) {
        stays.merge(later.stays);
        for (auto const id : later.let_go) stays.erase(id);
        services.merge(later.services);
        sources.merge(later.sources);
        staff.merge(later.staff);
        inbox.merge(later.inbox);
        let_go.merge(later.let_go);
        appeared.merge(later.appeared);
        config = config || later.config;
        day = day || later.day;
        meetings = meetings || later.meetings;
        figures = figures || later.figures;
    }
    bool empty() const {
        return stays.empty() && services.empty() && sources.empty() && staff.empty() &&
               inbox.empty() && let_go.empty() && !config && !day && !meetings && !figures;
    }
};

void apply(State& state, Record const& record, Changes& changes);

}  // namespace washup::core
