#include "daemon/core/apply.hpp"

#include <algorithm>

#include "daemon/core/apply_cause.hpp"
#include "daemon/core/apply_figures.hpp"
#include "daemon/core/apply_meeting.hpp"
#include "daemon/core/apply_staff.hpp"
#include "daemon/core/erase.hpp"
#include "daemon/core/reading.hpp"
#include "proto/base/check.hpp"

namespace washup::core {
namespace {

// One record at a time; each overload is one event.
class Applier {
  public:
    Applier(State& state, Record const& record, Changes& changes)
        : state_(state), record_(record), changes_(changes) {}

    // A message tells five things of one person, and their stays change once by it.
    void finish() {
        for (auto const person : told_of_) touch_person(person);
        note_breaches(state_, changes_);
    }

    void operator()(ConfigAdopted const& e) {
        state_.config = e.config;
        state_.config_digest = e.digest;
        changes_.config = true;
    }
    void operator()(DayTurned const& e) {
        state_.today = e.date;
        changes_.day = true;
        forget_old_meetings(state_, record_.at);
        forget_old_figures(state_);
    }
    void operator()(ClockStepped const&) {}
    void operator()(SourceEpochBegan const& e) {
        auto& source = state_.sources[e.source];
        source.epochs[e.epoch].profile = e.profile;
        source.latest = e.epoch;
        // That the adapter lives says nothing about the feed behind it: only of a source that never
        // sent anything does its silence begin with its first hello.
        if (source.last_heard.ms == 0) source.last_heard = record_.at;
        source.changed = record_.number;
        changes_.sources.insert(e.source);
    }
    void operator()(RecordCounted const&) {}

    // ---- identity
    void operator()(PersonRegistered const& e) {
        state_.persons[e.person].id = e.person;
        state_.last_person = std::max(state_.last_person, e.person);
        note_contact(state_, e.person, record_.at);
    }
    void operator()(IdentifierAdded const& e) {
        auto& person = state_.persons[e.person];
        if (person.identifiers.size() >= person_identifiers_max) return;
        person.identifiers.push_back({e.kind, e.name_space, e.key, e.number, e.doubtful});
        if (!e.doubtful) {
            state_.person_by_key.emplace(e.key, e.person);
            changes_.appeared.insert(e.key);
        }
        note_contact(state_, e.person, record_.at);
        touch_person(e.person);
    }
    void operator()(PersonsMerged const& e) {
        state_.persons[e.retired].survivor = e.survivor;
        state_.persons[e.survivor].retired.insert(e.retired);
        touch_person(e.retired);
    }
    void operator()(MergeUndone const& e) {
        touch_person(e.retired);
        state_.persons[e.retired].survivor = {};
        state_.persons[e.survivor].retired.erase(e.retired);
        touch_person(e.retired);
        touch_person(e.survivor);
    }
    void operator()(PersonErased const& e) { erase_words(state_, e, record_, changes_); }
    void operator()(PersonBegunAnew const& e) {
        see_others(e.stay);
        give_stay(state_, e);
        see_others(e.stay);
        touch(e.stay);
    }

    // ---- the stay
    void operator()(StayOpened const& e) {
        auto& stay = state_.stays[e.stay];
        stay.provisional = e.provisional;
        stay.inferred = e.inferred;
        if (stay.id) {  // said again: its admission, or the ward's word, came later
            note_announced(stay);
            touch(e.stay);
            return;
        }
        stay.id = e.stay;
        stay.person = e.person;
        stay.opened_by = e.source;
        stay.opened_at = record_.at;
        state_.persons[e.person].stays.insert(e.stay);
        state_.last_stay = std::max(state_.last_stay, e.stay);
        note_announced(stay);
        for (auto const& known : state_.persons[e.person].identifiers) {
            if (!known.doubtful) changes_.appeared.insert(known.key);
        }
        touch(e.stay);
    }
    void operator()(VisitNumberAdded const& e) {
        state_.stays[e.stay].visits.push_back({e.authority, e.key, e.number});
        state_.stay_by_key.emplace(e.key, e.stay);
        changes_.appeared.insert(e.key);
        touch(e.stay);
    }
    void operator()(StayJoined const& e) {
        state_.stays[e.provisional].joined_into = e.ward;
        state_.stays[e.ward].joined.insert(e.provisional);
        note_announced(state_.stays[e.provisional]);
        note_end(e.ward);
        touch(e.provisional);
        touch(e.ward);
    }
    void operator()(FactObserved const& e) {
        auto& fields =
            of_person(e.field) ? state_.persons[e.person].fields : state_.stays[e.stay].fields;
        if (of_person(e.field)) note_contact(state_, e.person, record_.at);
        add_fact(fields[e.field], Fact{e.value, e.times, record_.at, record_.number, e.source,
                                       e.actor, e.doubt, e.why, e.why_words});
        after_fact(e.stay, e.person, e.field);
    }
    void operator()(FactConfirmed const& e) {
        auto& stay = state_.stays[e.stay];
        auto& fields = of_person(e.field) ? state_.persons[stay.person].fields : stay.fields;
        fields[e.field].confirmation = Confirmation{record_.at, e.source, e.actor};
        if (of_person(e.field)) touch_person(stay.person);
        touch(e.stay);
    }
    void operator()(FactsRetracted const& e) {
        add_retraction(state_.stays[e.stay].fields[e.field],
                       Retraction{e.occurred, e.location, e.only_code, e.recorded, e.source,
                                  e.actor, record_.number});
        after_fact(e.stay, {}, e.field);
    }
    void operator()(MilestoneReached const& e) {
        state_.stays[e.stay].milestones.push_back({e.name, e.at, e.source, e.actor});
        touch(e.stay);
    }
    void operator()(StayLetGo const& e) {
        auto const found = state_.stays.find(e.stay);
        if (found == state_.stays.end()) return;
        for (auto const& visit : found->second.visits) {
            state_.let_go.insert(visit.key);
            auto const named = state_.stay_by_key.find(visit.key);
            if (named != state_.stay_by_key.end() && named->second == e.stay) {
                state_.stay_by_key.erase(named);
            }
        }
        auto const through = state_.stays.find(found->second.joined_into);
        if (through != state_.stays.end()) through->second.joined.erase(e.stay);
        for (auto const& action : found->second.actions) drop_deadline(e.stay, action);
        state_.announced.erase({found->second.opened_at, e.stay});
        // Rows of the person's other stays told of this one ("back after 12 d").
        for (auto const* record : state_.records_of(state_.survivor_of(found->second.person))) {
            changes_.stays.insert(record->stays.begin(), record->stays.end());
        }
        state_.persons[found->second.person].stays.erase(e.stay);
        note_contact(state_, found->second.person, found->second.end_recorded_at);
        state_.stays.erase(found);
        changes_.let_go.insert(e.stay);
        changes_.stays.erase(e.stay);
    }

    // ---- blockers and actions
    void operator()(BlockerOpened const& e) {
        auto& blockers = state_.stays[e.stay].blockers;
        auto* blocker = find(blockers, e.blocker);
        if (blocker == nullptr) {
            blocker = &blockers.emplace_back();
            blocker->id = e.blocker;
            blocker->source = e.source;
            blocker->reference = e.reference;
            blocker->actor = e.actor;
            blocker->record = record_.number;
            blocker->recorded = record_.at;
        }
        keep_source_word(*blocker, e.source);
        blocker->reason = e.reason;
        blocker->local_reason = e.local_reason;
        blocker->holder = e.holder;
        blocker->note = e.note;
        blocker->as_given = e.as_given;
        blocker->opened = e.opened;
        blocker->doubt = e.doubt;
        blocker->told = e.told;
        blocker->claims = e.claims;
        blocker->zone = e.zone;
        state_.last_blocker = std::max(state_.last_blocker, e.blocker);
        touch(e.stay);
    }
    void operator()(BlockerClosed const& e) {
        if (auto* blocker = find(state_.stays[e.stay].blockers, e.blocker)) {
            keep_closing_word(*blocker, e.source, e.closed);
            blocker->closed = e.closed;
            blocker->closed_why = e.why;
            blocker->closed_words = e.why_words;
            blocker->closed_recorded = record_.at;
            blocker->told = std::max(blocker->told, e.told);
            if (!e.doubt.empty()) blocker->doubt = e.doubt;
        }
        touch(e.stay);
    }
    void operator()(BlockerReopened const& e) {
        reopen(state_.stays[e.stay], e, record_.at);
        touch(e.stay);
    }
    void operator()(BlockerConfirmed const& e) { confirm(state_.stays[e.stay], e); }
    void operator()(ClockHandedOver const& e) {
        state_.stays[e.stay].hand_overs.push_back({e.blocker, e.at, record_.number});
        touch(e.stay);
    }
    void operator()(ActionAssigned const& e) {
        state_.stays[e.stay].actions.push_back(assigned(e, record_));
        state_.last_action = std::max(state_.last_action, e.action);
        note_deadlines(e.stay);
        touch(e.stay);
    }
    void operator()(ActionFinished const& e) {
        change(e, [&](Action& action) { finish_action(action, e, record_.at); });
    }
    void operator()(ActionReopened const& e) {
        change(e, [&](Action& action) { reopen_action(action, e, record_.at); });
    }
    void operator()(DeadlineMoved const& e) {
        change(e, [&](Action& action) { move_deadline(action, e, record_.at); });
    }
    void operator()(ActionReworded const& e) {
        change(e, [&](Action& action) { reword_action(action, e, record_.at); });
    }
    void operator()(ActionConfirmed const& e) { confirm(state_.stays[e.stay], e); }
    void operator()(ActionBecameOverdue const& e) {
        change(e, [](Action& action) { action.overdue = true; });
    }

    // ---- capacity, inbox
    void operator()(CapacityReported const& e) {
        auto const [it, fresh] = state_.services.try_emplace(e.service);
        auto& service = it->second;
        // A late fact never wins; the first is not late, whatever its sender's clock says.
        if (!fresh && e.occurred < service.counters.occurred) return;
        service.counters = e;
        service.changed = record_.number;
        changes_.services.insert(e.service);
    }
    void operator()(InboxKept const& e) {
        state_.last_inbox = std::max(state_.last_inbox, e.item);
        auto const [it, fresh] = state_.inbox.try_emplace(e.item);
        if (fresh) {
            it->second = InboxItem{e, record_.at, record_.number, {}, 1};
            if (e.waiting_for) state_.waiting[*e.waiting_for].insert(e.item);
            note_asked(e);
        } else {
            ++it->second.count;  // one counted line per source and trigger
            it->second.received = record_.at;
        }
        changes_.inbox.insert(e.item);
    }
    void operator()(InboxCountedDown const& e) {
        auto const it = state_.inbox.find(e.item);
        if (it == state_.inbox.end()) return;
        if (it->second.count > 0) --it->second.count;
        if (it->second.count == 0) it->second.settled = "carried_out";
        changes_.inbox.insert(e.item);
    }
    void operator()(InboxSettled const& e) {
        auto const it = state_.inbox.find(e.item);
        if (it == state_.inbox.end()) return;
        it->second.settled = e.how;
        stop_waiting(state_, it->second.kept);
        changes_.inbox.insert(e.item);
    }

    // ---- staff, meetings and cycles, figures: apply_staff, apply_meeting, apply_figures
    void operator()(auto const& e) { apply_event(state_, record_, changes_, e); }

  private:
    // Whether the action still waits for its deadline may be otherwise afterwards.
    void change(auto const& e, auto&& how) {
        if (auto* action = find(state_.stays[e.stay].actions, e.action)) {
            drop_deadline(e.stay, *action);
            how(*action);
            note_deadlines(e.stay);
        }
        touch(e.stay);
    }
    void drop_deadline(StayId stay, Action const& action) {
        state_.deadlines.erase({action.deadline, stay, action.id});
    }
    void touch(StayId id) { touch_stay(state_, record_, changes_, id); }
    void touch_person(PersonId id) {
        for (auto const* record : state_.records_of(state_.survivor_of(id))) {
            for (auto const stay : record->stays) {
                note_deadlines(stay);
                touch(stay);
            }
        }
    }
    // A row tells of the person's other stays ("back after 12 d"); nothing of theirs changed.
    void see_others(StayId id) {
        for (auto const* record : state_.records_of(state_.survivor_of(state_.stays[id].person))) {
            changes_.stays.insert(record->stays.begin(), record->stays.end());
        }
    }
    // Nobody is reminded of what was to be done for somebody who died.
    void note_deadlines(StayId id) {
        auto const* stay = state_.stay(id);
        if (stay == nullptr) return;
        auto const died = has_died(state_, *stay);
        for (auto const* part : parts_of(state_, *stay)) {
            for (auto const& action : part->actions) {
                auto const waits = action.state == ActionState::open && !action.overdue;
                if (waits && !died) {
                    state_.deadlines.emplace(action.deadline, part->id, action.id);
                } else {
                    drop_deadline(part->id, action);
                }
            }
        }
    }
    void after_fact(StayId id, PersonId person, Field field) {
        if (of_person(field)) told_of_.insert(person);
        auto const it = state_.stays.find(id);
        if (it == state_.stays.end()) return;
        if (field == Field::ending) {
            note_end(id);
            note_end(it->second.joined_into);
        }
        touch(id);
    }
    void note_end(StayId id) {
        auto const it = state_.stays.find(id);
        if (it == state_.stays.end()) return;
        auto& recorded = it->second.end_recorded_at;
        auto const is_ended = has_ended(state_, it->second);
        note_deadlines(id);
        note_end_moved(state_, it->second, changes_);
        if (!is_ended) recorded = {};
        if (is_ended && recorded.ms == 0) recorded = record_.at;
        note_announced(it->second);
    }
    // Keeps the index of announcements that a person will have to be asked about.
    void note_announced(Stay const& stay) {
        auto const unmatched =
            stay.provisional && !stay.joined_into && !stay.asked && stay.end_recorded_at.ms == 0;
        if (unmatched) {
            state_.announced.emplace(stay.opened_at, stay.id);
        } else {
            state_.announced.erase({stay.opened_at, stay.id});
        }
    }
    void note_asked(InboxKept const& e) {
        auto const it = state_.stays.find(e.stay);
        if (e.why != "unmatched_announcement" || it == state_.stays.end()) return;
        it->second.asked = e.item;
        note_announced(it->second);
        touch(e.stay);
    }

    State& state_;
    Record const& record_;
    Changes& changes_;
    std::set<PersonId> told_of_;
};

}  // namespace

void apply(State& state, Record const& record, Changes& changes) {
    WASHUP_CHECK(record.number.value() == state.head.value() + 1, "records are applied in order");
    state.head = record.number;
    state.last_at = record.at;
    // What this record touched, apart from what a batch of them did: it is looked at once more.
    Changes own;
    Applier applier{state, record, own};
    for (auto const& event : record.events) std::visit(applier, event);
    applier.finish();
    if (record.cause.kind == CauseKind::source) note_source(state, record, own);
    changes.take(std::move(own));
    if (record.cause.kind == CauseKind::command) note_command(state, record);
}

}  // namespace washup::core
