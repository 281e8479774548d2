#pragma once
// An adapter's own store of what it received: each raw record sealed under the key of its day, a
// sequence from 1 without holes, an index that remembers for ever what came before, and the
// daemon's answer once it is known. It is what an adapter sends again from after a restart. It is
// not a queue: order of sending, windows and time-outs are the caller's.
//
// One process holds a store; a second one is refused. append() is durable when it returns (SQLite,
// WAL, synchronous=FULL): give it a batch, because the fsync is per call. One thread at a time.

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "adapters/common/record.hpp"
#include "proto/base/digest.hpp"
#include "proto/base/result.hpp"
#include "proto/base/time.hpp"

namespace washup::adapters {

// Octets that one read() holds in memory.
inline constexpr std::size_t read_bytes_max = 32u << 20;

class RecordStore {
  public:
    // Makes `folder` (0700) with store.sqlite and adapter.key when they are not there.
    // Error unavailable: another process holds it. Error io: disk, rights, or a damaged store.
    static Result<std::unique_ptr<RecordStore>> open(std::filesystem::path const& folder);
    virtual ~RecordStore() = default;

    virtual std::string const& epoch() const = 0;  // random, made with the store
    virtual std::uint64_t last_sequence() const = 0;

    // All or none; gives the sequence of the first.
    virtual Result<std::uint64_t> append(std::span<NewRecord const> records, Instant received) = 0;
    // The same with the file they came in; `finished` is false until finish_batch.
    virtual Result<Batch> append_batch(NewBatch const& batch, std::span<NewRecord const> records,
                                       Instant received) = 0;

    // The latest record appended with this index key.
    virtual Result<std::optional<StoredRecord>> find(std::string_view index_key) = 0;
    // Up to `count_max` records from `from` on, in order; fewer when their octets are more than
    // `read_bytes_max`, but never none while there is one.
    virtual Result<std::vector<StoredRecord>> read(std::uint64_t from, std::size_t count_max) = 0;

    virtual Result<void> note_outcomes(std::span<RecordOutcome const> outcomes) = 0;
    // Records up to `last` (included) without an outcome.
    virtual Result<std::uint64_t> unanswered(std::uint64_t first, std::uint64_t last) = 0;

    // The first record from `from` on without an outcome; 0 when every one has its own.
    virtual Result<std::uint64_t> first_unanswered(std::uint64_t from) = 0;

    // Everything above the last record with an outcome, in order: outcomes come in order too.
    virtual Result<std::vector<WaitingRecord>> waiting() = 0;

    // Records from `from` on that the adapter set aside, of which the daemon said the same, and
    // that were not sent again since. In order, at most `count_max`, bounded as read() is.
    virtual Result<std::vector<StoredRecord>> read_set_aside(std::uint64_t from,
                                                             std::size_t count_max) = 0;
    // Appends these records once more, to be sent again: same octets, same time received, a new
    // sequence, and `again_of`. All or none. Gives the sequence of the first.
    virtual Result<std::uint64_t> append_again(std::span<StoredRecord const> records) = 0;

    virtual Result<std::optional<Batch>> find_batch(Digest256 const& digest) = 0;
    virtual Result<std::optional<Batch>> batch(std::uint64_t id) = 0;
    virtual Result<std::vector<Batch>> unfinished_batches() = 0;
    virtual Result<void> finish_batch(std::uint64_t id) = 0;

    // The raw octets of these records go, out of every file of the store; the rest stays.
    virtual Result<void> erase_raw(std::span<std::uint64_t const> sequences) = 0;

    // Forgets the raw octets of records that came on London days before a day: their keys are
    // destroyed. Sequence, digest, index and outcome stay for ever.
    virtual Result<Forgotten> forget_before(ForgetBefore const& what) = 0;
};

}  // namespace washup::adapters
