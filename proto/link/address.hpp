#pragma once
// "HOST:N" as every program of the house takes it, the keys it goes there with, and the ports that
// are counted from N (proto/README.md, "Ports").

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "proto/base/result.hpp"
#include "proto/link/key_pair.hpp"

namespace washup::link {

inline constexpr std::uint16_t default_base_port = 7700;

struct Address {
    std::string host = "127.0.0.1";
    std::uint16_t port = default_base_port;
    std::optional<ClientKeys> keys{};  // none: a daemon without keys
};

// "ward-pc:7700", ":7700" and "7700" (this machine), "ward-pc" (the default port).
Result<Address> parse_address(std::string_view text);

// What every client program takes as --daemon and --keys. No key file: none, and no key.
inline constexpr char const* keys_option_words =
    "this program's key file (washupctl keys new); not needed for a daemon without keys";
inline constexpr char const* keys_variable = "WASHUP_KEYS";
Result<Address> daemon_address(std::string_view text, std::string const& key_file);

std::string tcp_endpoint(std::string_view host, unsigned port);  // "tcp://host:port"

// The feed of a tier beside the base port; tier 3 is the full view.
unsigned feed_port(unsigned base, int tier);
inline unsigned control_port(unsigned base) {
    return base + 1;
}

}  // namespace washup::link
