#pragma once
// "HOST:N" as every program of the house takes it, and the ports that are counted from N
// (proto/README.md, "Ports").

#include <cstdint>
#include <string>
#include <string_view>

#include "proto/base/result.hpp"

namespace washup::link {

inline constexpr std::uint16_t default_base_port = 7700;

struct Address {
    std::string host = "127.0.0.1";
    std::uint16_t port = default_base_port;
};

// "ward-pc:7700", ":7700" and "7700" (this machine), "ward-pc" (the default port).
Result<Address> parse_address(std::string_view text);

std::string tcp_endpoint(std::string_view host, unsigned port);  // "tcp://host:port"

// The feed of a tier beside the base port; tier 3 is the full view.
unsigned feed_port(unsigned base, int tier);
inline unsigned control_port(unsigned base) {
    return base + 1;
}

}  // namespace washup::link
