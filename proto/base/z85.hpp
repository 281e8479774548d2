#pragma once
// Z85, the writing of 32 octets as 40 letters that ZeroMQ and its tools use for keys (ZeroMQ RFC
// 32). Pure.

#include <optional>
#include <string>
#include <string_view>

#include "proto/base/digest.hpp"

namespace washup {

inline constexpr std::size_t key_octets = 32;
inline constexpr std::size_t key_letters = 40;

// `octets` must be a multiple of 4 long.
std::string to_z85(std::string_view octets);
// Nothing when a letter is none of Z85's, the length is no multiple of 5, or five letters say more
// than four octets hold.
std::optional<Bytes> from_z85(std::string_view letters);

// A public or secret key as people write it: exactly 40 letters.
bool is_key(std::string_view letters);

}  // namespace washup
