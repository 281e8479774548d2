#pragma once
// A source of the simulated house: the ward system upstream, the adapter's store, which outlives
// the adapter, and the adapter: the real framer, mapper, file reader, spool and session. It stands
// in for the intakes of washup-hl7 and washup-csv: what a ward is told, and when, is as there. A
// message is acknowledged when the daemon answered or the spool says so, a file when it is kept.

#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "adapters/common/spool.hpp"
#include "adapters/csv/profile.hpp"
#include "adapters/hl7v2/framer.hpp"
#include "adapters/hl7v2/profile.hpp"
#include "proto/wire/source_session.hpp"
#include "tests/sim/adapter_store.hpp"
#include "tests/sim/daemon.hpp"
#include "tests/sim/ward.hpp"
#include "washup/v1/ingest.pb.h"

namespace washup::sim {

struct Profiles {
    hl7v2::ProfileSet hl7;
    csv::Profile csv;
};

class Source {
  public:
    // To the daemon, from this connection.
    using Send = std::function<void(std::string const& from, Bytes frame)>;
    // `clock`: as the wards and the adapter's machine have it.
    Source(World world, std::string name, Profiles const& profiles, std::function<Instant()> clock,
           Send send);

    // What happens upstream. Octets are HL7 in MLLP frames.
    void tell_octets(std::string octets);
    void tell_file(std::string name, std::string octets);
    void tell(v1::Observation observation);
    // Plant::repeat_content.
    void keep_last_again();

    void tick();
    void hear(std::string const& to, Bytes const& frame);
    // A new connection; the daemon knows nothing of it yet.
    void relink();
    // The ward's connection breaks.
    void relink_ward();
    // The program ends and is started again over its store.
    void stop();
    void start();
    // Another store in place of one that owes nothing to anybody.
    void begin_epoch();

    std::string const& name() const { return name_; }
    std::string connection() const;
    bool running() const { return session_ != nullptr; }
    bool drained() const;

    std::size_t told_in_all() const { return told_in_all_; }
    std::uint64_t sent_again() const { return ward_.sent_again(); }
    std::uint64_t spooled() const { return spooled_; }

    int way_in = 0, way_out = 0;            // seen from the daemon
    int ward_way_in = 0, ward_way_out = 0;  // seen from the adapter
    SteadyInstant hushed_until;

  private:
    void from_ward(std::string_view octets);
    void take_message(std::string octets);
    void take_file(Parcel const& file);
    void take_plain(Parcel const& parcel);
    void keep(Stored stored, std::string key);
    void kept(Stored stored, std::string const& key, bool told);
    void acknowledge(std::string const& content, std::uint64_t sequence, std::string octets);
    void acknowledge_waiting(std::uint64_t up_to);
    void look_at_spool();
    void note_soon();
    v1::IngestRecord record_of(std::uint64_t sequence) const;
    void take(wire::SourceActions const& actions);
    void step(adapters::SpoolInput const& input);

    World world_;
    std::string name_;
    Profiles const& profiles_;
    std::function<Instant()> clock_;
    Send send_;
    Ward ward_;
    std::deque<Parcel> drop_;  // files that the hub wrote and nobody took
    std::size_t told_in_all_ = 0;
    adapters::SpoolOptions spool_options_;
    int generation_ = 0, epoch_ = 1, session_number_ = 0;
    std::unique_ptr<AdapterStore> store_;
    Stored last_;  // of Plant::repeat_content
    std::uint64_t spooled_ = 0;

    // Of one run of the program.
    struct Waiting {
        std::string content, octets;  // of the answer to the ward
    };
    hl7v2::Framer framer_;
    std::unique_ptr<adapters::Spool> spool_;
    std::unique_ptr<wire::SourceSession> session_;
    std::multimap<std::uint64_t, Waiting> waiting_;   // by sequence
    std::uint64_t next_to_send_ = 0, watermark_ = 0;  // 0 = not welcomed
    std::uint64_t heard_ = 0;                         // the daemon's answers were heard up to here
};

}  // namespace washup::sim
