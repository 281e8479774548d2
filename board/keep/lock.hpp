#pragma once
// How a sheet is locked while it lies on a machine. Whoever sets it up chooses a passphrase; from
// then on sheets are sealed for a public key, and the secret half lies beside each of them, wrapped
// by that passphrase (Argon2id). So the machine that writes them at night cannot read them, a
// stolen disk tells nothing, and one file with the passphrase opens anywhere, without daemon,
// network or any other file. Pure but for chance, which is libsodium's. Says nothing of files.

#include <cstdint>
#include <string>
#include <string_view>

#include "proto/base/result.hpp"
#include "proto/base/time.hpp"

namespace washup::board::keep {

inline constexpr std::size_t passphrase_chars_min = 12;
inline constexpr std::size_t passphrase_chars_max = 64;
inline constexpr std::size_t sheet_bytes_max = 64u << 20u;
// A file asks for so much memory to be opened; one that asks for more is no sheet of ours.
inline constexpr std::uint64_t unlock_memory_max = 1ULL << 30u;

// What Argon2id is given; with more it takes longer to guess, and to open.
struct Effort {
    std::uint64_t passes, memory;
};
Effort usual_effort();  // 256 MiB, under a second on a desk's machine

// The text of a lock: the public key, and the wrapped secret. Nothing in it opens anything without
// the passphrase. Error: the passphrase is too short or too long.
Result<std::string> make_lock(std::string_view passphrase, Effort effort);
// Error: this is no lock.
Result<void> check_lock(std::string_view lock);

struct Sheet {
    Instant written;
    std::string html;  // a page
};
// Error: no lock, or a page beyond sheet_bytes_max.
Result<std::string> seal_sheet(Sheet const& sheet, std::string_view lock);
// Error invalid: no sheet, or a torn one; refused: another passphrase.
Result<Sheet> open_sheet(std::string_view file, std::string_view passphrase);

}  // namespace washup::board::keep
