#pragma once
// The little of SQLite that the adapters' store needs: one exclusive connection, statements whose
// parameters are bound in order, transactions as a callable. After the first failure of the disk
// nothing is written any more: what a failed fsync left behind is known only after a new start. The
// only place under adapters/ that
// knows sqlite3.h, in its .cpp.

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "proto/base/result.hpp"

struct sqlite3;
struct sqlite3_stmt;

namespace washup::adapters {

class SqliteStatement {
  public:
    SqliteStatement& bind(std::int64_t value);
    SqliteStatement& bind(std::string_view text);
    SqliteStatement& bind_blob(std::string_view octets);

    Result<bool> step();    // true: a row stands; false: no more, and ready to be bound again
    Result<void> finish();  // for statements without rows: runs it and makes it ready again

    bool is_null(int column) const;
    std::int64_t number(int column) const;
    std::string text(int column) const;
    std::string_view blob(int column) const;  // until the next step

  private:
    friend class Sqlite;
    struct Closer {
        void operator()(sqlite3_stmt* statement) const;
    };
    std::unique_ptr<sqlite3_stmt, Closer> statement_;
    int bound_ = 0;
};

class Sqlite {
  public:
    // WAL, synchronous=FULL, held exclusively: a second process gets ErrorCode::unavailable.
    static Result<Sqlite> open(std::filesystem::path const& file);

    Result<void> run(char const* statements);
    // A statement that does not compile is our mistake, not an expected failure.
    SqliteStatement prepare(std::string_view statement);
    Result<std::int64_t> number(std::string_view query);
    Result<std::string> text(std::string_view query);
    // Commits when `work` gives no error, else takes everything back.
    Result<void> transaction(std::function<Result<void>()> const& work);

  private:
    struct Closer {
        void operator()(sqlite3* db) const;
    };
    std::unique_ptr<sqlite3, Closer> db_;
    bool failed_ = false;
};

}  // namespace washup::adapters
