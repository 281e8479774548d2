#pragma once
// The journal's database file: its tables, its checks at opening, one transaction for each batch.
// Knows no thread and no queue (sqlite_journal.hpp has them). After an error nothing more may be
// asked of it: what is on the disk is then not known, and the next opening finds out.

#include <filesystem>
#include <functional>
#include <vector>

#include "daemon/journal/chain.hpp"
#include "daemon/journal/journal.hpp"
#include "daemon/journal/journal_lock.hpp"
#include "daemon/journal/key_table.hpp"
#include "daemon/journal/sqlite.hpp"

namespace washup::journal {

class JournalFile {
  public:
    // Takes the lock, makes the file when there is none, refuses what is not a journal of ours.
    static Result<JournalFile> open(std::filesystem::path const& data_dir,
                                    std::string const& key_id, char const* vfs);

    JournalInfo const& info() const { return info_; }

    // One transaction, synced. Records go on from info().head. Keys that the records destroy are
    // gone from database and log when it returns.
    Result<void> commit(std::vector<SharedRecord> const& records,
                        std::vector<StoredKey> const& keys = {});
    // When the write-ahead log has grown enough; the price is paid apart from any commit.
    Result<void> checkpoint_when_due();
    void abandon() { db_.leave_log_on_close(); }

  private:
    JournalFile(Descriptor lock, HeadFile head_file, Connection db, Statement insert,
                KeyTable keys);
    Result<void> insert_all(std::vector<SharedRecord> const& records);
    Result<void> empty_log();

    // In this order: the lock is let go of last.
    Descriptor lock_;
    HeadFile head_file_;
    Connection db_;
    Statement insert_;
    KeyTable keys_;
    bool log_holds_keys_ = false;  // destroyed ones, because a reader held the log
    JournalInfo info_;
    Digest128 head_digest_{};
};

}  // namespace washup::journal
