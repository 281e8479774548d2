#pragma once
// The journal on a disk: `journal.db` in the data directory. A thread of its own takes whatever is
// queued as one transaction (write-ahead log, synchronous=FULL), so that many records share one
// fsync when there are many and one record waits for nobody when there is one. No batching timer.

#include <filesystem>
#include <memory>
#include <string>

#include "daemon/journal/journal.hpp"

namespace washup::journal {

struct SqliteJournalOptions {
    std::filesystem::path data_dir;
    // Sealer::key_id_hex(): a journal that another key sealed is refused. Empty = not looked at.
    std::string key_id{};
    // Appended and not yet durable; above it append() takes nothing.
    std::size_t queued_records_max = 65'536;
    // Another file system layer of SQLite, for fault injection.
    char const* vfs = nullptr;
};

// Errors, besides io: refused (another process holds it and which; read-only; a newer format;
// another key; not a journal), invalid (its head is damaged or missing).
// Open the Sealer first: it refuses to make a new key beside an old journal.
Result<std::unique_ptr<Journal>> open_sqlite_journal(SqliteJournalOptions options);

}  // namespace washup::journal
