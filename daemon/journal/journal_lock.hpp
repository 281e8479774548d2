#pragma once
// Two small files beside journal.db. `journal.lock` is held by the one process that may write the
// journal and says which it is. `journal.head` is a witness: the last record that was durable, kept
// apart from the database, so that a log that lost its tail (a damaged journal.db-wal, an older
// copy put in its place) is noticed at the next start and not replayed as if nothing had been
// there. The witness is written after the commit and not synced: a power cut can only make it
// older, never newer, than the truth.

#include <filesystem>
#include <optional>
#include <string>

#include "daemon/core/ids.hpp"
#include "daemon/journal/files.hpp"

namespace washup::journal {

// Held until destroyed. Error refused names the process that holds it.
Result<Descriptor> lock_journal(std::filesystem::path const& data_dir);

struct HeadWitness {
    core::RecordNumber number;
    std::string epoch;
    Digest128 digest;  // of the chain, at that record
};

class HeadFile {
  public:
    static Result<HeadFile> open(std::filesystem::path const& data_dir);
    // None when the file is new or was not written whole.
    std::optional<HeadWitness> read() const;
    bool empty() const;
    bool write(HeadWitness const& witness) const;

  private:
    explicit HeadFile(Descriptor fd) : fd_(std::move(fd)) {}
    Descriptor fd_;
};

}  // namespace washup::journal
