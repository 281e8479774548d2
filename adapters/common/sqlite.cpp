#include "adapters/common/sqlite.hpp"

#include <fmt/format.h>
#include <sqlite3.h>

#include "proto/base/check.hpp"

namespace washup::adapters {
namespace {

Error sqlite_error(sqlite3* db, int code) {
    if ((code & 0xff) == SQLITE_BUSY || (code & 0xff) == SQLITE_LOCKED) {
        return Error{ErrorCode::unavailable, "the store is held by another process", {}};
    }
    // What may stand there once stands there: no fault of the disk.
    if ((code & 0xff) == SQLITE_CONSTRAINT) return refused("store: it is there already");
    return io_error(fmt::format("store: {}", sqlite3_errmsg(db)));
}

constexpr int checkpoint_pages = 1000;

// SQLite's own would keep a failed fsync of the main file to itself. The commit that came before
// stands; its caller is told of a failure all the same, and stops.
int checkpoint(void*, sqlite3* db, char const* name, int pages) {
    if (pages < checkpoint_pages) return SQLITE_OK;
    auto const code =
        sqlite3_wal_checkpoint_v2(db, name, SQLITE_CHECKPOINT_PASSIVE, nullptr, nullptr);
    return code == SQLITE_BUSY ? SQLITE_OK : code;
}

}  // namespace

void SqliteStatement::Closer::operator()(sqlite3_stmt* statement) const {
    sqlite3_finalize(statement);
}
void Sqlite::Closer::operator()(sqlite3* db) const {
    sqlite3_close_v2(db);
}

SqliteStatement& SqliteStatement::bind(std::int64_t value) {
    auto const code = sqlite3_bind_int64(statement_.get(), ++bound_, value);
    WASHUP_CHECK(code == SQLITE_OK, "a parameter fits its statement");
    return *this;
}

SqliteStatement& SqliteStatement::bind(std::string_view text) {
    auto const code = sqlite3_bind_text64(statement_.get(), ++bound_, text.data(), text.size(),
                                          SQLITE_TRANSIENT, SQLITE_UTF8);
    WASHUP_CHECK(code == SQLITE_OK, "a parameter fits its statement");
    return *this;
}

SqliteStatement& SqliteStatement::bind_blob(std::string_view octets) {
    // A null pointer would bind NULL, and an empty blob is not NULL.
    char const* const data = octets.empty() ? "" : octets.data();
    auto const code =
        sqlite3_bind_blob64(statement_.get(), ++bound_, data, octets.size(), SQLITE_TRANSIENT);
    WASHUP_CHECK(code == SQLITE_OK, "a parameter fits its statement");
    return *this;
}

Result<bool> SqliteStatement::step() {
    auto const code = sqlite3_step(statement_.get());
    if (code == SQLITE_ROW) return true;
    auto* const db = sqlite3_db_handle(statement_.get());
    Error fault;
    if (code != SQLITE_DONE) fault = sqlite_error(db, code);
    sqlite3_reset(statement_.get());
    bound_ = 0;
    if (code != SQLITE_DONE) return fault;
    return false;
}

Result<void> SqliteStatement::finish() {
    for (;;) {
        auto const row = step();
        if (!row) return row.error();
        if (!*row) return {};
    }
}

bool SqliteStatement::is_null(int column) const {
    return sqlite3_column_type(statement_.get(), column) == SQLITE_NULL;
}

std::int64_t SqliteStatement::number(int column) const {
    return sqlite3_column_int64(statement_.get(), column);
}

std::string SqliteStatement::text(int column) const {
    return std::string{blob(column)};
}

std::string_view SqliteStatement::blob(int column) const {
    auto const* const data = sqlite3_column_blob(statement_.get(), column);
    if (data == nullptr) return {};
    return {static_cast<char const*>(data),
            static_cast<std::size_t>(sqlite3_column_bytes(statement_.get(), column))};
}

Result<Sqlite> Sqlite::open(std::filesystem::path const& file) {
    sqlite3* raw = nullptr;
    auto const code =
        sqlite3_open_v2(file.c_str(), &raw,
                        SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX, nullptr);
    Sqlite db;
    db.db_.reset(raw);
    if (code != SQLITE_OK) return sqlite_error(raw, code);
    sqlite3_extended_result_codes(raw, 1);
    // locking_mode comes before WAL: then there is no shared-memory file, and the lock taken by the
    // first write below is kept until the process ends.
    auto set = db.run(
        "PRAGMA locking_mode = EXCLUSIVE; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;"
        "PRAGMA secure_delete = ON; BEGIN EXCLUSIVE; COMMIT;");
    if (!set) return set.error();
    sqlite3_wal_hook(raw, checkpoint, nullptr);
    return db;
}

Result<void> Sqlite::run(char const* statements) {
    auto const code = sqlite3_exec(db_.get(), statements, nullptr, nullptr, nullptr);
    if (code == SQLITE_OK) return {};
    auto fault = sqlite_error(db_.get(), code);
    failed_ = failed_ || fault.code == ErrorCode::io;
    return fault;
}

SqliteStatement Sqlite::prepare(std::string_view statement) {
    sqlite3_stmt* raw = nullptr;
    auto const code = sqlite3_prepare_v2(db_.get(), statement.data(),
                                         static_cast<int>(statement.size()), &raw, nullptr);
    WASHUP_CHECK(code == SQLITE_OK, sqlite3_errmsg(db_.get()));
    SqliteStatement made;
    made.statement_.reset(raw);
    return made;
}

Result<std::int64_t> Sqlite::number(std::string_view query) {
    auto get = prepare(query);
    auto row = get.step();
    if (!row) return row.error();
    return *row ? get.number(0) : 0;
}

Result<std::string> Sqlite::text(std::string_view query) {
    auto get = prepare(query);
    auto row = get.step();
    if (!row) return row.error();
    return *row ? get.text(0) : std::string{};
}

Result<void> Sqlite::transaction(std::function<Result<void>()> const& work) {
    if (failed_) return io_error("the store failed before and is not written to any more");
    if (auto begun = run("BEGIN IMMEDIATE"); !begun) return begun;
    auto done = work();
    if (done) done = run("COMMIT");
    if (done) return done;
    failed_ = failed_ || done.error().code == ErrorCode::io;
    // The first error is the one that says why; a failed roll-back adds nothing to it.
    (void)run("ROLLBACK");
    return done;
}

}  // namespace washup::adapters
