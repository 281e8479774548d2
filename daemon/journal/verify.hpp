#pragma once
// Is the journal what was written? Looks at every record from 1: numbers without a hole, the chain
// of digests, a body that can be understood, and at each checkpoint the signed word of what the
// chain was then. It changes nothing and repairs nothing. The Verifier is pure; verify() brings it
// the rows of a journal's file.

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "daemon/journal/chain.hpp"
#include "daemon/journal/checkpoint.hpp"

namespace washup::journal {

struct VerifyReport {
    std::string epoch, origin;
    // Records found good, from 1 without a hole.
    std::uint64_t good = 0;
    // Of these, up to here a checkpoint has witnessed them; the rest is unwitnessed.
    std::uint64_t witnessed = 0;
    std::size_t checkpoints = 0;  // that were found to hold
    std::uint64_t unwitnessed() const { return good - witnessed; }

    // What is wrong first, by records; one record when the chain tells which.
    struct Fault {
        std::uint64_t first = 0, last = 0;
        std::string words;
    };
    std::optional<Fault> fault;
    // Of export_good(): so many records are in the copy.
    std::uint64_t copied = 0;
    // Of restore(): the checkpoints of the journal that was there before named records up to this
    // one, beyond the copy's last; 0: they did not.
    std::uint64_t named_beyond = 0;
    // Lines of the checkpoints' file that witness nothing, and why.
    std::vector<std::string> doubtful_lines;

    bool sound() const { return !fault && doubtful_lines.empty(); }
};

// What the lines say, in order of the records. Lines of another journal, under another key than
// `public_key` (empty: any), or damaged are named in `doubtful`.
std::vector<Checkpoint> read_checkpoints(std::string_view text, std::string const& origin,
                                         std::string const& public_key,
                                         std::vector<std::string>& doubtful);

class Verifier {
  public:
    Verifier(std::string const& origin, std::vector<Checkpoint> checkpoints);

    // The next row; false when it or one before it is bad, and the rest tells nothing more.
    bool take(core::RecordNumber number, Instant at, std::string_view body,
              std::string_view digest);
    // The rows cannot be read any further.
    void unreadable(std::string words);
    VerifyReport finish();

  private:
    bool fail(std::uint64_t first, std::uint64_t last, std::string words);

    std::vector<Checkpoint> checkpoints_;
    std::size_t next_checkpoint_ = 0;
    ChainCheck chain_;
    VerifyReport report_;
};

struct VerifyOptions {
    std::filesystem::path file;  // a journal.db, or a copy of one
    std::string checkpoints;     // text of a file of them; may be empty
    std::string public_key;      // empty = any, when nobody kept it off the machine
};
// Error: there is no journal, or it cannot be opened at all. Beside a running daemon too.
Result<VerifyReport> verify(VerifyOptions const& options);

}  // namespace washup::journal
