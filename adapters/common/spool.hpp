#pragma once
// What an adapter may acknowledge upstream out of its own store, as a machine: it knows which
// records stand fsynced and unanswered there, says when the daemon has been silent for long enough
// that they are acknowledged without it, and when there is no room for more. It keeps no record
// and sends none: the store does the one, source_session the other. No IO, no clock.
//
// The rule is one: while the oldest unanswered record is younger than `after`, an acknowledgement
// waits for the daemon's durable answer. When it is older, the adapter spools: everything that
// stands in the store is acknowledged, and what comes next as soon as it stands there. The daemon
// gets it all in order when it is back; once it has caught up, its answer counts again.

#include <cstdint>
#include <deque>
#include <limits>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "adapters/common/record.hpp"
#include "proto/base/time.hpp"

namespace washup::adapters {

// Records that stand in the store without a noted answer of the daemon, and their octets, that an
// adapter holds at most, if its command line does not say less: also after a restart, so room is
// free again only when the store has noted the answer. A large hospital sends some 100,000 messages
// a day.
inline constexpr std::uint64_t spool_records_max = 1'000'000;
inline constexpr std::uint64_t spool_bytes_max = 4ull << 30;

struct SpoolOptions {
    std::optional<Duration> after = seconds(2);  // none: only the daemon's answer acknowledges
    std::uint64_t records_max = spool_records_max;
    std::uint64_t bytes_max = spool_bytes_max;  // of raw octets
};

// ---- What comes in ----
struct SpoolTick {};
// A record is on its way into the store: its room is taken. There was room(), else it is a
// programmer error.
struct SpoolReserved {
    std::uint64_t bytes = 0;
};
// The same record came before, or could not be stored: its room is free again.
struct SpoolReleased {
    std::uint64_t bytes = 0;
};
// It stands in the store, fsynced; the room that was reserved for it is its own. Sequences rise by
// one.
struct SpoolKept {
    WaitingRecord record;
};
// The daemon holds everything up to here.
struct SpoolAnswered {
    std::uint64_t up_to = 0;
};
// Its answers up to here are in the store: a run that starts now would not find them unanswered.
struct SpoolNoted {
    std::uint64_t up_to = 0;
};
using SpoolInput =
    std::variant<SpoolTick, SpoolReserved, SpoolReleased, SpoolKept, SpoolAnswered, SpoolNoted>;

// ---- What is to be done ----
struct SpoolActions {
    // Records kept up to here may be acknowledged now; 0 = none that were not before.
    std::uint64_t acknowledge = 0;
    bool began = false, ended = false;
};

struct SpoolState {
    bool spooling = false;
    bool full = false;
    Instant since;  // when the first record came that was acknowledged without the daemon
    std::uint64_t waiting = 0;  // records without the daemon's answer, and their octets
    std::uint64_t bytes = 0;
    Instant oldest;                  // when the first of them came; 0 = none waits
    std::uint64_t acknowledged = 0;  // without the daemon, since spooling began
    friend bool operator==(SpoolState const&, SpoolState const&) = default;
};

class Spool {
  public:
    // `left` is what an earlier run left unanswered: in order, without holes.
    Spool(SpoolOptions options, std::vector<WaitingRecord> const& left, SteadyInstant now);

    void step(SpoolInput const& input, SteadyInstant now, SpoolActions& out);

    // For so many octets in so many records.
    bool room(std::uint64_t bytes, std::uint64_t records = 1) const;
    bool spooling() const { return spooling_; }
    // The record was acknowledged from here, or may be.
    bool may_acknowledge(std::uint64_t sequence) const { return sequence <= acknowledged_up_to_; }
    SpoolState state() const;
    // Records in the store without a noted answer: never above records_max, if what was left is
    // not.
    std::uint64_t held() const { return held_.size(); }
    // When a tick may decide something; none while only an input can.
    std::optional<SteadyInstant> next_due() const;

  private:
    struct Held {
        Instant received;
        SteadyInstant kept;
        std::uint32_t bytes = 0;
    };

    void release(std::uint64_t bytes);
    void keep(WaitingRecord const& record, SteadyInstant now);
    void answered(std::uint64_t up_to);
    void noted(std::uint64_t up_to);
    bool none_waits() const { return answered_ == held_.size(); }
    Held const& oldest() const { return held_[answered_]; }
    void decide(SteadyInstant now, SpoolActions& out);

    SpoolOptions options_;
    std::deque<Held> held_;       // without a noted answer
    std::uint64_t first_ = 1;     // the sequence of held_.front(), or of the next record kept
    std::uint64_t answered_ = 0;  // the first of held_ that the daemon holds, and their octets
    std::uint64_t answered_bytes_ = 0;
    std::uint64_t reserved_records_ = 0, reserved_bytes_ = 0, bytes_ = 0;
    std::uint64_t acknowledged_up_to_ = 0, acknowledged_ = 0;
    bool spooling_ = false;
    Instant since_;
};

// One line for a person: "spooling since 22 Nov 09:14, 1204 wait, the oldest from 22 Nov 09:12".
// Times are London's.
std::string to_words(SpoolState const& state);

}  // namespace washup::adapters
