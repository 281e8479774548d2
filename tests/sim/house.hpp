#pragma once
// The whole house in one thread: the real engine, reader, publishers, source sessions and replicas
// over a simulated network, disk and clock. Everything follows from one seed. The checkers
// (checkers.hpp) look on.

#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "daemon/engine/engine.hpp"
#include "daemon/engine/recover.hpp"
#include "daemon/journal/memory_journal.hpp"
#include "daemon/journal/state_image.hpp"
#include "daemon/reader/reader.hpp"
#include "proto/wire/replica.hpp"
#include "proto/wire/source_session.hpp"
#include "tests/sim/network.hpp"
#include "tests/support/daemon/story.hpp"

namespace washup::sim {

// What a checker may hold somebody to: promises that were made to the outside.
struct Promises {
    // (source, sequence) -> journal record that the source was told is durable.
    std::map<std::pair<std::string, std::uint64_t>, std::uint64_t> acked;
    std::map<std::string, std::uint64_t> accepted_commands;  // id -> record
    std::vector<std::string> broken;                         // words of a checker
};

class House {
  public:
    House(std::uint64_t seed, bool verbose);
    // Phase one with faults, phase two healed; false when a checker objected (words in promises).
    bool run(int minutes);
    Promises const& promises() const { return promises_; }
    std::string summary() const;

  private:
    struct Source {
        std::string name;
        std::unique_ptr<wire::SourceSession> session;
        std::vector<v1::IngestRecord> store;  // durable at the adapter; sequence = place + 1
        int link = 0;
        int generation = 0;  // of its connection
    };
    struct Board {
        v1::View view = v1::VIEW_TIER_1;
        std::unique_ptr<wire::Replica> replica;
        int link = 0;
    };

    core::State recover();
    void start_daemon();
    void crash_daemon();
    Instant daemon_time() const;
    void step(engine::Input const& input);
    void deliver(std::vector<reader::Outgoing> frames);
    void commit_soon();
    void second();
    void tick_source(Source& source);
    void take(Source& source, wire::SourceActions const& actions);
    void take(Board& board, wire::ReplicaActions const& actions);
    void to_board(Board& board, std::string const& frame);
    void ask_command();
    void on_answer(std::string const& frame);
    void note(std::string const& what);
    void check_journal();
    void check_boards(bool must_be_live);
    void break_promise(std::string words) { promises_.broken.push_back(std::move(words)); }

    Prng chance_;
    bool verbose_;
    Weather weather_;
    Network network_;
    tests::Story story_;
    journal::Sealer sealer_;
    std::shared_ptr<journal::MemoryDisk> disk_;
    Bytes image_;  // of a durable fold, as it would be beside the journal
    std::vector<Source> sources_;
    std::vector<Board> boards_;
    Promises promises_;
    std::uint64_t next_command_ = 1;
    std::map<std::string, Bytes> unanswered_commands_;

    // Of one life of the daemon.
    int life_ = 0;
    bool up_ = false;
    bool committing_ = false;
    std::unique_ptr<journal::MemoryJournal> journal_;
    std::unique_ptr<engine::Engine> engine_;
    std::uint64_t runs_ = 0;
    std::unique_ptr<reader::Reader> reader_;
    std::uint64_t crashes_ = 0;
};

}  // namespace washup::sim
