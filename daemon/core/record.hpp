#pragma once
// One record of the journal: its cause (a source's record, a person's command, the daemon's own
// clock) and the events that were decided then. Replay uses the events and never decides again.

#include <vector>

#include "daemon/core/event.hpp"

namespace washup::core {

enum class CauseKind : std::uint32_t { daemon = 0, source = 1, command = 2 };

// What the asker was told, kept so that a resend is told the same.
struct Outcome {
    Code code;           // accepted, inbox, counted, refused
    std::string reason;  // machine code: "waiting_for_visit"
    std::string field;
    std::string words;
    std::uint64_t made = 0;  // number of the blocker or action made
    std::string warning;
    static void describe(auto& self, auto&& visit) {
        visit(1, self.code);
        visit(2, self.reason);
        visit(3, self.field);
        visit(4, self.words);
        visit(5, self.made);
        visit(6, self.warning);
    }
    friend bool operator==(Outcome const&, Outcome const&) = default;
};

struct Cause {
    CauseKind kind = CauseKind::daemon;
    SourceName source;
    std::string epoch;
    std::uint64_t sequence = 0;
    Bytes digest;  // of the raw record at the adapter
    std::string record_name;
    Code trigger;
    std::string command_id;
    StaffId actor;
    bool actor_verified = false;
    StaffId decided_by;
    std::string key;  // the connection's key, once keys exist
    Outcome outcome;
    static void describe(auto& self, auto&& field) {
        field(1, self.kind);
        field(2, self.source);
        field(3, self.epoch);
        field(4, self.sequence);
        field(5, self.digest);
        field(6, self.record_name);
        field(7, self.trigger);
        field(8, self.command_id);
        field(9, self.actor);
        field(10, self.actor_verified);
        field(11, self.decided_by);
        field(12, self.key);
        field(13, self.outcome);
    }
    friend bool operator==(Cause const&, Cause const&) = default;
};

struct Record {
    RecordNumber number;
    Instant at;  // the daemon's time of receipt
    Cause cause;
    std::vector<Event> events;
    static void describe(auto& self, auto&& field) {
        field(1, self.number);
        field(2, self.at);
        field(3, self.cause);
        field(4, self.events);
    }
    friend bool operator==(Record const&, Record const&) = default;
};

}  // namespace washup::core
