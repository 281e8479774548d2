#pragma once
// Keys of CURVE: a pair of one's own, and the file in which a client program keeps its pair and the
// daemon's public key. Whoever has the file speaks as its name. It says nothing of what a key may
// do: the daemon's key list does (config/README.md, "Keys").

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

#include "proto/base/result.hpp"

namespace washup::link {

// Both as 40 letters of Z85.
struct KeyPair {
    std::string public_key, secret_key;
};

KeyPair make_key_pair();
// Of the 32 octets of a secret.
KeyPair key_pair_of(std::string_view secret_octets);

// What a client connects with.
struct ClientKeys {
    std::string name;  // for logs; the daemon goes by the public key
    KeyPair own;
    std::string daemon;  // the daemon's public key
};

inline constexpr std::size_t key_file_bytes_max = 4096;

// The lines of a key file: `word = "value"`, with # for remarks. Pure.
std::string key_file_text(ClientKeys const& keys);
Result<ClientKeys> parse_key_file(std::string_view text);

// Error refused: others may read it, or it is not ours; invalid: a fault in it; not_found; io.
Result<ClientKeys> read_key_file(std::filesystem::path const& file);
// Mode 0600, whole or not at all; refuses to write over a file that is there.
Result<void> write_key_file(std::filesystem::path const& file, ClientKeys const& keys);

// None for an empty name: programs take `--keys FILE`, and without it speak without keys.
Result<std::optional<ClientKeys>> keys_for(std::string const& file);

}  // namespace washup::link
