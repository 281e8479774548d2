#pragma once
// The little of SQLite that the journal needs, with Results in place of codes. sqlite.cpp is the
// only file that includes sqlite3.h. One thread at a time for each connection and its statements.

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>

#include "proto/base/result.hpp"
#include "proto/base/time.hpp"

struct sqlite3;
struct sqlite3_stmt;

namespace washup::journal {

class Statement {
  public:
    Statement(Statement&&) noexcept = default;
    Statement& operator=(Statement&&) noexcept = default;

    // Octets are not copied: they must live until the step after.
    void bind(int place, std::int64_t number);
    void bind(int place, std::string_view octets);
    void bind_text(int place, std::string_view text);
    Result<bool> step();  // true = there is a row; error unavailable: no memory, else io
    void reset();
    std::int64_t number(int column) const;
    std::string_view octets(int column) const;  // until the next step

  private:
    friend class Connection;
    struct Finalize {
        void operator()(sqlite3_stmt* statement) const;
    };
    explicit Statement(sqlite3_stmt* statement) : statement_(statement) {}
    std::unique_ptr<sqlite3_stmt, Finalize> statement_;
};

class Connection {
  public:
    // The file must exist. `vfs`: another file system layer, for fault injection; null = SQLite's.
    static Result<Connection> open(std::filesystem::path const& file, char const* vfs);

    Result<void> run(char const* sql);
    Result<Statement> prepare(char const* sql);
    // The first column of the first row as text; empty when there is no row.
    Result<std::string> ask(char const* sql);
    bool read_only() const;

    // Pages in the write-ahead log after the last commit.
    int wal_pages() const { return *wal_pages_; }
    // Moves what readers allow from the log into the database, and syncs both.
    Result<void> checkpoint();
    // Moves the whole log into the database and cuts it to nothing, so that what was overwritten is
    // in no file any more. False: a reader held it for longer than `wait`.
    Result<bool> empty_log(Duration wait);
    // Closing the last connection moves the log too; after a failed commit, and by those who only
    // look, it must not.
    void leave_log_on_close(bool leave = true);

  private:
    struct Close {
        void operator()(sqlite3* db) const;
    };
    using Handle = std::unique_ptr<sqlite3, Close>;
    Connection(Handle handle, std::string name);
    Error error(char const* doing) const;

    std::unique_ptr<int> wal_pages_ = std::make_unique<int>(0);  // stays put for the hook
    Handle db_;
    std::string name_;
};

}  // namespace washup::journal
