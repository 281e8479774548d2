#pragma once
// Seals raw records for an adapter's store: XChaCha20-Poly1305 under a key of the day on which the
// record came, so that a day can be forgotten by forgetting its key (design.md section 4). The day
// keys themselves are sealed under the adapter's own key, a file of mode 0600 made at first start.
// A box names its key in front: "0x01, key id, nonce, sealed octets". Knows no store and no clock.

#include <array>
#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>

#include "proto/base/digest.hpp"
#include "proto/base/result.hpp"

namespace washup::adapters {

using SealKey = std::array<std::uint8_t, 32>;

// Reads the key file, or makes it (0600, fsynced) when there is none. A file of another length or
// readable by others is an error, never replaced.
Result<SealKey> open_key_file(std::filesystem::path const& file);

SealKey random_seal_key();

// By how much a box is longer than what is in it.
inline constexpr std::size_t box_bytes = 1 + 4 + 24 + 16;

// `bound` is authenticated but not hidden: a box copied to another place does not open there.
Bytes seal(SealKey const& key, std::uint32_t key_id, std::string_view plain,
           std::string_view bound);
Result<std::string> unseal(SealKey const& key, std::string_view box, std::string_view bound);
// The key id a box names; an error when it is no box.
Result<std::uint32_t> key_id_of(std::string_view box);

}  // namespace washup::adapters
