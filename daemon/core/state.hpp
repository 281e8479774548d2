#pragma once
// Everything the daemon knows now: the fold of the journal. A plain aggregate of the house's parts
// and the indexes to find them. Only apply() changes it.

#include <deque>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "daemon/core/figures.hpp"
#include "daemon/core/meeting.hpp"
#include "daemon/core/person.hpp"
#include "daemon/core/record.hpp"
#include "daemon/core/stay.hpp"

namespace washup::core {

struct Service {
    CapacityReported counters;  // as last reported
    RecordNumber changed;
    static void describe(auto& self, auto&& field) {
        field(1, self.counters);
        field(2, self.changed);
    }
};

struct Staff {
    StaffId id;
    Sealed name;
    std::string role;
    Code team;
    Sealed pin;  // what Argon2id made of it; empty: nobody signs in as them yet
    Code organisation;
    Sealed email;
    Code hours;                  // a calendar; empty = always
    Date away_from, away_until;  // both included; 0 = not away
    StaffId deputy;
    static void describe(auto& self, auto&& field) {
        field(1, self.id);
        field(2, self.name);
        field(3, self.role);
        field(4, self.team);
        field(5, self.pin);
        field(6, self.organisation);
        field(7, self.email);
        field(8, self.hours);
        field(9, self.away_from);
        field(10, self.away_until);
        field(11, self.deputy);
    }
};

struct InboxItem {
    InboxKept kept;
    Instant received;
    RecordNumber record;
    Code settled;             // how; empty = it waits for a person
    std::uint64_t count = 1;  // not_yet_handled: how many of this source and trigger
    static void describe(auto& self, auto&& field) {
        field(1, self.kept);
        field(2, self.received);
        field(3, self.record);
        field(4, self.settled);
        field(5, self.count);
    }
};

// What was answered for one record of a source.
struct AnswerMemo {
    RecordNumber record;
    Outcome outcome;
    static void describe(auto& self, auto&& field) {
        field(1, self.record);
        field(2, self.outcome);
    }
};

// Answers kept per source to repeat them word by word; a source never has more records in flight.
inline constexpr std::size_t source_answers_max = 2048;
// Sources a daemon knows; one more is refused at hello.
inline constexpr std::size_t sources_max = 64;
// Command ids are kept for 7 days, and never more than this many.
inline constexpr std::size_t command_memos_max = 200'000;
inline constexpr Duration command_memo_kept = hours(7 * 24);

// Stores a source may come with over the years, one epoch each; one more is refused at hello.
inline constexpr std::size_t source_epochs_max = 1024;

// What is known of one store of a source: two stores under one name (a listener, and a file fed by
// hand) number their records apart from each other.
struct SourceEpoch {
    std::string profile;
    std::uint64_t watermark = 0;
    std::map<std::uint64_t, AnswerMemo> answers;  // by sequence
    static void describe(auto& self, auto&& field) {
        field(1, self.profile);
        field(2, self.watermark);
        field(3, self.answers);
    }
};

struct SourceState {
    std::map<std::string, SourceEpoch> epochs;
    std::string latest;  // the epoch that was heard last
    Instant last_heard, last_occurred;
    std::uint64_t accepted = 0, inbox = 0, counted = 0;
    RecordNumber changed;
    static void describe(auto& self, auto&& field) {
        field(1, self.epochs);
        field(2, self.latest);
        field(3, self.last_heard);
        field(4, self.last_occurred);
        field(5, self.accepted);
        field(6, self.inbox);
        field(7, self.counted);
        field(8, self.changed);
    }
};

struct CommandMemo {
    RecordNumber record;
    Instant at;
    Outcome outcome;
    static void describe(auto& self, auto&& field) {
        field(1, self.record);
        field(2, self.at);
        field(3, self.outcome);
    }
};

struct State {
    RecordNumber head;
    Instant last_at;
    Date today;
    Digest256 config_digest;
    Config config;
    std::map<PersonId, Person> persons;
    std::map<StayId, Stay> stays;
    std::map<SourceName, SourceState> sources;
    std::map<Code, Service> services;
    std::map<StaffId, Staff> staff;
    std::map<InboxId, InboxItem> inbox;
    std::map<std::string, CommandMemo> commands;
    PersonId last_person;
    StayId last_stay;
    BlockerId last_blocker;
    ActionId last_action;
    InboxId last_inbox;
    std::map<MeetingId, Meeting> meetings;
    std::set<std::pair<Code, Instant>> cancelled_wash_ups;  // team and the time of its schedule
    std::map<CycleId, Cycle> cycles;
    std::map<DecisionId, CycleDecision> decisions;
    std::vector<Answer> answers;  // from above, the latest last
    Trends trends;
    std::map<FigureKey, Figure> figures;
    std::vector<ConfirmedPeriod> confirmed_periods;
    std::map<Code, std::map<Code, Maturity>> maturity;  // team, then dimension
    MeetingId last_meeting;
    CycleId last_cycle;
    DecisionId last_decision;
    RequestId last_request;
    static void describe(auto& self, auto&& field) {
        field(1, self.head);
        field(2, self.last_at);
        field(3, self.today);
        field(4, self.config_digest);
        field(5, self.persons);
        field(6, self.stays);
        field(7, self.sources);
        field(8, self.services);
        field(9, self.staff);
        field(10, self.inbox);
        field(11, self.commands);
        field(12, self.last_person);
        field(13, self.last_stay);
        field(14, self.last_blocker);
        field(15, self.last_action);
        field(16, self.last_inbox);
        field(17, self.let_go);
        field(18, self.meetings);
        field(19, self.cancelled_wash_ups);
        field(20, self.cycles);
        field(21, self.decisions);
        field(22, self.answers);
        field(23, self.trends);
        field(24, self.figures);
        field(25, self.confirmed_periods);
        field(26, self.maturity);
        field(27, self.last_meeting);
        field(28, self.last_cycle);
        field(29, self.last_decision);
        field(30, self.last_request);
    }

    // Keys of stays that were let go: a later fact goes to the inbox instead of opening them anew.
    std::set<AliasKey> let_go;

    // Indexes: rebuilt by apply from the parts above, and so not described.
    std::map<AliasKey, PersonId> person_by_key;
    std::map<AliasKey, StayId> stay_by_key;
    std::map<AliasKey, std::set<InboxId>> waiting;  // inbox items that wait for a visit or person
    std::set<std::tuple<Instant, StayId, ActionId>> deadlines;  // open, not yet overdue
    std::set<std::pair<Instant, StayId>> announced;    // by opening; no ward has them, nobody asked
    std::set<std::pair<Instant, StayId>> breach_dues;  // when to look at a stay's clocks again
    std::map<StayId, Instant> breach_due_of;
    std::deque<std::pair<Instant, std::string>> command_order;

    Stay const* stay(StayId id) const;  // follows the joining of a provisional stay
    Person const* person(PersonId id) const;
    PersonId survivor_of(PersonId id) const;  // follows merges to the record that reads for it
    // The record and all that are read through it, itself first.
    std::vector<Person const*> records_of(PersonId id) const;
};

// A digest over everything that is described: equal for equal folds, on any machine.
Digest128 fingerprint(State const& state);

}  // namespace washup::core
