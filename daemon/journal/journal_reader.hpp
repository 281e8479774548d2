#pragma once
// Reads the journal's file by connections of its own, so that it may run beside a commit, on any
// thread, and after the journal was closed. What it gives was checked against the chain.

#include <filesystem>

#include "daemon/journal/journal.hpp"
#include "daemon/journal/read_ahead.hpp"
#include "daemon/journal/sqlite.hpp"

namespace washup::journal {

class JournalReader {
  public:
    // `info` bounds what is read: records above its head are not told durable yet.
    JournalReader(std::filesystem::path data_dir, char const* vfs, JournalInfo info)
        : data_dir_(std::move(data_dir)), vfs_(vfs), info_(std::move(info)) {}

    // As of Journal.
    Result<void> read(core::RecordNumber from, core::RecordNumber to,
                      Journal::Visit const& visit) const;
    Result<void> read_each(std::vector<core::RecordNumber> const& numbers,
                           Journal::Visit const& visit) const;
    Result<core::RecordNumber> number_at(Instant at) const;
    Result<std::vector<StoredKey>> keys() const;
    Result<Digest128> digest_at(core::RecordNumber number) const;

  private:
    Result<void> scan(core::RecordNumber first, core::RecordNumber last,
                      ReadAhead::Give const& give) const;
    Result<void> scan(Connection& db, Statement& rows, core::RecordNumber first,
                      core::RecordNumber last, ReadAhead::Give const& give) const;

    std::filesystem::path data_dir_;
    char const* vfs_;
    JournalInfo info_;
};

}  // namespace washup::journal
