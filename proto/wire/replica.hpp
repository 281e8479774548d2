#pragma once
// A follower of one view, as a machine: it keeps the rows right by itself and says how right they
// are. Rule (proto/README.md, "Following"): see a heartbeat, ask for the snapshot, apply what is
// above it; a hole, another epoch or a wrong fingerprint means a new snapshot. The rows it holds
// are never taken away meanwhile: they are marked. No socket, no clock, no chance of its own.

#include <cstdint>
#include <deque>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "proto/base/prng.hpp"
#include "proto/base/time.hpp"
#include "proto/wire/feed_state.hpp"

namespace washup::v1 {
class Delta;
class Heartbeat;
class SnapshotChunk;
}  // namespace washup::v1

namespace washup::wire {

inline constexpr std::size_t pending_deltas_max = 1024;     // held while a snapshot is on its way
inline constexpr std::size_t pending_bytes_max = 16 << 20;  // and their octets
inline constexpr std::size_t step_bytes_max = 64 << 20;     // all parts of one step together

enum class ReplicaState : std::uint8_t {
    waiting,    // no heartbeat yet; no rows
    syncing,    // heartbeats come, the first snapshot is not complete or not yet confirmed
    live,       // the rows are the daemon's: the fingerprint at a heartbeat said so
    resyncing,  // rows of before: a hole, another epoch or a wrong fingerprint
    lost,       // no heartbeat for lost_after; rows of before
};
char const* to_words(ReplicaState state);

struct ReplicaOptions {
    int view = 1;  // v1::View
    Duration lost_after = seconds(3);
    // After a loss: between the first heartbeat and the one that is believed. What a line held back
    // comes all at once.
    Duration believed_after = milliseconds(500);
    // Many boards notice the same restart in the same second: none asks at once.
    Duration ask_jitter_max = milliseconds(250);
    Duration ask_again_after = seconds(1);  // doubled at each vain attempt ...
    Duration ask_again_max = seconds(16);   // ... up to this; half of it is chance
    // A chunk that does not come for this long means the snapshot will not.
    Duration chunk_timeout = seconds(4);
    // The daemon's head may be seen below ours while the feed catches up with a snapshot; this many
    // heartbeats in a row are no longer that.
    int behind_max = 5;
};

// ---- What comes in ----
struct ReplicaTick {};
using ReplicaInput =
    std::variant<ReplicaTick, v1::Heartbeat const*, v1::Delta const*, v1::SnapshotChunk const*>;

// ---- What is to be done ----
struct ReplicaActions {
    bool ask_snapshot = false;
    bool state_changed = false;
    bool reset = false;                                          // all rows are other ones
    std::vector<std::pair<std::uint32_t, std::string>> changed;  // kind, id: put or gone
    bool rows_changed() const { return reset || !changed.empty(); }
};

class Replica {
  public:
    Replica(ReplicaOptions options, Prng prng) : options_(options), prng_(prng) {}

    void step(ReplicaInput const& input, SteadyInstant now, ReplicaActions& out);

    ReplicaState state() const { return state_; }
    FeedState const& rows() const { return *rows_; }
    bool complete() const { return complete_; }  // a whole snapshot was applied at least once
    std::uint64_t head() const { return head_; }
    std::string const& epoch() const { return epoch_; }
    // Why there is no snapshot, in the daemon's words; empty when it did not refuse.
    std::string const& refused_words() const { return refused_words_; }
    std::uint64_t snapshots_asked() const { return asked_; }
    std::uint64_t mismatches() const { return mismatches_; }
    std::size_t pending() const { return pending_.size(); }
    // When the next tick is of use.
    SteadyInstant next_due() const;

  private:
    void tick(SteadyInstant now, ReplicaActions& out);
    void heartbeat(v1::Heartbeat const& beat, SteadyInstant now, ReplicaActions& out);
    void delta(v1::Delta const& delta, SteadyInstant now, ReplicaActions& out);
    void chunk(v1::SnapshotChunk const& chunk, SteadyInstant now, ReplicaActions& out);
    void take(v1::Delta const& delta, SteadyInstant now, ReplicaActions& out);
    void apply(v1::Delta const& delta, ReplicaActions& out);
    bool apply_pending(SteadyInstant now, ReplicaActions& out);
    void clear_pending();
    void take_snapshot(SteadyInstant now, ReplicaActions& out);
    void judge(SteadyInstant now, ReplicaActions& out);
    void resync(SteadyInstant now, ReplicaActions& out);
    void keep(v1::Delta const& delta);
    void plan_ask(SteadyInstant now);
    void enter(ReplicaState state, ReplicaActions& out);
    bool wants_snapshot() const { return ask_at_.has_value() || waits_for_chunks_; }

    ReplicaOptions options_;
    Prng prng_;
    ReplicaState state_ = ReplicaState::waiting;
    std::unique_ptr<FeedState> rows_ = std::make_unique<FeedState>();
    bool complete_ = false;
    std::uint64_t head_ = 0;
    std::string epoch_;  // of the rows

    // The last heartbeat.
    SteadyInstant heard_;
    std::string daemon_epoch_;
    std::uint64_t daemon_head_ = 0;
    Fingerprint daemon_fingerprint_;
    int behind_ = 0;
    std::optional<SteadyInstant> back_since_;  // heard again after a loss, not believed yet

    // The snapshot that is asked for or on its way, and the deltas above it.
    std::optional<SteadyInstant> ask_at_;
    bool waits_for_chunks_ = false;
    bool any_head_ = false;  // our rows are wrong: a snapshot below our head is taken too
    SteadyInstant chunk_due_;
    int vain_asks_ = 0;
    std::unique_ptr<FeedState> incoming_;
    std::uint64_t incoming_head_ = 0;
    std::uint32_t incoming_next_ = 0;
    std::deque<std::shared_ptr<v1::Delta const>> pending_;
    std::size_t pending_bytes_ = 0;
    std::shared_ptr<v1::Delta> parts_;  // of a step whose last part has not come

    std::string refused_words_;
    std::uint64_t asked_ = 0, mismatches_ = 0;
};

}  // namespace washup::wire
