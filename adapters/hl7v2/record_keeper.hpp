#pragma once
// The adapter's store on its own thread: everything that waits when the thread is free goes into
// one transaction and one fsync, so that a slow disk makes batches larger and never queues longer.
// There is no batching timer. Answers come back on the io_context. Looks up first whether a message
// came before (design.md section 4): a resend costs no new record.

#include <boost/asio/io_context.hpp>
#include <condition_variable>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "adapters/common/record_store.hpp"
#include "proto/base/result.hpp"

namespace washup::hl7v2 {

struct Kept {
    std::uint64_t sequence = 0;
    bool duplicate = false;         // sequence and outcome are of the first time
    bool control_id_clash = false;  // the same control id came before with other content
    std::optional<adapters::RecordOutcome> outcome;
};

struct KeepRequest {
    adapters::NewRecord record;
    std::string control_key;  // sender and control id, when the profile says they are unique
};

// Outcomes that are not in the store yet, about: those that come during a transaction come on top.
inline constexpr std::size_t outcomes_waiting_max = 256;

class RecordKeeper {
  public:
    using OnKept = std::function<void(Result<Kept>)>;
    using OnForgotten = std::function<void(Result<adapters::Forgotten>)>;
    using OnRead = std::function<void(Result<std::vector<adapters::StoredRecord>>)>;

    // `waiting` is the store's own word of what is unanswered.
    RecordKeeper(boost::asio::io_context& io, std::unique_ptr<adapters::RecordStore> store,
                 std::vector<adapters::WaitingRecord> waiting = {});
    ~RecordKeeper();

    std::string const& epoch() const { return epoch_; }
    std::uint64_t last_sequence_at_start() const { return last_at_start_; }
    // Of the latest records, the first whose answer was not noted before the last end; 0 = none.
    std::uint64_t unanswered_at_start() const { return unanswered_at_start_; }
    // What an earlier run left without an answer.
    std::vector<adapters::WaitingRecord> const& waiting_at_start() const { return waiting_; }

    // Whoever sets these takes them away before going; what is told when the keeper has gone is
    // told to nobody. Called on the io_context when something could not be stored that nobody waits
    // for. A store that failed once is not trusted again: the program should end.
    std::function<void(Error const&)> on_failed;
    // Called on the io_context: outcomes up to this sequence stand in the store.
    std::function<void(std::uint64_t up_to)> on_noted;

    void keep(KeepRequest request, OnKept done);
    void read(std::uint64_t from, std::size_t count, OnRead done);
    // Stored when half a second passed without a message, or when outcomes_waiting_max of them have
    // gathered: what the daemon said can be asked again, so it is worth no fsync of its own.
    void note(adapters::RecordOutcome outcome);
    // At once: somebody waits for the room that an answer in the store makes.
    void note_now();
    void forget(adapters::ForgetBefore what, OnForgotten done);
    // Finishes everything that waits and ends the thread.
    void stop();

  private:
    struct KeepJob {
        KeepRequest request;
        OnKept done;
    };
    struct ReadJob {
        std::uint64_t from;
        std::size_t count;
        OnRead done;
    };

    struct ForgetJob {
        adapters::ForgetBefore what;
        OnForgotten done;
    };

    void run();
    void read_all(std::vector<ReadJob> jobs);
    void forget_all(std::vector<ForgetJob> jobs);
    void keep_all(std::vector<KeepJob> jobs);
    void store_outcomes(std::vector<adapters::RecordOutcome> outcomes);
    Result<std::optional<Kept>> seen_before(adapters::NewRecord const& record);
    bool clashes(KeepRequest const& request, std::map<std::string, Digest256>& in_batch);

    boost::asio::io_context& io_;
    std::unique_ptr<adapters::RecordStore> store_;
    std::string epoch_;
    std::uint64_t last_at_start_;
    std::vector<adapters::WaitingRecord> waiting_;
    std::uint64_t unanswered_at_start_;
    std::mutex mutex_;
    std::condition_variable wake_;
    std::vector<KeepJob> keeps_;
    std::vector<ReadJob> reads_;
    std::vector<ForgetJob> forgets_;
    std::vector<adapters::RecordOutcome> outcomes_;
    bool stopping_ = false, note_now_ = false;
    std::shared_ptr<RecordKeeper*> const here_ = std::make_shared<RecordKeeper*>(this);
    std::thread thread_;
};

}  // namespace washup::hl7v2
