#pragma once
// The record of everything that was decided, in order, from number 1 without a hole. State is the
// fold of it (design.md law 3). Nothing may leave the daemon before its record was in an
// on_durable call (law 2). Not a queue and not a log of the program: what is here is never changed.

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "daemon/core/record.hpp"
#include "daemon/journal/person_keys.hpp"
#include "proto/base/result.hpp"

namespace washup::journal {

struct JournalInfo {
    std::string epoch;   // random, made with the journal and at each restore: followers see by it
                         // that it is another
    std::string origin;  // the epoch with which its chain of digests began
    core::RecordNumber head;         // number of the last durable record; none when empty
    core::RecordNumber old_words{};  // PersonKeys::old_words
};

using SharedRecord = std::shared_ptr<core::Record const>;

// Both are called on the journal's own thread (memory_journal: inside step()). Never under a lock,
// and never after close() has returned.
struct JournalHandlers {
    // These records, whose last number is `up_to`, are on the disk. Each is told once, in order.
    std::function<void(core::RecordNumber up_to, std::vector<SharedRecord> records)> on_durable;
    // A commit failed: told once, nothing after it is or will be committed, and nothing is retried.
    // What was appended and not told durable may or may not be found at the next start. The process
    // should end.
    std::function<void(Error error)> on_failed;
};

class Journal {
  public:
    virtual ~Journal() = default;

    // As it was when opened, with the head moved on by what was told durable since.
    virtual JournalInfo info() const = 0;

    // Replay: calls `visit` for every durable record from number `from` to `to` (none = the head),
    // in order. An error of the visitor stops it and is given back. Error invalid names the record
    // that is damaged, is missing, or cannot be understood. Sealed words come as boxes
    // (Sealer::open_event opens them). At any time until close(), from any thread (memory_journal:
    // from its own).
    using Visit = std::function<Result<void>(core::Record record)>;
    virtual Result<void> read(core::RecordNumber from, core::RecordNumber to,
                              Visit const& visit) = 0;
    Result<void> read(core::RecordNumber from, Visit const& visit) { return read(from, {}, visit); }

    // The same for some records alone, in order. Each is checked against the digest before it.
    virtual Result<void> read_each(std::vector<core::RecordNumber> const& numbers,
                                   Visit const& visit) {
        for (auto const number : numbers) {
            if (auto const one = read(number, number, visit); !one) return one;
        }
        return {};
    }

    // The last record that was received at `at` or before; none when there was none. Threads as
    // for read().
    virtual Result<core::RecordNumber> number_at(Instant at) = 0;

    // The digest of the chain at a durable record; at none, its beginning. Error not_found. From
    // any thread (memory_journal: from its own), also after close().
    virtual Result<Digest128> digest_at(core::RecordNumber number) = 0;

    // Once. Records may be appended before; nothing is committed or told before.
    virtual void start(JournalHandlers handlers) = 0;

    // Takes the records, which never change again; numbers go on from the last appended one without
    // a hole (a programmer error else). Returns at once. Error unavailable: the queue is full
    // (queued_records_max) and nothing of the batch was taken; the caller must stop reading its
    // sources before that. Error io: the journal has failed or is closed. `keys` were made for
    // these records: they are durable when the first of them is. The keys that a PersonErased names
    // are destroyed with it: told durable, they are in no file of the journal any more.
    virtual Result<void> append(std::vector<SharedRecord> batch, std::vector<StoredKey> keys) = 0;
    Result<void> append(std::vector<SharedRecord> batch) { return append(std::move(batch), {}); }

    // Every key, the destroyed ones too. Before start().
    virtual Result<std::vector<StoredKey>> keys() = 0;

    // How many records are appended and not yet durable; for the caller's own limits.
    virtual std::size_t queued() const = 0;

    // Commits what is queued, tells it, and ends. Later appends are refused. Safe to call twice.
    virtual void close() = 0;
};

}  // namespace washup::journal
