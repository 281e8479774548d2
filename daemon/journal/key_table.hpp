#pragma once
// The table of person keys in the journal's database, beside the chain. A key is destroyed by
// writing zeros over it where it stands: no free page and no second copy is left of it, once the
// write-ahead log is emptied (journal_file). Statements on a connection of somebody else's.

#include <vector>

#include "daemon/journal/person_keys.hpp"
#include "daemon/journal/sqlite.hpp"

namespace washup::journal {

class KeyTable {
  public:
    static Result<KeyTable> open(Connection& db);

    // In the transaction that is under way.
    Result<void> keep(std::vector<StoredKey> const& keys);
    Result<void> destroy(std::vector<Bytes> const& ids);

  private:
    KeyTable(Statement insert, Statement overwrite)
        : insert_(std::move(insert)), overwrite_(std::move(overwrite)) {}
    Statement insert_, overwrite_;
};

// Every key of a journal, in the order in which they were made. None in a journal of format 1.
Result<std::vector<StoredKey>> read_keys(Connection& db);

}  // namespace washup::journal
