#pragma once
// washup-csv at work: takes whole files into the store, sends their rows, notes the answers and
// writes the reports. Order of trust: a file is kept (fsynced) before it is moved out of the drop
// folder, and a row counts as delivered when the daemon's durable answer is here. One thread.

#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <vector>

#include "adapters/common/ingest_client.hpp"
#include "adapters/common/record_store.hpp"
#include "adapters/common/retention.hpp"
#include "adapters/common/spool_shell.hpp"
#include "adapters/csv/drop_shell.hpp"
#include "adapters/csv/intake.hpp"
#include "adapters/csv/report.hpp"

namespace washup::csv {

// While the daemon is there no further file is taken as long as this many rows wait for their
// answer; while it is away the spool's own bounds hold, and this many files.
inline constexpr std::size_t rows_waiting_max = 10'000;
inline constexpr std::size_t files_waiting_max = 256;

// How the relay goes on without the daemon.
struct RelaySpool {
    adapters::SpoolOptions options;  // `after` none: files stay where they are
    adapters::StatusFile status;
};

struct RelayCounts {
    std::uint64_t files = 0, failed = 0, seen_before = 0;
    std::uint64_t rows = 0, accepted = 0, inbox = 0;
};

class Relay {
  public:
    Relay(boost::asio::io_context& io, Profile const& profile, DropFolder& drop,
          adapters::RecordStore& store, adapters::IngestClientOptions options,
          adapters::Retention retention, RelaySpool spool, std::function<void(Error)> on_trouble);
    // Finds what an earlier run left unanswered, and connects. Error: the store cannot be read.
    Result<void> start();

    // Nothing is left to take and every row is answered.
    bool idle();
    bool connected() const { return client_ && client_->connected(); }
    adapters::SpoolState spool() const { return spool_->state(); }
    RelayCounts const& counts() const { return counts_; }
    void on_progress(std::function<void()> handler) { progress_ = std::move(handler); }
    void stop();

  private:
    struct Open {  // a file whose rows are not all answered
        adapters::Batch batch;
        std::optional<FileMapper> mapper;
        std::string words;  // why there is no mapper
    };

    void run_soon();
    void run();
    Result<void> work();
    Result<void> take_files();
    bool may_take();
    void daemon_away();
    void say_words();
    // Room for so much; when there is none, no file is read again before there is.
    bool room(std::uint64_t octets, std::uint64_t records);
    void kept(std::uint64_t first, std::span<adapters::NewRecord const> records);
    Result<void> take(std::string const& name);
    // `plain`: the name that may be told (plain_name.hpp), and that it has from then on.
    Result<void> refuse_file(std::string const& name, std::string const& plain,
                             std::string const& words);
    Result<std::string> move_aside(std::string const& name, std::string const& plain,
                                   std::string const& where,
                                   std::vector<Rejection> const& rejections);
    void remember(adapters::Batch const& batch);
    void go_on_from(std::uint64_t watermark);
    Result<void> send_rows();
    v1::Observation observe(adapters::StoredRecord const& record);
    void answered(v1::IngestAnswer const& answer);
    Result<void> note_answers();
    Result<void> finish_files();
    Result<std::vector<Rejection>> rejections_of(Open const& file);
    static std::vector<Rejection> ignored_headings(Open const& file);
    Result<void> forget_old_days();

    boost::asio::io_context& io_;
    Profile const& profile_;
    DropFolder& drop_;
    adapters::RecordStore& store_;
    adapters::IngestClientOptions options_;
    std::function<void(Error)> on_trouble_;
    std::function<void()> progress_;
    std::map<std::uint64_t, Open> open_;
    std::vector<adapters::RecordOutcome> answers_;
    std::set<std::uint64_t> failures_owed_;         // records that tell of a file moved to failed
    std::map<std::uint64_t, std::string> refused_;  // rows the daemon would not have: its words
    std::uint64_t next_ = 1;                        // the next row to send
    std::uint64_t heard_ = 0;                       // the daemon's answers were heard up to here
    adapters::Retention retention_;
    RelaySpool spool_options_;
    std::unique_ptr<adapters::SpoolShell> spool_;
    std::uint64_t octets_needed_ = 0, records_needed_ = 0;
    boost::asio::steady_timer away_;
    bool away_long_ = false;
    bool stopped_ = false, work_waits_ = false;
    RelayCounts counts_;
    std::unique_ptr<adapters::IngestClient> client_;
};

}  // namespace washup::csv
