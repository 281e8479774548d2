#pragma once
// An adapter's side of the ingest conversation, as a machine: hello, welcome, window, sending
// again, answers in order. It has no socket and asks no clock; adapters/common/ingest_client is its
// shell and the simulator its other driver. It keeps nothing on disk: after a restart the adapter's
// own store sends everything above the watermark.

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "proto/base/digest.hpp"
#include "proto/base/time.hpp"

namespace washup::v1 {
class IngestAnswer;
class IngestRecord;
class SourceWelcome;
}  // namespace washup::v1

namespace washup::wire {

// Whatever the daemon offers, no more than this is held unanswered.
inline constexpr std::size_t source_in_flight_max = 4096;

struct SourceSessionOptions {
    std::string source;                         // [a-z0-9_-]{1,32}
    std::string epoch;                          // random id of the adapter's store
    std::string profile;                        // words for a person
    Duration hello_every = seconds(1);          // the sign of life; each is answered by a welcome
    Duration hello_again = milliseconds(250);   // until the first welcome
    Duration lost_after = seconds(3);           // nothing heard: the daemon is away
    Duration answer_timeout = seconds(5);       // unanswered for this long: sent again
    Duration resync_pause = milliseconds(200);  // between two attempts to mend a hole
};

// ---- What comes in ----
struct SourceTick {};  // the first one starts the conversation; then when next_due() has come
struct SourceHeard {   // a frame of the daemon
    std::string_view frame;
};
struct SourceSubmit {  // a record the adapter wants durable; window_left() > 0
    v1::IngestRecord const* record = nullptr;
};
using SourceInput = std::variant<SourceTick, SourceHeard, SourceSubmit>;

// ---- What is to be done ----
struct SourceActions {
    std::vector<Bytes> send;  // frames, in this order
    // The daemon is there and this much is durable; the adapter goes on from here.
    std::optional<std::uint64_t> welcomed;
    // Durable answers in order of sequence, or refusals of a record (not durable, its sequence is
    // still owed). Only what stands here, or fsynced in the adapter's own store, may be
    // acknowledged upstream.
    std::vector<std::shared_ptr<v1::IngestAnswer const>> answers;
    bool lost = false;
    std::vector<std::string>
        troubles;  // for the log: one word each, "bad_frame", "refused_version"
};

class SourceSession {
  public:
    explicit SourceSession(SourceSessionOptions options) : options_(std::move(options)) {}

    void step(SourceInput const& input, SteadyInstant now, SourceActions& out);
    // Other words for a person; the next tick says them in a hello.
    void set_profile(std::string words) {
        options_.profile = std::move(words);
        last_hello_ = {};
    }

    bool connected() const { return live_; }
    std::size_t window_left() const;
    // The next sequence never sent; lower ones may be submitted again.
    std::uint64_t next_sequence() const { return next_; }
    SteadyInstant next_due() const;
    // The daemon's time as it last said it, moved on by the real age of that word.
    std::optional<Instant> daemon_time(SteadyInstant now) const;

  private:
    struct Pending {
        Bytes frame;
        SteadyInstant sent;
        std::shared_ptr<v1::IngestAnswer const> answer;  // held until those before it are answered
    };

    void tick(SteadyInstant now, SourceActions& out);
    void heard(std::string_view bytes, SteadyInstant now, SourceActions& out);
    void submit(v1::IngestRecord const& record, SteadyInstant now, SourceActions& out);
    void hello(SteadyInstant now, SourceActions& out);
    SteadyInstant hello_due() const;
    void welcome(v1::SourceWelcome const& welcome, SteadyInstant now, SourceActions& out);
    void answer(std::shared_ptr<v1::IngestAnswer const> answer, SteadyInstant now,
                SourceActions& out);
    void out_of_step(SteadyInstant now, SourceActions& out);
    void send_unanswered(SteadyInstant now, Duration older_than, SourceActions& out);

    SourceSessionOptions options_;
    bool live_ = false, started_ = false, out_of_step_ = false;
    SteadyInstant last_heard_, last_hello_, last_resync_, daemon_time_heard_;
    std::optional<Instant> daemon_time_;
    std::size_t in_flight_max_ = 1;
    std::uint64_t next_ = 0;  // 0 until the first welcome
    std::uint64_t run_ = 0;   // of the daemon that said the last welcome
    std::map<std::uint64_t, Pending> pending_;
};

}  // namespace washup::wire
