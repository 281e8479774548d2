#pragma once
// The history of one field: every fact as it came, every cancel, every "confirm as unchanged". What
// the field says now is derived from all of them and does not depend on the order of arrival
// (product.md section 3, "Late and repeated facts").

#include <vector>

#include "daemon/core/fact_list.hpp"

namespace washup::core {

// Facts kept of a run in which one source says the same: the first, by which it counts, and the
// latest. A feed repeats most of what it knows in every message.
inline constexpr std::size_t run_kept_max = 8;
// Facts kept for a field. When it is full, the middle of a run of repetitions goes first, else the
// oldest fact.
inline constexpr std::size_t field_history_max = 64;
// Cancels kept for a field; the oldest goes first.
inline constexpr std::size_t field_retractions_max = 32;

struct Retraction {
    std::optional<Instant> occurred;
    std::optional<Location> location;
    Code only_code;
    Instant recorded;
    SourceName source;
    StaffId actor;
    RecordNumber record;
    static void describe(auto& self, auto&& field) {
        field(1, self.occurred);
        field(2, self.location);
        field(3, self.only_code);
        field(4, self.recorded);
        field(5, self.source);
        field(6, self.actor);
        field(7, self.record);
    }
};

struct Confirmation {
    Instant at;
    SourceName source;
    StaffId actor;
    static void describe(auto& self, auto&& field) {
        field(1, self.at);
        field(2, self.source);
        field(3, self.actor);
    }
};

struct FieldHistory {
    FactList facts;  // by occurred, recorded, message time, record
    std::vector<Retraction> retractions;
    std::optional<Confirmation> confirmation;  // the latest
    static void describe(auto& self, auto&& field) {
        field(1, self.facts);
        field(2, self.retractions);
        field(3, self.confirmation);
    }
};

// What a field says now. Pointers live as long as the history that was read.
struct Current {
    Fact const* fact = nullptr;   // null = never said, or all of it taken back
    Instant confirmed_at;         // when it was last said or confirmed
    Fact const* other = nullptr;  // another source that still says something else
    // Known means: said, and not taken away.
    bool known() const { return fact != nullptr && !fact->value.empty(); }
};

void add_fact(FieldHistory& history, Fact fact);
void add_retraction(FieldHistory& history, Retraction retraction);

// The facts that no cancel has taken back, in order. `latest_only`: a cancel takes back one fact
// (a transfer), not all that match (an ending).
std::vector<Fact const*> standing(FieldHistory const& history, bool latest_only);

// Reads several histories as one: a person's own and those of the records merged into it.
Current current(std::vector<FieldHistory const*> const& histories, SourceName const& master,
                bool latest_only = false);
Current current(FieldHistory const& history, SourceName const& master, bool latest_only = false);

// Is a cancel of this field about one fact alone?
constexpr bool cancels_latest_only(Field field) {
    return field == Field::location;
}

}  // namespace washup::core
