#include "proto/base/digest.hpp"

#include <sodium.h>

#include <fmt/format.h>

#include "proto/base/check.hpp"

namespace washup {
namespace {

template <std::size_t N>
DigestOf<N> blake2b(std::string_view data, std::string_view key) {
    DigestOf<N> out;
    auto const failed = crypto_generichash(
        out.bytes.data(), N, reinterpret_cast<unsigned char const*>(data.data()), data.size(),
        key.empty() ? nullptr : reinterpret_cast<unsigned char const*>(key.data()), key.size());
    WASHUP_CHECK(failed == 0, "BLAKE2b refuses only wrong sizes");
    return out;
}

struct Halves {
    std::uint64_t high = 0, low = 0;
};
Halves halves(Digest128 const& term) {
    Halves h;
    for (int i = 0; i < 8; ++i) h.high = h.high << 8 | term.bytes[static_cast<std::size_t>(i)];
    for (int i = 8; i < 16; ++i) h.low = h.low << 8 | term.bytes[static_cast<std::size_t>(i)];
    return h;
}

}  // namespace

Digest128 blake2b_128(std::string_view data, std::string_view key) {
    return blake2b<16>(data, key);
}
Digest256 blake2b_256(std::string_view data, std::string_view key) {
    return blake2b<32>(data, key);
}

std::string to_hex(std::string_view bytes) {
    std::string out;
    out.reserve(bytes.size() * 2);
    for (unsigned char const c : bytes) out += fmt::format("{:02x}", c);
    return out;
}

void Fingerprint::add(Digest128 const& term) {
    auto const h = halves(term);
    low += h.low;
    high += h.high + (low < h.low ? 1 : 0);
}

void Fingerprint::remove(Digest128 const& term) {
    auto const h = halves(term);
    auto const borrow = low < h.low ? 1u : 0u;
    low -= h.low;
    high -= h.high + borrow;
}

std::string Fingerprint::hex() const {
    return fmt::format("{:016x}{:016x}", high, low);
}

}  // namespace washup
