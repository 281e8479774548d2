#pragma once
// A file system layer for SQLite that fails when it is told to, and that remembers what was written
// and not synced, so that a power cut can take it back. One for the process, named to SQLite by
// `name`; not for more than one journal at a time.

#include "proto/base/prng.hpp"

struct sqlite3_vfs;

namespace washup::test_support::failing_vfs {

inline constexpr char const* name = "washup_failing";

// Once; more often does no harm.
void enable();

// The n-th write, sync, truncate or delete from now on fails, and with `for_ever` all after it.
void fail_nth(int n, bool for_ever);
void heal();
bool failed();  // since fail_nth

// Takes back what was written since the last sync of each file: all of it, or by chance a part,
// from any place on, or only some octets of a write. Nobody may have the files in use.
void cut_power(Prng& prng);
// What was written counts as synced.
void forget();

// SQLite's own choice while it lives, for code that names no layer; files of tests in memory where
// there is such a place, because a real disk adds nothing but its time.
class AsDefault {
  public:
    AsDefault();
    ~AsDefault();
    AsDefault(AsDefault const&) = delete;
    AsDefault& operator=(AsDefault const&) = delete;

  private:
    sqlite3_vfs* former_;
};

}  // namespace washup::test_support::failing_vfs
