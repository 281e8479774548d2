#pragma once
// The checkpoints beside the journal: `checkpoints.log`, a signed line for every 1 000 records, and
// for every minute in which there were any. Copied off the machine (it is only appended to), it
// proves later what the journal held. Not needed to start or to run.

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

#include "daemon/journal/checkpoint.hpp"
#include "daemon/journal/journal.hpp"

namespace washup::journal {

inline constexpr std::uint64_t checkpoint_every_records = 1000;
inline constexpr Duration checkpoint_every = seconds(60);

// The last line of `text` that is a checkpoint of the chain that began with `origin`. A line is
// written after its record was synced, so a journal that does not hold it has lost something.
std::optional<Checkpoint> newest_checkpoint(std::string_view text, std::string const& origin);

class CheckpointLog {
  public:
    // Of the journal's data directory. The key is made when there is none. Last lines that are no
    // checkpoints, or of another journal, or of records that this one does not have, are named in
    // the log and left as they are.
    static Result<CheckpointLog> open(std::filesystem::path const& data_dir,
                                      JournalInfo const& journal);
    // What is written there; empty when there is no such file. Error io: it cannot be read.
    static Result<std::string> text_of(std::filesystem::path const& data_dir);
    // A journal that ends at `head` takes the place of one that went further: lines beyond it would
    // be held against it for ever. All lines are kept, as checkpoints.before-EPOCH.log; those of
    // `origin` up to `head` stay. Gives the highest record that was named; none: nothing was done.
    static Result<core::RecordNumber> set_aside_beyond(std::filesystem::path const& data_dir,
                                                       std::string const& origin,
                                                       core::RecordNumber head,
                                                       std::string const& epoch);

    // Signs record `head` (durable, received at `at`) when it is due, or when `now_or_never` and
    // there is anything new. `now` is of a steady clock.
    Result<void> look(Journal& journal, core::RecordNumber head, Instant at, SteadyInstant now,
                      bool now_or_never);

    std::string const& public_key() const { return signer_.public_key(); }

  private:
    CheckpointLog(std::filesystem::path file, CheckpointSigner signer)
        : file_(std::move(file)), signer_(std::move(signer)) {}

    std::filesystem::path file_;
    CheckpointSigner signer_;
    core::RecordNumber signed_;
    SteadyInstant signed_at_;
};

}  // namespace washup::journal
