#pragma once
// A file system for SQLite that is only memory, with the semantics of a crash: what was written and
// not synced may be lost, torn or there, in any order. One for the process, named to SQLite by
// `name`; one house at a time has its files in it. Not thread-safe: a house has one thread.

#include <cstddef>
#include <map>
#include <string>

#include "proto/base/prng.hpp"

namespace washup::sim::memory_vfs {

inline constexpr char const* name = "washup_memory";

// Once; more often does no harm.
void enable();
// All files are gone.
void clear();

// After this many more writes, syncs, truncates and deletes all of them fail, until thaw(): the
// process is dead, or its disk is.
void freeze_after(std::size_t calls);
void thaw();
// Above this many octets in all files together there is no room.
void set_room(std::size_t octets_more);
void make_room();
// Every read fails.
void fail_reads(bool fail);
// Nobody may have a file open in these.
void cut_power(Prng& chance);
std::map<std::string, std::string> all_octets();  // by path
void put_all(std::map<std::string, std::string> const& files);

}  // namespace washup::sim::memory_vfs
