#pragma once
// A file system layer for SQLite that fails when it is told to, and that remembers what was written
// and not synced, so that a power cut can take it back. One for the process, named to SQLite by
// `name`; not for more than one journal at a time.

#include "proto/base/prng.hpp"

namespace washup::journal::test::failing_vfs {

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

}  // namespace washup::journal::test::failing_vfs
