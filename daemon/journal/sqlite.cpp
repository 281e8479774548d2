#include "daemon/journal/sqlite.hpp"

#include <fmt/format.h>
#include <sqlite3.h>

namespace washup::journal {
namespace {

// What SQLite says, and for the faults that a person can do something about, what.
std::string words_of(sqlite3* db, std::string_view doing, std::string const& file) {
    auto const code = sqlite3_extended_errcode(db);
    auto const said =
        fmt::format("cannot {} {}: {} (code {})", doing, file, sqlite3_errmsg(db), code);
    switch (code & 0xff) {
        case SQLITE_CORRUPT:
        case SQLITE_NOTADB:
            return said +
                   "; the file is damaged or cut. `washupd journal export` saves the good "
                   "records before the damage; restore those, or the backup";
        case SQLITE_FULL:
            return said + "; make room on the disk";
        case SQLITE_READONLY:
        case SQLITE_PERM:
            return said + "; give this program the right to write there";
        case SQLITE_CANTOPEN:
            return said + "; it, or what lies beside it, cannot be opened by this user";
        default:
            return said;
    }
}

Error error_of(sqlite3* db, std::string_view doing, std::string const& file) {
    auto error = io_error(words_of(db, doing, file));
    // That says nothing of the file.
    if (sqlite3_errcode(db) == SQLITE_NOMEM) error.code = ErrorCode::unavailable;
    return error;
}

}  // namespace

void Statement::Finalize::operator()(sqlite3_stmt* statement) const {
    sqlite3_finalize(statement);
}
void Connection::Close::operator()(sqlite3* db) const {
    sqlite3_close_v2(db);
}

void Statement::bind(int place, std::int64_t number) {
    sqlite3_bind_int64(statement_.get(), place, number);
}
void Statement::bind(int place, std::string_view octets) {
    // A null pointer would bind NULL and not the empty blob.
    sqlite3_bind_blob64(statement_.get(), place, octets.empty() ? "" : octets.data(), octets.size(),
                        SQLITE_STATIC);
}
void Statement::bind_text(int place, std::string_view text) {
    sqlite3_bind_text64(statement_.get(), place, text.data(), text.size(), SQLITE_STATIC,
                        SQLITE_UTF8);
}
Result<bool> Statement::step() {
    auto const code = sqlite3_step(statement_.get());
    if (code == SQLITE_ROW) return true;
    if (code == SQLITE_DONE) return false;
    auto* const db = sqlite3_db_handle(statement_.get());
    auto const* const file = sqlite3_db_filename(db, "main");
    return error_of(db, "use", file == nullptr ? "the journal" : file);
}
void Statement::reset() {
    sqlite3_reset(statement_.get());
}
std::int64_t Statement::number(int column) const {
    return sqlite3_column_int64(statement_.get(), column);
}
std::string_view Statement::octets(int column) const {
    auto const* const data = sqlite3_column_blob(statement_.get(), column);
    auto const size = sqlite3_column_bytes(statement_.get(), column);
    return {static_cast<char const*>(data), static_cast<std::size_t>(size)};
}

Connection::Connection(Handle handle, std::string name)
    : db_(std::move(handle)), name_(std::move(name)) {
    auto* const db = db_.get();
    sqlite3_extended_result_codes(db, 1);
    // Checkpoints are asked for by name, because the automatic one swallows its errors.
    sqlite3_wal_hook(
        db,
        [](void* pages, sqlite3*, char const*, int count) {
            *static_cast<int*>(pages) = count;
            return SQLITE_OK;
        },
        wal_pages_.get());
}

Result<Connection> Connection::open(std::filesystem::path const& file, char const* vfs) {
    sqlite3* db = nullptr;
    auto const code =
        sqlite3_open_v2(file.c_str(), &db, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, vfs);
    Handle handle{db};  // before anything that may find no memory
    // SQLite has no room even for the thing that would say so.
    if (!handle) return io_error("out of memory");
    Connection connection{std::move(handle), file.string()};
    if (code != SQLITE_OK) return connection.error("open");
    return connection;
}

Error Connection::error(char const* doing) const {
    return error_of(db_.get(), doing, name_);
}

Result<void> Connection::run(char const* sql) {
    if (sqlite3_exec(db_.get(), sql, nullptr, nullptr, nullptr) != SQLITE_OK) return error("use");
    return {};
}

Result<Statement> Connection::prepare(char const* sql) {
    sqlite3_stmt* statement = nullptr;
    auto const code =
        sqlite3_prepare_v3(db_.get(), sql, -1, SQLITE_PREPARE_PERSISTENT, &statement, nullptr);
    if (code != SQLITE_OK) return error("use");
    return Statement{statement};
}

Result<std::string> Connection::ask(char const* sql) {
    auto statement = prepare(sql);
    if (!statement) return statement.error();
    auto const row = statement->step();
    if (!row) return row.error();
    if (!*row) return std::string{};
    auto const octets = statement->octets(0);
    // A number becomes text for this, and that may find no memory.
    if (sqlite3_errcode(db_.get()) == SQLITE_NOMEM) return error("use");
    return std::string{octets};
}

bool Connection::read_only() const {
    return sqlite3_db_readonly(db_.get(), "main") != 0;
}

Result<void> Connection::checkpoint() {
    auto const code =
        sqlite3_wal_checkpoint_v2(db_.get(), "main", SQLITE_CHECKPOINT_PASSIVE, nullptr, nullptr);
    // Busy: a reader holds part of the log; the next checkpoint moves it.
    if (code != SQLITE_OK && code != SQLITE_BUSY) return error("checkpoint");
    return {};
}

Result<bool> Connection::empty_log(Duration wait) {
    sqlite3_busy_timeout(db_.get(), static_cast<int>(wait.ms));
    auto const code =
        sqlite3_wal_checkpoint_v2(db_.get(), "main", SQLITE_CHECKPOINT_TRUNCATE, nullptr, nullptr);
    sqlite3_busy_timeout(db_.get(), 0);
    if (code == SQLITE_BUSY) return false;
    if (code != SQLITE_OK) return error("empty the log of");
    return true;
}

void Connection::leave_log_on_close(bool leave) {
    sqlite3_db_config(db_.get(), SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, leave ? 1 : 0, nullptr);
}

}  // namespace washup::journal
