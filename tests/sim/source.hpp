#pragma once
// A source of the simulated house: its adapter's store, which outlives it, and the real session
// over what is stored. A ward source keeps HL7 text and maps it when it sends, as washup-hl7 does;
// the others keep observations.

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "adapters/hl7v2/framer.hpp"
#include "adapters/hl7v2/profile.hpp"
#include "proto/wire/source_session.hpp"
#include "tests/sim/daemon.hpp"
#include "washup/v1/ingest.pb.h"

namespace washup::sim {

// What lies in the store: raw text when it came so, with the time at which it came.
struct Stored {
    std::string name, raw;
    Instant received;
    v1::Observation observation;
};

class Source {
  public:
    // To the daemon, from this connection.
    using Send = std::function<void(std::string const& from, Bytes frame)>;
    Source(World world, std::string name, hl7v2::ProfileSet const& profiles, Send send);

    // Octets as they come from a ward system, in pieces; each whole message is stored.
    void take_octets(std::string_view bytes, Instant now);
    void take(v1::Observation observation, Instant now);
    // Plant::repeat_content.
    void take_last_again();

    void tick();
    void hear(std::string const& to, Bytes const& frame);
    // A new connection; the daemon knows nothing of it yet.
    void relink();
    // The program ends and is started again over its store.
    void stop();
    void start();
    // Another store in place of one whose records are all answered.
    void begin_epoch();

    std::string const& name() const { return name_; }
    std::string connection() const;
    bool running() const { return session_ != nullptr; }
    bool drained() const;

    std::size_t stored_in_all() const { return stored_in_all_; }

    int way_in = 0, way_out = 0;  // seen from the daemon
    SteadyInstant hushed_until;

  private:
    v1::IngestRecord record_of(std::uint64_t sequence) const;
    void keep(Stored stored);
    void take(wire::SourceActions const& actions);

    World world_;
    std::string name_;
    hl7v2::ProfileSet const& profiles_;
    Send send_;
    hl7v2::Framer framer_;
    std::vector<Stored> store_;  // sequence = place + 1
    std::unique_ptr<wire::SourceSession> session_;
    int generation_ = 0, epoch_ = 1, session_number_ = 0;
    std::uint64_t answered_ = 0, stored_in_all_ = 0;
};

}  // namespace washup::sim
