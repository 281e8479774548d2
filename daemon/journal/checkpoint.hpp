#pragma once
// A signed statement of what the journal holds: "at record N the digest of the chain is D". Kept
// beside the journal and copied off the machine, it finds what the chain alone cannot: somebody who
// changed a record and wrote the whole rest of the chain anew. Pure but for the key file.
//
// One line of text: "washup-checkpoint 1 ORIGIN NUMBER AT_MS DIGEST PUBLIC_KEY SIGNATURE", numbers
// decimal, the others hexadecimal; Ed25519 over everything before the last space.

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

#include "daemon/core/ids.hpp"
#include "proto/base/result.hpp"
#include "proto/base/time.hpp"

namespace washup::journal {

inline constexpr std::size_t checkpoint_origin_bytes_max = 64;

struct Checkpoint {
    std::string origin;  // the epoch with which the chain began
    core::RecordNumber number;
    Instant at;  // of that record
    Digest128 chain;
    std::string public_key;  // 64 hexadecimal digits; filled in by the signer
    friend bool operator==(Checkpoint const&, Checkpoint const&) = default;
};

// Error invalid: no checkpoint, or its signature does not fit its own public key. Whose key that
// is, the reader must know from elsewhere.
Result<Checkpoint> read_checkpoint(std::string_view line);

class CheckpointSigner {
  public:
    // `checkpoint.key` of the data directory.
    static Result<CheckpointSigner> open_or_make(std::filesystem::path const& data_dir);
    // The same for those who only look: none when there is no key.
    static Result<std::optional<CheckpointSigner>> open(std::filesystem::path const& data_dir);
    static CheckpointSigner from_seed(std::string_view seed);  // 32 octets

    std::string const& public_key() const { return public_key_; }
    // Without an end of line.
    std::string sign(Checkpoint const& checkpoint) const;

  private:
    Bytes secret_;
    std::string public_key_;
};

}  // namespace washup::journal
