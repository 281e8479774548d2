#pragma once
// The way of one message through the adapter, whoever brought it: keep it raw (durable), map it,
// send it to the daemon, say when the daemon holds it. After a restart everything above the
// daemon's watermark is mapped and sent again. Knows no MLLP and no files. One thread: the
// io_context's.

#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>
#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "adapters/common/ingest_client.hpp"
#include "adapters/common/spool_shell.hpp"
#include "adapters/hl7v2/message.hpp"
#include "adapters/hl7v2/profile.hpp"
#include "adapters/hl7v2/record_keeper.hpp"

namespace washup::hl7v2 {

// Messages taken and not yet acknowledged, over all connections.
inline constexpr std::size_t taken_max = 4096;
// Mapped messages held in memory for the daemon; the others are read from the store in their turn.
inline constexpr std::size_t mapped_max = 4096;
// Messages held unkept while the spool is full; the oldest is given back as not taken then.
inline constexpr std::size_t offered_max = 256;

struct IntakeOptions {
    std::string daemon_host = "127.0.0.1";
    std::optional<link::ClientKeys> keys{};
    std::uint16_t ingest_port = 7700;
    std::string source = "ward";
    std::string profile;  // named on the command line; empty: chosen by the sender
    adapters::SpoolOptions spool;
    adapters::StatusFile status;
};

struct Taken {
    bool durable = false;  // false: our own trouble; the sender should send again
    bool duplicate = false;
    bool spooled = false;  // durable here; the daemon gets it when it is back
    adapters::RecordOutcome outcome;
    std::uint64_t record = 0;  // the journal's number; 0 when not told
};

struct IntakeCounts {
    std::uint64_t messages = 0, duplicates = 0, durable = 0, spooled = 0, control_id_clashes = 0,
                  unreadable = 0;
};

class Intake {
  public:
    using OnTaken = std::function<void(Taken const&)>;

    Intake(boost::asio::io_context& io, IntakeOptions options, ProfileSet const& profiles,
           RecordKeeper& keeper);
    ~Intake();

    Profile const& profile_for(Header const& header) const;
    // `done` is called once, on the io_context, possibly never when the program ends before.
    void take(std::string raw, Header const& header, OnTaken done);

    bool daemon_there() const;
    std::size_t under_way() const { return under_way_; }
    // Something in the store has no durable answer yet, whoever brought it and when.
    bool owes() const { return last_kept_ > watermark_ || !unanswered_.empty(); }
    bool has_room() const { return under_way_ < taken_max && offered_.empty() && spool_.room(1); }
    adapters::SpoolState spool() const { return spool_.state(); }
    void stop() { spool_.stop(); }
    IntakeCounts const& counts() const { return counts_; }

    // Called when the daemon comes or goes, when there is room again, and when nothing is owed;
    // from the io_context, never from within take().
    std::function<void()> on_change;
    // Called once when going on would lose or mix up messages; the program should end.
    std::function<void(std::string const& words)> on_fatal;

  private:
    using Record = std::shared_ptr<v1::IngestRecord>;

    // Waits for room in the spool.
    struct Offer {
        std::string raw;
        Header header;
        OnTaken done;
    };

    void keep(Offer offer);
    void keep_offered();
    void acknowledge(std::uint64_t up_to);
    void finish_waiting(std::uint64_t from, std::uint64_t to, Taken const& taken);
    Record map_raw(std::string_view raw, Header const& header, Instant received,
                   std::string const& name);
    void kept(Result<Kept> result, std::uint64_t bytes, Record record, OnTaken done);
    void connect();
    std::string profile_words() const;
    void note_profile(Profile const& profile);
    void welcomed(std::uint64_t watermark);
    void answered(v1::IngestAnswer const& answer);
    void refused(v1::IngestAnswer const& answer);
    void pump();
    void read_backlog();
    void fail(std::string const& words);
    void finish(OnTaken const& done, Taken const& taken);
    void say_changed();

    boost::asio::io_context& io_;
    IntakeOptions options_;
    ProfileSet const& profiles_;
    RecordKeeper& keeper_;
    std::set<std::string> profiles_used_;
    std::unique_ptr<adapters::IngestClient> client_;
    std::uint64_t last_kept_;
    std::uint64_t heard_;             // the daemon's answers were heard up to here
    std::uint64_t watermark_ = 0;     // of the last welcome, moved on by answers
    std::uint64_t next_to_send_ = 0;  // 0: not welcomed yet
    bool reading_ = false;
    std::size_t under_way_ = 0;
    std::map<std::uint64_t, Record> unanswered_;
    std::multimap<std::uint64_t, OnTaken> waiting_;
    adapters::SpoolShell spool_;
    std::deque<Offer> offered_;
    IntakeCounts counts_;
    boost::asio::steady_timer again_, change_;
    bool change_to_say_ = false;
};

}  // namespace washup::hl7v2
