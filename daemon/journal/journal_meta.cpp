#include "daemon/journal/journal_meta.hpp"

#include <sodium.h>

#include <array>
#include <charconv>

#include <fmt/format.h>

#include "daemon/journal/chain.hpp"
#include "daemon/journal/files.hpp"

namespace washup::journal {
namespace {

namespace fs = std::filesystem;

constexpr char const* application_id = "1463898952";  // "WASH", so that file(1) can name it

// Beside the chain: what is destroyed here must not break it. A destroyed key is all zeros.
constexpr char const* key_table =
    "CREATE TABLE person_key (nth INTEGER PRIMARY KEY, id BLOB NOT NULL UNIQUE, "
    "kind INTEGER NOT NULL, number INTEGER NOT NULL, wrapped BLOB NOT NULL)";

Result<std::string> value_of(Connection& db, char const* name) {
    return db.ask(fmt::format("SELECT value FROM meta WHERE name = '{}'", name).c_str());
}

}  // namespace

fs::path journal_path(fs::path const& data_dir) {
    return data_dir / "journal.db";
}

std::string random_epoch() {
    std::array<char, 16> octets{};
    randombytes_buf(octets.data(), octets.size());
    return to_hex({octets.data(), octets.size()});
}

Result<void> looks_like_journal(fs::path const& file) {
    std::error_code failed;
    auto const kind = fs::status(file, failed).type();
    if (kind == fs::file_type::not_found) {
        return Error{ErrorCode::not_found,
                     fmt::format("there is no {}; a journal lies in the daemon's data directory as "
                                 "journal.db, and a copy where backup or export put it",
                                 file.string()),
                     {}};
    }
    if (kind != fs::file_type::regular) {
        return refused(fmt::format(
            "{} is {}, not a journal; put the journal there from the backup", file.string(),
            kind == fs::file_type::directory ? "a directory" : "no plain file"));
    }
    constexpr std::string_view begins{"SQLite format 3\0", 16};
    Descriptor const fd{::open(file.c_str(), O_RDONLY | O_CLOEXEC)};
    std::array<char, begins.size()> first{};
    auto const size = fd ? ::read(fd.get(), first.data(), first.size()) : -1;
    if (size < 0) return system_error("read", file);
    if (size == 0) {
        return invalid(
            fmt::format("{} is empty (0 octets); restore it from the backup", file.string()));
    }
    if (std::string_view{first.data(), static_cast<std::size_t>(size)} != begins) {
        return refused(
            fmt::format("{} is no journal: it does not begin like one. Put the journal "
                        "there from the backup",
                        file.string()));
    }
    return {};
}

Result<Connection> connect(fs::path const& file, char const* vfs) {
    auto db = Connection::open(file, vfs);
    if (!db) return db.error();
    // Cells are looked at before they are believed; a damaged page is an error and not an answer.
    if (auto const set = db->run("PRAGMA cell_size_check = ON"); !set) return set.error();
    return db;
}

Result<void> make_tables(Connection& db, Meta const& meta) {
    auto const id = fmt::format("PRAGMA application_id = {}", application_id);
    auto const values = fmt::format(
        "INSERT INTO meta VALUES ('format', '{}'), ('epoch', '{}'), ('origin', '{}'), "
        "('key_id', '{}'), ('old_words', '{}')",
        journal_format, meta.epoch, meta.origin.empty() ? meta.epoch : meta.origin, meta.key_id,
        meta.old_words.value());
    for (auto const* sql :
         {"BEGIN IMMEDIATE", id.c_str(),
          "CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID",
          "CREATE TABLE record (number INTEGER PRIMARY KEY, at INTEGER NOT NULL, "
          "body BLOB NOT NULL, digest BLOB NOT NULL)",
          key_table, values.c_str(), "COMMIT"}) {
        if (auto const done = db.run(sql); !done) return done.error();
    }
    return {};
}

// Whose file it is, before anything of it is used.
Result<Meta> read_meta(Connection& db, fs::path const& file, std::string const& key_id) {
    auto const id = db.ask("PRAGMA application_id");
    if (!id) return id.error();
    if (*id != application_id) {
        return refused(
            fmt::format("{} is an SQLite file of another program and not a journal; "
                        "put the journal there from the backup",
                        file.string()));
    }
    auto const format = value_of(db, "format");
    if (!format) {
        return invalid(
            fmt::format("{} is damaged or cut: not even what it says of itself can be "
                        "read ({}); restore it from the backup",
                        file.string(), format.error().words));
    }
    int number = 0;
    std::from_chars(format->data(), format->data() + format->size(), number);
    if (number > journal_format) {
        return refused(
            fmt::format("{} has format {}, and this version knows {}: a newer washupd "
                        "wrote it. Start that version again, or restore a backup of before it",
                        file.string(), number, journal_format));
    }
    if (number < 1) {
        return invalid(
            fmt::format("{} names no format; restore it from the backup", file.string()));
    }
    auto const sealed_under = value_of(db, "key_id");
    if (!sealed_under) return sealed_under.error();
    if (!key_id.empty() && !sealed_under->empty() && *sealed_under != key_id) {
        return refused(
            fmt::format("{} was sealed under key {}, and site.key is key {}; put the old "
                        "site.key back from the backup",
                        file.string(), *sealed_under, key_id));
    }
    auto const epoch = value_of(db, "epoch");
    if (!epoch) return epoch.error();
    if (epoch->size() != 32) {
        return invalid(fmt::format("{} names no epoch; restore it from the backup", file.string()));
    }
    // Journals of before restores existed name no origin.
    auto const origin = value_of(db, "origin");
    if (!origin) return origin.error();
    auto const old_words = value_of(db, "old_words");
    if (!old_words) return old_words.error();
    std::uint64_t up_to = 0;
    std::from_chars(old_words->data(), old_words->data() + old_words->size(), up_to);
    return Meta{*epoch, origin->empty() ? *epoch : *origin, *sealed_under, number,
                core::RecordNumber{up_to}};
}

Result<void> upgrade(Connection& db, Meta const& meta, core::RecordNumber head) {
    if (meta.format == journal_format) return {};
    auto const values =
        fmt::format("INSERT OR REPLACE INTO meta VALUES ('format', '{}'), ('old_words', '{}')",
                    journal_format, head.value());
    for (auto const* sql : {"BEGIN IMMEDIATE", key_table, values.c_str(), "COMMIT"}) {
        if (auto const done = db.run(sql); !done) return done.error();
    }
    return {};
}

Result<Digest128> digest_of(Connection& db, core::RecordNumber number, std::string const& origin) {
    if (!number) return chain_start(origin);
    auto statement = db.prepare("SELECT digest FROM record WHERE number = ?");
    if (!statement) return statement.error();
    statement->bind(1, static_cast<std::int64_t>(number.value()));
    auto const row = statement->step();
    if (!row) return row.error();
    Digest128 digest;
    if (!*row || statement->octets(0).size() != digest.bytes.size()) {
        return invalid(fmt::format("the journal has no record {}; restore it from the backup",
                                   number.value()));
    }
    auto const octets = statement->octets(0);
    std::copy(octets.begin(), octets.end(), reinterpret_cast<char*>(digest.bytes.data()));
    return digest;
}

}  // namespace washup::journal
