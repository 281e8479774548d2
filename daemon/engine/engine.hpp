#pragma once
// The single writer: puts observation, decision, application and append in the one right order, and
// lets no answer leave before what it speaks of is durable. A machine: step(input, actions), no IO,
// no clock, no thread. The file to read first.

#include <cstdint>
#include <deque>
#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "daemon/core/apply.hpp"
#include "daemon/core/decide.hpp"
#include "daemon/ingest/observe.hpp"
#include "daemon/journal/seal.hpp"

namespace washup::engine {

// Records of one source that may be unanswered; told to it in its welcome.
inline constexpr std::uint32_t in_flight_max = 512;
// Answers that wait for the disk, over all askers. Above it everything asked is refused as "busy".
inline constexpr std::size_t waiting_answers_max = 65'536;
// Commands that wait for the disk: a person must never stand behind that many.
inline constexpr std::size_t pending_commands_max = 1024;

// ---- What comes in ------------------------------------------------------------------------------

// `from` is how the shell finds the asker again, `key` the name of the connection's key, journaled
// with what it asked for. Frames are parsed messages in wire form.
struct HelloReceived {
    std::string from;
    std::shared_ptr<v1::SourceHello const> hello;
    std::string key{};
};
struct RecordReceived {
    std::string from;
    std::shared_ptr<v1::IngestRecord const> record;
    std::string key{};
};
struct CommandReceived {
    std::string from;
    std::shared_ptr<v1::Command const> command;
    std::string key{};
    // Whoever signed in on the connection: they are the actor, whatever the command says.
    std::optional<core::StaffId> signed_in{};
    // Told to whoever erases a person: where their words may still be.
    std::vector<std::string> copies{};
};
struct Durable {
    core::RecordNumber up_to;
};
struct ClockAdvanced {};
struct ConfigRead {
    core::Config config;
    Digest256 digest;
};
// The system's clock was set and the daemon follows (clock_keeper.hpp).
struct ClockJumped {
    Instant from, to;
};
// The keys of the journal were read: what was erased in a later life of it, and came back with an
// older copy, is erased here too.
struct KeysRead {};
using Input = std::variant<HelloReceived, RecordReceived, CommandReceived, Durable, ClockAdvanced,
                           ConfigRead, ClockJumped, KeysRead>;

// ---- What goes out ------------------------------------------------------------------------------

using SharedRecord = std::shared_ptr<core::Record const>;
struct Append {
    SharedRecord record;
    std::vector<journal::StoredKey> keys{};  // that were made for it
};
enum class Port { ingest, control };
struct Send {
    Port port = Port::ingest;
    std::string to;
    Bytes frame;
};
struct WakeAt {
    Instant at;
};
using Action = std::variant<Append, Send, WakeAt>;

class Engine {
  public:
    // `recovered` is the fold of the journal. `run` is by chance, another at each start: sources
    // see by it that what they had under way is forgotten.
    Engine(core::State recovered, journal::Sealer const& sealer, std::uint64_t run);

    void step(Input const& input, Instant now, std::vector<Action>& actions);

    core::State const& state() const { return state_; }
    std::size_t waiting_answers() const { return waiting_.size(); }

  private:
    struct Waiting {
        core::RecordNumber until;
        Send send;
        bool command = false;
    };
    void on(HelloReceived const& input, Instant now, std::vector<Action>& actions);
    void on(RecordReceived const& input, Instant now, std::vector<Action>& actions);
    void on(CommandReceived const& input, Instant now, std::vector<Action>& actions);
    void on(Durable const& input, Instant now, std::vector<Action>& actions);
    void on(ClockAdvanced const& input, Instant now, std::vector<Action>& actions);
    void on(ConfigRead const& input, Instant now, std::vector<Action>& actions);
    void on(ClockJumped const& input, Instant now, std::vector<Action>& actions);
    void on(KeysRead const& input, Instant now, std::vector<Action>& actions);

    // Seals, numbers, applies and hands over one record; what waited for what it brought follows.
    core::RecordNumber commit(core::Cause cause, std::vector<core::Event> events, Instant now,
                              std::vector<Action>& actions);
    // Says in the event whose keys go, and lets them go.
    void destroy_keys(core::PersonErased& erased);
    void carry_out_waiting(std::set<core::AliasKey> const& appeared, Instant now,
                           std::vector<Action>& actions);
    void turn_clock(Instant now, std::vector<Action>& actions);
    void count_day(std::vector<core::Event>& events) const;
    core::RecordNumber old_words() const;
    bool full() const { return waiting_.size() >= waiting_answers_max; }
    void answer(core::RecordNumber until, Send send, bool command, std::vector<Action>& actions);

    core::State state_;
    journal::Sealer const& sealer_;
    std::uint64_t run_;
    ingest::AliasHash hash_;
    core::RecordNumber durable_;
    std::deque<Waiting> waiting_;  // by record number: one FIFO for all that leaves
    std::size_t waiting_commands_ = 0;
    Instant last_now_;
};

}  // namespace washup::engine
