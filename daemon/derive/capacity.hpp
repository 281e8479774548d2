#pragma once
// Demand against capacity for each kind of service, zone and pathway: the net position, the tipping
// point, what was wanted and not there by hour, how long a bottleneck lasts and how often it comes
// back (product.md section 4; HICM change 2). Counters are taken as reported, never corrected.

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "daemon/derive/demand.hpp"
#include "proto/base/time.hpp"

namespace washup::derive {

struct CapacityKey {
    core::Code kind, zone, pathway;
    friend auto operator<=>(CapacityKey const&, CapacityKey const&) = default;
};

struct Position {
    std::size_t services = 0;
    // Sums of what the services say; nothing = none of them says it.
    std::optional<std::int64_t> total, occupied, reserved, out_of_service, accepting;
    std::int64_t open = 0;       // requests
    Instant oldest;              // of the open ones; 0 = none
    Instant counted_at;          // the oldest of the counters; 0 = no counter
    std::int64_t wanted_28 = 0;  // new requests of the last 28 complete days
    std::int64_t met_28 = 0;     // of all: met in those days
    std::string doubt;           // of a counter
    std::optional<std::int64_t> net() const {
        return accepting ? std::optional{*accepting - open} : std::nullopt;
    }
    // Days until demand passes what is accepted, at the pace of the last 28 days; 0 = it has;
    // nothing = not at this pace, or not known.
    std::optional<std::int64_t> days_to_tipping() const;
};

std::map<CapacityKey, Position> positions(core::State const& state);

// Counters of today or of yesterday are live ones: by their date, so that what a row says of them
// changes with an event or with the day, and not in between.
inline constexpr int live_counter_days = 1;
bool is_live(core::State const& state, core::CapacityReported const& counters);

// Why counters can hardly be true, in words; empty when they can.
std::string doubt_of_counters(core::CapacityReported const& counters);

struct UnmetKey {
    core::Code kind, zone;
    int hour = 0;  // of the London day at which it was wanted; -1 = a date without a time
    friend auto operator<=>(UnmetKey const&, UnmetKey const&) = default;
};
struct Unmet {
    std::int64_t wanted = 0, met = 0, elsewhere = 0, withdrawn = 0, closed = 0, unknown = 0;
    std::int64_t open = 0;
    std::int64_t days_waited = 0;  // whole London days from wanted to its end, or to today
    std::int64_t refusals = 0;
    friend bool operator==(Unmet const&, Unmet const&) = default;
};
// What was wanted on those days, whatever became of it.
std::map<UnmetKey, Unmet> unmet_need(core::State const& state, Date first, Date last);

// The counting of a day for the trend: `value` open requests, `of` accepting.
std::string trend_scope(CapacityKey const& key);  // "service:night_sitting|coast|P1"
std::optional<CapacityKey> key_of(std::string_view scope);
inline constexpr char const* demand_measure = "demand";

// A span of days on which more was asked for than was accepted.
struct Bottleneck {
    std::int64_t days_now = 0;  // the current one, today included; 0 = none now
    Date since;
    std::int64_t times = 0;  // in the days looked at
    std::int64_t days = 0;   // of all of them
    std::int64_t longest = 0;
    std::int64_t days_known = 0;
    Date last_known;
};
// Of the days `first` to yesterday as they were counted, and of today as it is.
std::map<CapacityKey, Bottleneck> bottlenecks(core::State const& state, Date first);

// What a blocker's reason says against what the service's counters say: "interface" that arranging
// is under way, "capacity" that there is nothing to arrange. Empty when they agree, or when no
// live counter is there.
std::string hint_of(core::State const& state, core::Stay const& stay, core::Blocker const& blocker);

}  // namespace washup::derive
