#pragma once
// BLAKE2b digests by libsodium, and the sum of row digests mod 2^128 that is a fingerprint. What is
// digested, and how its fields are kept apart, is the caller's matter.

#include <array>
#include <compare>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace washup {

using Bytes = std::string;  // octets, not text

template <std::size_t N>
struct DigestOf {
    std::array<std::uint8_t, N> bytes{};
    friend auto operator<=>(DigestOf const&, DigestOf const&) = default;
};
using Digest128 = DigestOf<16>;
using Digest256 = DigestOf<32>;

Digest128 blake2b_128(std::string_view data, std::string_view key = {});
Digest256 blake2b_256(std::string_view data, std::string_view key = {});

template <std::size_t N>
std::string_view as_bytes(DigestOf<N> const& digest) {
    return {reinterpret_cast<char const*>(digest.bytes.data()), N};
}
std::string to_hex(std::string_view bytes);

// A sum of 128-bit terms mod 2^128: adding and taking away rows in any order gives the same number.
struct Fingerprint {
    std::uint64_t high = 0, low = 0;
    void add(Digest128 const& term);
    void remove(Digest128 const& term);
    friend bool operator==(Fingerprint const&, Fingerprint const&) = default;
    std::string hex() const;
};

}  // namespace washup
