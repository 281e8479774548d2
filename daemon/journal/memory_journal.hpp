#pragma once
// The journal without a disk, for tests and the simulator: no thread, nothing happens outside
// step(), and every way in which a disk fails can be asked for. Records pass through the codec and
// the chain, so a restart sees what a restart sees: boxes, not words.

#include <limits>
#include <map>
#include <memory>

#include "daemon/journal/chain.hpp"
#include "daemon/journal/journal.hpp"

namespace washup::journal {

// What outlives a crash. Shared by the journals that are opened on it, one at a time.
struct MemoryDisk {
    std::string epoch;
    std::vector<StoredRecord> records;
    std::map<Bytes, StoredKey> keys;                                    // by id
    std::size_t records_max = std::numeric_limits<std::size_t>::max();  // above it the disk is full
    bool reads_fail = false;  // the disk gives nothing back
    bool held = false;
};

struct MemoryJournalOptions {
    std::size_t queued_records_max = 65'536;
};

class MemoryJournal final : public Journal {
  public:
    // Error refused: another journal holds the disk.
    static Result<std::unique_ptr<MemoryJournal>> open(std::shared_ptr<MemoryDisk> disk,
                                                       MemoryJournalOptions options = {});
    // By open() only, which looks whether the disk is free.
    MemoryJournal(std::shared_ptr<MemoryDisk> disk, MemoryJournalOptions options);
    ~MemoryJournal() override;

    JournalInfo info() const override;
    using Journal::read;
    Result<void> read(core::RecordNumber from, core::RecordNumber to, Visit const& visit) override;
    Result<core::RecordNumber> number_at(Instant at) override;
    Result<Digest128> digest_at(core::RecordNumber number) override;
    void start(JournalHandlers handlers) override;
    using Journal::append;
    Result<void> append(std::vector<SharedRecord> batch, std::vector<StoredKey> keys) override;
    Result<std::vector<StoredKey>> keys() override;
    std::size_t queued() const override;
    void close() override;

    // Everything queued becomes one commit: written, synced, told. False when there was nothing.
    bool step();
    // The two halves of step(): what is written and not synced may be lost, whole or in part.
    bool write();
    bool sync();

    // The next commit fails; of its records the first `torn` are on the disk all the same.
    void fail_next_commit(std::size_t torn = 0) { fail_next_ = torn; }
    // Power cut: the queue is gone, and of the written and unsynced records all but the first
    // `kept`. Nothing is told any more; open another journal on the disk.
    void crash(std::size_t kept = 0);

  private:
    void fail(Error error);
    void store(std::size_t count);

    std::shared_ptr<MemoryDisk> disk_;
    MemoryJournalOptions options_;
    JournalHandlers handlers_;
    bool started_ = false, failed_ = false, closed_ = false;
    std::vector<SharedRecord> queue_, unsynced_;
    std::vector<StoredKey> new_keys_;  // of what is queued
    core::RecordNumber appended_;
    static constexpr std::size_t none = std::numeric_limits<std::size_t>::max();
    std::size_t fail_next_ = none;
};

}  // namespace washup::journal
