#pragma once
// The engine with a hand on everything around it: time stands until a test moves it, and the disk
// is done when the test says so. Keeps what was appended and what was said, in order. No journal,
// no socket.

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "daemon/engine/engine.hpp"
#include "proto/wire/envelope.hpp"
#include "tests/support/daemon/wire_messages.hpp"

namespace washup::tests {

// A frame the engine let go, read again. Only the message of its kind is filled.
struct Said {
    engine::Port port = engine::Port::ingest;
    std::string to;
    wire::Kind kind = wire::Kind::refusal;
    v1::SourceWelcome welcome;
    v1::IngestAnswer record;
    v1::Answer command;
    v1::Refusal refusal;
};

class Desk {
  public:
    // A daemon that has read small_config() on 1 November 2026, 08:00, and that sources "ward"
    // (epoch w1) and "hub" (epoch h1) have greeted; all of it durable, nothing left to take.
    Desk();
    // A daemon that starts on what it recovered, and has heard nothing yet.
    Desk(core::State recovered, Instant now);
    Desk(Desk const&) = delete;
    Desk& operator=(Desk const&) = delete;

    void hello(std::string const& source, std::string const& epoch, std::string const& from = {});
    // The next record of the epoch in which the source said hello; gives its sequence.
    std::uint64_t record(v1::Observation const& observation, std::string const& source = "ward");
    void record_as(std::uint64_t sequence, v1::Observation const& observation,
                   std::string const& source = "ward", std::string const& epoch = {});
    void command(v1::Command const& command, std::string const& from = "board");
    void config(core::Config const& config, std::string const& digest_of);
    void step(engine::Input const& input);
    void durable();  // all that was appended
    void durable_up_to(std::uint64_t number);
    void move_to(std::string const& moment) { now_ = parse(moment); }
    void move_to(Instant moment) { now_ = moment; }
    void wait_until(std::string const& moment);  // and the clock's timer fires

    core::State const& state() const { return engine_->state(); }
    engine::Engine const& machine() const { return *engine_; }
    journal::Sealer const& sealer() const { return sealer_; }
    std::vector<engine::SharedRecord> const& appended() const { return appended_; }
    std::vector<Instant> const& wakes() const { return wakes_; }
    Instant now() const { return now_; }
    std::vector<Said> take();  // what was said since the last call
    std::size_t unheard() const { return said_.size(); }
    core::Stay const* stay(std::string const& visit) const;

  private:
    static Instant parse(std::string const& moment);
    journal::Sealer sealer_;
    Instant now_;
    std::unique_ptr<engine::Engine> engine_;
    std::map<std::string, std::string> epochs_;  // by source
    std::map<std::pair<std::string, std::string>, std::uint64_t> watermarks_;
    std::vector<engine::SharedRecord> appended_;
    std::vector<Said> said_;
    std::vector<Instant> wakes_;
};

}  // namespace washup::tests
