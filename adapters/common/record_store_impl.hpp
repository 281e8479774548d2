#pragma once
// The store of record_store.hpp in SQLite. Not for users of the store: its two halves share it,
// taking and reading (record_store.cpp), sending again and forgetting (record_store_keep.cpp).

#include <fmt/format.h>

#include <map>

#include "adapters/common/record_seal.hpp"
#include "adapters/common/record_store.hpp"
#include "adapters/common/sqlite.hpp"
#include "proto/base/check.hpp"

namespace washup::adapters {

inline constexpr char const* record_columns =
    "SELECT r.sequence, r.batch, r.name, r.trigger, r.digest, r.received_ms, r.day, r.box, "
    "o.outcome, o.code, o.field, o.words, coalesce(a.of, 0) FROM record r "
    "LEFT JOIN outcome o ON o.sequence = r.sequence LEFT JOIN again a ON a.sequence = r.sequence ";

inline std::string bound_of(std::uint64_t sequence) {
    return fmt::format("record {}", sequence);
}
inline std::string bound_of_day(std::int64_t day) {
    return fmt::format("day {}", day);
}
inline std::string bound_of_batch(std::uint64_t id) {
    return fmt::format("batch {}", id);
}

class SqliteRecordStore final : public RecordStore {
  public:
    SqliteRecordStore(Sqlite db, SealKey key) : db_(std::move(db)), master_(key) {}

    Result<void> start();
    std::string const& epoch() const override { return epoch_; }
    std::uint64_t last_sequence() const override { return last_; }
    Result<std::uint64_t> append(std::span<NewRecord const> records, Instant received) override;
    Result<Batch> append_batch(NewBatch const& batch, std::span<NewRecord const> records,
                               Instant received) override;
    Result<std::optional<StoredRecord>> find(std::string_view index_key) override;
    Result<std::vector<StoredRecord>> read(std::uint64_t from, std::size_t count_max) override;
    Result<void> note_outcomes(std::span<RecordOutcome const> outcomes) override;
    Result<std::uint64_t> unanswered(std::uint64_t first, std::uint64_t last) override;
    Result<std::optional<Batch>> find_batch(Digest256 const& digest) override;
    Result<std::optional<Batch>> batch(std::uint64_t id) override;
    Result<std::vector<Batch>> unfinished_batches() override;
    Result<void> finish_batch(std::uint64_t id) override;
    Result<std::uint64_t> first_unanswered(std::uint64_t from) override;
    Result<std::vector<WaitingRecord>> waiting() override;
    Result<std::vector<StoredRecord>> read_set_aside(std::uint64_t from,
                                                     std::size_t count_max) override;
    Result<std::uint64_t> append_again(std::span<StoredRecord const> records) override;
    Result<void> erase_raw(std::span<std::uint64_t const> sequences) override;
    Result<Forgotten> forget_before(ForgetBefore const& what) override;

  private:
    Result<void> make_schema();
    Result<void> upgrade();
    Result<SealKey> key_of_day(std::int64_t day, bool make);
    Result<void> insert(std::span<NewRecord const> records, Instant received, std::uint64_t batch);
    Result<StoredRecord> record_from(SqliteStatement& row);
    Result<std::vector<StoredRecord>> records_from(SqliteStatement& rows);
    Result<std::uint64_t> keep_on(ForgetBefore const& what);
    Result<void> keep_headers_on(Date day, std::int64_t today);
    Result<void> put_again(SqliteStatement& put, StoredRecord const& record,
                           std::uint64_t sequence);
    Result<Batch> batch_from(SqliteStatement& row);
    Result<std::optional<Batch>> one_batch(SqliteStatement& statement);
    Digest128 index_hash(std::string_view key) const { return blake2b_128(key, epoch_); }

    Sqlite db_;
    SealKey master_;
    std::string epoch_;
    std::uint64_t last_ = 0;
    std::map<std::int64_t, SealKey> day_keys_;
};

}  // namespace washup::adapters
