#include "proto/link/address.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

namespace washup::link {
namespace {

bool is_number(std::string_view text) {
    return !text.empty() &&
           std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

}  // namespace

Result<Address> parse_address(std::string_view text) {
    Address address;
    auto const colon = text.rfind(':');
    auto host = colon == std::string_view::npos ? text : text.substr(0, colon);
    auto port = colon == std::string_view::npos ? std::string_view{} : text.substr(colon + 1);
    if (colon == std::string_view::npos && is_number(text)) std::swap(host, port);
    if (!host.empty()) address.host = host;
    bool const has_port = colon != std::string_view::npos || !port.empty();
    if (has_port) {
        unsigned number = 0;
        auto const [end, error] = std::from_chars(port.data(), port.data() + port.size(), number);
        if (error != std::errc() || end != port.data() + port.size() || number == 0 ||
            number > 65535) {
            return invalid(fmt::format("\"{}\" is not HOST:PORT", text), "port");
        }
        address.port = static_cast<std::uint16_t>(number);
    }
    if (text.empty()) return invalid("an address is HOST:PORT", "host");
    return address;
}

Result<Address> daemon_address(std::string_view text, std::string const& key_file) {
    auto address = parse_address(text);
    if (!address) return invalid("--daemon: " + address.error().words, address.error().field);
    auto keys = keys_for(key_file);
    if (!keys) {
        auto error = keys.error();
        error.words = "--keys: " + error.words;
        return error;
    }
    address->keys = std::move(*keys);
    return address;
}

std::string tcp_endpoint(std::string_view host, unsigned port) {
    return fmt::format("tcp://{}:{}", host, port);
}

unsigned feed_port(unsigned base, int tier) {
    return tier >= 3 ? base + 2 : base + 10 + static_cast<unsigned>(std::max(tier, 0));
}

}  // namespace washup::link
