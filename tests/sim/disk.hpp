#pragma once
// The disk under the daemon's journal, with all that a disk does wrong. Two of them: records in
// memory (fast), and the real SQLite journal over a file system in memory (the slow mode).

#include <memory>
#include <string>
#include <vector>

#include "daemon/journal/journal.hpp"
#include "daemon/journal/seal.hpp"
#include "proto/base/prng.hpp"

namespace washup::sim {

struct FlipResult {
    std::size_t flips = 0, seen = 0;  // the others were in octets that nobody reads
    std::vector<std::string> served;  // what was read and never written: words for an objection
};
inline constexpr std::size_t flips_a_time = 12;

class Disk {
  public:
    virtual ~Disk() = default;

    // Nobody has it open. Errors as those of the journal.
    virtual Result<void> open() = 0;
    // Of the open one; start() was called on it.
    virtual journal::Journal& journal() = 0;
    // The two halves of a commit; false when there was nothing. What is between them may be lost.
    virtual bool write() = 0;
    virtual bool sync() = 0;
    // The next commit fails.
    virtual void fail_next_commit(Prng& chance) = 0;
    // No more room than for `records` of them; then none, until there is room again.
    virtual void set_room(std::size_t records) = 0;
    virtual void make_room() = 0;
    // Power goes: what was not synced is lost, torn or there. The journal is closed by it.
    virtual void cut_power(Prng& chance) = 0;
    // The process is killed and the machine stays: what was written is there. So is the lock gone.
    virtual void kill() = 0;
    // The end of a clean stop: what is queued is committed and told.
    virtual void close() = 0;
    // At rest: a bit of a record is another, or reading fails, until mended. Must be seen.
    enum class Damage { none, must_be_seen };
    virtual Damage damage(Prng& chance) = 0;
    virtual void mend() = 0;
    // At rest, flips_a_time bits one after the other. All is as it was afterwards. A disk that has
    // damage() of its own for them does nothing.
    virtual FlipResult flip_bits(journal::Sealer const&, Prng&) { return {}; }
    // What anybody finds on it, file by file.
    virtual std::vector<std::string> files() const = 0;
    // Keys that were destroyed stay all the same: no disk of ours may do that either.
    virtual void keep_keys() {}
    // A durable record is gone: no disk of ours may do that (plant.hpp).
    virtual void lose_last() = 0;
};

std::unique_ptr<Disk> make_memory_disk(std::string const& epoch);
std::unique_ptr<Disk> make_sqlite_disk();

}  // namespace washup::sim
