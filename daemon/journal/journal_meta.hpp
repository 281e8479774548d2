#pragma once
// What a journal's database file says of itself, and how one is made and opened. Nothing of records
// but the digest at one of them.

#include <filesystem>
#include <string>

#include "daemon/core/ids.hpp"
#include "daemon/journal/sqlite.hpp"

namespace washup::journal {

inline constexpr int journal_format = 2;  // 1: without keys for persons

struct Meta {
    std::string epoch;
    std::string origin;  // empty when given to make_tables: the epoch
    std::string key_id;  // of the site key its words are sealed under; may be empty
    int format = journal_format;
    core::RecordNumber old_words{};  // PersonKeys::old_words
};

std::filesystem::path journal_path(std::filesystem::path const& data_dir);
std::string random_epoch();

// Is it a file that may be a journal? Error: there is none, a directory, empty, or begins like
// something else. Believes nothing that comes after its first octets.
Result<void> looks_like_journal(std::filesystem::path const& file);
Result<Connection> connect(std::filesystem::path const& file, char const* vfs);
// A new journal's tables, in one transaction.
Result<void> make_tables(Connection& db, Meta const& meta);
// Error refused: no journal, a newer format, another key (when `key_id` is not empty).
Result<Meta> read_meta(Connection& db, std::filesystem::path const& file,
                       std::string const& key_id);
// A journal of an older format becomes one of this; its records and chain are not touched.
Result<void> upgrade(Connection& db, Meta const& meta, core::RecordNumber head);
// The chain at a record; at none, its beginning. Error invalid: there is no such record.
Result<Digest128> digest_of(Connection& db, core::RecordNumber number, std::string const& origin);

}  // namespace washup::journal
